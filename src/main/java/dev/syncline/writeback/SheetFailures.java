package dev.syncline.writeback;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** Tells failures of calls to Google, which are their items' alone, from the run's own. */
final class SheetFailures {
    private static final Set<ErrorCode> DOUBTFUL =
            Set.of(ErrorCode.SOURCE_TIMEOUT, ErrorCode.SOURCE_FAILED, ErrorCode.SOURCE_CUT);

    private SheetFailures() {}

    /** Whether a write that failed so may have been carried out all the same, or may be later. */
    static boolean isDoubtful(ErrorCode code) {
        return DOUBTFUL.contains(code);
    }

    /** Of the call that ended a write before its time, if one did. */
    static Optional<SyncException> of(Collection<RowResult> results) {
        return results.stream().flatMap(result -> of(result).stream()).findFirst();
    }

    private static Optional<SyncException> of(RowResult result) {
        if (result instanceof RowResult.Unknown unknown) {
            return Optional.of(unknown.failure());
        }
        return result instanceof RowResult.Unsent unsent ? Optional.of(unsent.failure()) : Optional.empty();
    }

    /** Calls are counted in the database, and fail with it. */
    static boolean isOfCalls(Throwable failure) {
        return failure instanceof SyncException && !DatabaseFailures.isAway(failure);
    }
}
