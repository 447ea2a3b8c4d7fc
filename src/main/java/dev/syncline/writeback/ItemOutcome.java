package dev.syncline.writeback;

import java.util.List;

import dev.syncline.platform.ErrorCode;

/** What became of a claimed item. */
sealed interface ItemOutcome {
    /** @param row from 1 */
    record Written(int row, boolean appended, List<CellRemark> remarks) implements ItemOutcome {}

    /** Closed without a write. */
    record Skipped(Reason reason, List<CellRemark> remarks) implements ItemOutcome {}

    /** @param lasting whether another attempt cannot help (S2-30) */
    record Failed(ErrorCode code, String detail, boolean lasting) implements ItemOutcome {}

    /** Why nothing was written. */
    enum Reason {
        /** A deleted record's row stays (S2-7). */
        deleted,
        /** The record is gone (S2-38). */
        orphan,
        /** The record is locked (S2-37). */
        locked,
        /** The row holds all of it already. */
        unchanged
    }
}
