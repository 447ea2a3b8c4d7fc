package dev.syncline.dev.sheets;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of cells and tabs in A1 notation. */
final class A1 {
    private static final int LETTERS = 26;
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    /** Such a tab is quoted, for unquoted it would be a cell. */
    private static final Pattern LIKE_A_CELL =
            Pattern.compile("[A-Za-z]{1,3}\\d+|[Rr]\\d*[Cc]\\d*|true|false", Pattern.CASE_INSENSITIVE);

    private A1() {}

    /** {@code A} for 0. */
    static String letters(int column) {
        String last = String.valueOf((char) ('A' + column % LETTERS));
        return column < LETTERS ? last : letters(column / LETTERS - 1) + last;
    }

    /** 0 for {@code A}. */
    static int column(String letters) {
        int column = 0;
        for (char letter : letters.toUpperCase(Locale.ROOT).toCharArray()) {
            column = column * LETTERS + letter - 'A' + 1;
        }
        return column - 1;
    }

    static String name(int row, int column) {
        return letters(column) + (row + 1);
    }

    static String quoted(String tab) {
        boolean isPlain =
                PLAIN.matcher(tab).matches() && !LIKE_A_CELL.matcher(tab).matches();
        return isPlain ? tab : "'" + tab.replace("'", "''") + "'";
    }

    /** The tab's name of a text in quotes; any other text as it is. */
    static String unquoted(String text) {
        boolean isQuoted = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
        return isQuoted ? text.substring(1, text.length() - 1).replace("''", "'") : text;
    }
}
