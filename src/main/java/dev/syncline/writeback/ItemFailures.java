package dev.syncline.writeback;

import org.jboss.logging.Logger;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Fault;
import dev.syncline.platform.SyncException;

/** What a failure means for the items that it met (S2-30). */
final class ItemFailures {
    private static final Logger LOG = Logger.getLogger(ItemFailures.class);

    private ItemFailures() {}

    /** Of our own making. What it says may be the record's, so it is told by its kind and place, and in the log alone. */
    static ItemOutcome.Failed ofFault(QueueItem item, RuntimeException fault) {
        LOG.errorf(
                "an item failed for a fault item=%s model=%s run=%s fault: %s",
                item.id(), item.model(), item.run(), Fault.of(fault));
        return new ItemOutcome.Failed(
                ErrorCode.INTERNAL_ERROR, "something failed that should not; the log has it by the item's id", false);
    }

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
        if (result instanceof RowResult.Unknown unknown) {
            return of(unknown.failure());
        }
        if (result instanceof RowResult.Unsent unsent) {
            return of(unsent.failure());
        }
        String detail = result instanceof RowResult.Moved moved ? moved.detail() : "nothing is known of the row";
        return new ItemOutcome.Failed(ErrorCode.ROW_MOVED, detail, false);
    }

    static ItemOutcome.Failed lasting(ErrorCode code, String detail) {
        return new ItemOutcome.Failed(code, detail, true);
    }
}
