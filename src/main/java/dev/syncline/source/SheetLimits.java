package dev.syncline.source;

import java.time.Duration;

/**
 * How much of a sheet is taken, and how long that may take.
 *
 * @param maxRows rows below the header that hold something; more of them are refused, never cut
 * @param cellsAtOnce a tab whose grid has more cells than this is read in pages of rows, and checked afterwards
 * @param patience for everything: calls, repeats, and waits for Google or for our own budget
 */
public record SheetLimits(int maxRows, int cellsAtOnce, Duration patience) {
    /** A tab of 10,000 rows by 100 columns comes in one call. */
    public static final int CELLS_AT_ONCE = 2_000_000;

    public SheetLimits {
        if (maxRows < 1 || cellsAtOnce < 1 || patience.isNegative()) {
            throw new IllegalArgumentException("The limits of a sheet must be positive");
        }
    }

    public SheetLimits(int maxRows, Duration patience) {
        this(maxRows, CELLS_AT_ONCE, patience);
    }
}
