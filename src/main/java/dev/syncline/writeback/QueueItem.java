package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * A record that is to be written to its sheet. Changes that arrive while it is live are the same item; so no two workers ever
 * have one record, and its changes cannot change places (S2-23).
 *
 * @param liveFor {@code model/recordId} while it is PENDING or PROCESSING, and unique
 * @param changes how many changes it stands for; a worker that closes it must have seen them all
 * @param payload of the newest change, as it came; for people, the record itself is what is written
 * @param retries attempts that failed, and the one that is under way: a worker that dies has made one too (S2-29)
 * @param owner token of the worker that has claimed it
 * @param outcome of a COMPLETED one: {@code written}, or why nothing was
 * @param row its row, from 1, where one was written
 * @param remarks cells that were left as they are
 * @param overwrite whether a person has said that it may replace what people have changed in its row
 */
@RegisterForReflection(registerFullHierarchy = true)
public record QueueItem(
        @BsonId String id,
        String model,
        String recordId,
        Action action,
        Status status,
        @Nullable String liveFor,
        Integer changes,
        @Nullable Document payload,
        Integer retries,
        Integer maxRetries,
        @Nullable String lastCode,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant changedAt,
        @Nullable Instant nextAttemptAt,
        @Nullable String owner,
        @Nullable Instant claimedAt,
        @Nullable Instant processedAt,
        @Nullable String outcome,
        @Nullable Integer row,
        @Nullable List<CellRemark> remarks,
        @Nullable Boolean overwrite,
        @Nullable String actor,
        @Nullable String requestId,
        @Nullable String run) {

    /** Where it stands. */
    enum Status {
        PENDING,
        PROCESSING,
        COMPLETED,
        FAILED
    }

    static String liveFor(String model, String recordId) {
        return model + "/" + recordId;
    }
}
