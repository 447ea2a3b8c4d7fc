package dev.syncline.writeback;

import dev.syncline.platform.ErrorCode;

/** What became of one row's change. */
sealed interface RowResult {
    /** It stands in that row, from 1. */
    record Written(int row) implements RowResult {}

    /** Google takes everything but this: WRITE_REJECTED, RANGE_PROTECTED, SHEET_FULL. Lasting. */
    record Rejected(ErrorCode code, String detail) implements RowResult {}

    /** The row was not where it was read a moment before, so nothing of it stands: ROW_MOVED. Try again. */
    record Moved(String detail) implements RowResult {}
}
