package dev.syncline.writeback;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** What became of one row's change. */
sealed interface RowResult {
    /** It stands in that row, from 1. */
    record Written(int row) implements RowResult {}

    /** Google takes everything but this: WRITE_REJECTED, RANGE_PROTECTED, SHEET_FULL. Lasting. */
    record Rejected(ErrorCode code, String detail) implements RowResult {}

    /** The row was not where it was read a moment before, so nothing of it stands: ROW_MOVED. Try again. */
    record Moved(String detail) implements RowResult {}

    /** Google has got it, and a call about it failed: it may stand, or may come to stand. Try again from a new reading. */
    record Unknown(SyncException failure) implements RowResult {}

    /** Google has done nothing of it, for its call failed before, or one before it. */
    record Unsent(SyncException failure) implements RowResult {
        /** Whether it may be sent later, as if it had not been begun. */
        boolean mayWait() {
            return failure.code().retryable();
        }
    }
}
