package dev.syncline.roster;

import java.util.Set;

import com.mongodb.MongoException;
import io.smallrye.mutiny.CompositeException;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** A run's failure in the words of the roster's own catalogue (S0, 6). */
final class RosterFailures {
    private static final Set<ErrorCode> OF_THE_DATABASE =
            Set.of(ErrorCode.DATABASE_UNAVAILABLE, ErrorCode.DATABASE_WRITE_FAILED);

    private RosterFailures() {}

    static Throwable told(Throwable failure) {
        if (failure instanceof CompositeException several) {
            return told(several.getCauses().get(0));
        }
        if (failure instanceof SyncException known) {
            return told(known);
        }
        if (DatabaseFailures.isConnectivity(failure)) {
            return database("MongoDB did not answer in time", failure);
        }
        if (failure instanceof MongoException refusal) {
            return database("the database refused, error " + refusal.getCode(), failure);
        }
        return new SyncException(
                ErrorCode.UNKNOWN_FAILURE, "an unexpected failure; the log has it under the reference", failure);
    }

    private static Throwable told(SyncException known) {
        if (OF_THE_DATABASE.contains(known.code())) {
            return database(known.detail(), known);
        }
        return known.code() == ErrorCode.TOO_MANY_REJECTED
                ? new SyncException(ErrorCode.TRANSFORM_VALIDATION_FAILED, known.detail(), known)
                : known;
    }

    private static SyncException database(String detail, Throwable failure) {
        return new SyncException(ErrorCode.MONGO_WRITE_FAILED, detail, failure);
    }
}
