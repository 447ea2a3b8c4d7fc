package dev.syncline.roster;

import java.util.Locale;

/** {@code NEEDS  repair} as {@code Needs Repair}: one spelling for one status (S0-30). */
final class TitleCase {
    private TitleCase() {}

    /** Words begin behind a blank, a hyphen or a slash. */
    static String of(String text) {
        StringBuilder title = new StringBuilder();
        boolean atStart = true;
        boolean blank = false;
        for (int c : text.strip().toLowerCase(Locale.ROOT).codePoints().toArray()) {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                blank = true;
                continue;
            }
            if (blank && !title.isEmpty()) {
                title.append(' ');
            }
            title.appendCodePoint(atStart || blank ? Character.toTitleCase(c) : c);
            atStart = c == '-' || c == '/';
            blank = false;
        }
        return title.toString();
    }
}
