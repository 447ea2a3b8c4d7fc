package dev.syncline.permits;

import org.jspecify.annotations.Nullable;

import dev.syncline.source.CellText;

/** A cell of the map that the feed gives where the ward is due: {@code S1428} lies in ward 14. */
final class WardGrid {
    private static final int SHORTEST = 3;

    private WardGrid() {}

    /** The two digits behind the letter, whichever letter it is (S, N, E and W occur); null for another shape. */
    static @Nullable String ward(Object cell) {
        String grid = CellText.of(cell);
        boolean isGrid = grid != null
                && grid.length() >= SHORTEST
                && isLetter(grid.charAt(0))
                && isDigit(grid.charAt(1))
                && isDigit(grid.charAt(2));
        return isGrid ? grid.substring(1, SHORTEST) : null;
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
