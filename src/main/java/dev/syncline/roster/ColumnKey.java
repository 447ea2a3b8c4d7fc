package dev.syncline.roster;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A label as the key of an attribute: lower case, letters and digits of any script, {@code _} for all else, so that it can be a
 * name in the database. A script's marks belong to its letters.
 */
final class ColumnKey {
    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern OUTER = Pattern.compile("^_+|_+$");
    private static final int LONGEST = 100;

    private ColumnKey() {}

    /** Empty when the label holds neither a letter nor a digit. */
    static String of(String label) {
        String folded = compatible(compatible(label).toLowerCase(Locale.ROOT));
        String key = outerless(OTHERS.matcher(folded).replaceAll("_"));
        return key.codePointCount(0, key.length()) <= LONGEST
                ? key
                : outerless(key.substring(0, key.offsetByCodePoints(0, LONGEST)));
    }

    private static String compatible(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    private static String outerless(String key) {
        return OUTER.matcher(key).replaceAll("");
    }
}
