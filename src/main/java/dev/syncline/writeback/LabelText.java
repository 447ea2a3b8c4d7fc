package dev.syncline.writeback;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Labels as people read them: neither case counts, nor the blanks in and around them, nor how their accents are encoded. */
final class LabelText {
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0]+");

    private LabelText() {}

    /** The same for all that a person takes for one label. */
    static String folded(String label) {
        String composed = Normalizer.normalize(label, Normalizer.Form.NFC);
        return BLANKS.matcher(composed).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }
}
