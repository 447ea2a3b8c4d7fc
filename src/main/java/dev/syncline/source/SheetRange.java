package dev.syncline.source;

/** Places in a spreadsheet, in A1 notation. */
public final class SheetRange {
    private static final int LETTERS = 26;

    private SheetRange() {}

    /** All of a tab. The quotes say that no named range is meant. */
    static String tab(String title) {
        return "'" + title.replace("'", "''") + "'";
    }

    /** @param first from 1; the last one counts too */
    static String rows(String title, int first, int last) {
        return tab(title) + "!" + first + ":" + last;
    }

    /** @param column from 0 */
    static String column(String title, int column) {
        String letters = letters(column);
        return tab(title) + "!" + letters + ":" + letters;
    }

    /** What the sheet calls a column, counted from 0: A to Z, AA and so on. */
    public static String letters(int column) {
        String last = String.valueOf((char) ('A' + column % LETTERS));
        return column < LETTERS ? last : letters(column / LETTERS - 1) + last;
    }
}
