package dev.syncline.writeback;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.SyncException;

/** Tells failures of calls to Google, which are their items' alone, from the run's own. */
final class SheetFailures {
    private SheetFailures() {}

    /** Calls are counted in the database, and fail with it. */
    static boolean isOfCalls(Throwable failure) {
        return failure instanceof SyncException && !DatabaseFailures.isAway(failure);
    }
}
