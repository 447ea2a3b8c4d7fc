package dev.syncline.writeback;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** What a failure means for the items that it met (S2-30). */
final class ItemFailures {
    private ItemFailures() {}

    /** One that passes may be tried again; any other needs a person first. */
    static ItemOutcome.Failed of(SyncException failure) {
        return new ItemOutcome.Failed(
                failure.code(), failure.detail(), !failure.code().retryable());
    }

    /** Of a row that was not written. One that has moved is nobody's fault: the next attempt reads the rows anew. */
    static ItemOutcome.Failed of(RowResult result) {
        if (result instanceof RowResult.Rejected rejected) {
            return lasting(rejected.code(), rejected.detail());
        }
        String detail = result instanceof RowResult.Moved moved ? moved.detail() : "nothing is known of the row";
        return new ItemOutcome.Failed(ErrorCode.ROW_MOVED, detail, false);
    }

    static ItemOutcome.Failed lasting(ErrorCode code, String detail) {
        return new ItemOutcome.Failed(code, detail, true);
    }
}
