package dev.syncline.platform;

import java.time.Duration;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteException;
import io.smallrye.mutiny.Uni;

/** Which failures of the database are the connection's, and how long a single call is repeated for them. */
public final class DatabaseFailures {
    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);
    private static final long GIVE_UP_AFTER = Duration.ofSeconds(10).toMillis();

    private DatabaseFailures() {}

    /** The server is away, changing roles or not answering; nothing is known of the call's outcome. */
    public static boolean isConnectivity(Throwable failure) {
        return failure instanceof MongoSocketException
                || failure instanceof MongoTimeoutException
                || failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoExecutionTimeoutException
                || (failure instanceof MongoException m
                        && (m.hasErrorLabel("RetryableWriteError") || m.hasErrorLabel("TransientTransactionError")));
    }

    /** The same of a failure that may have been told already as {@code DATABASE_UNAVAILABLE}. */
    public static boolean isAway(Throwable failure) {
        return isConnectivity(failure)
                || failure instanceof SyncException known && known.code() == ErrorCode.DATABASE_UNAVAILABLE;
    }

    /** A document with that id, or that value of a unique index, is there already. */
    public static boolean isDuplicate(Throwable failure) {
        return failure instanceof MongoWriteException write
                && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }

    /** Repeats a call for ten seconds while the database is away. For calls only that may be made twice. */
    public static <T> Uni<T> repeat(Uni<T> call) {
        return call.onFailure(DatabaseFailures::isConnectivity)
                .retry()
                .withBackOff(FIRST_DELAY, LONGEST_DELAY)
                .withJitter(0.2)
                .expireIn(GIVE_UP_AFTER)
                .onFailure(DatabaseFailures::isExhausted)
                .transform(DatabaseFailures::unavailable);
    }

    private static boolean isExhausted(Throwable failure) {
        return isConnectivity(failure) || (failure.getCause() != null && isConnectivity(failure.getCause()));
    }

    /** The failure as the caller sees it, without the driver's words. */
    public static SyncException unavailable(Throwable failure) {
        return new SyncException(ErrorCode.DATABASE_UNAVAILABLE, "MongoDB did not answer in time", failure);
    }
}
