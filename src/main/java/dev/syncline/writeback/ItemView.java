package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An item of the queue as admins see it.
 *
 * @param changes how many changes it stands for
 * @param outcome of a completed one: {@code written}, or why nothing was
 * @param row where it was written, from 1
 * @param remarks cells that were left as they are
 * @param actor who told of the newest change
 * @param run the run that worked on it last
 */
@Schema(name = "QueueItem")
@RegisterForReflection(registerFullHierarchy = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ItemView(
        String id,
        String model,
        Action action,
        String recordId,
        QueueItem.Status status,
        int changes,
        int retries,
        int maxRetries,
        @Nullable String lastCode,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant changedAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant claimedAt,
        @Nullable Instant processedAt,
        @Nullable String outcome,
        @Nullable Integer row,
        List<CellRemark> remarks,
        boolean overwrite,
        @Nullable String actor,
        @Nullable String requestId,
        @Nullable String run) {
    static ItemView of(QueueItem item) {
        return new ItemView(
                item.id(),
                item.model(),
                item.action(),
                item.recordId(),
                item.status(),
                item.changes(),
                item.retries(),
                item.maxRetries(),
                item.lastCode(),
                item.lastError(),
                item.createdAt(),
                item.changedAt(),
                item.nextAttemptAt(),
                item.claimedAt(),
                item.processedAt(),
                item.outcome(),
                item.row(),
                item.remarks() == null ? List.of() : item.remarks(),
                Boolean.TRUE.equals(item.overwrite()),
                item.actor(),
                item.requestId(),
                item.run());
    }
}
