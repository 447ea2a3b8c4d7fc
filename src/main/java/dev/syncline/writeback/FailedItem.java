package dev.syncline.writeback;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An item that has failed, as the status of the queue tells of it (S2-10). */
@Schema(name = "FailedItem")
@RegisterForReflection
record FailedItem(
        String id,
        String model,
        Action action,
        String recordId,
        @Nullable String lastError,
        @Nullable String lastCode,
        int retries,
        Instant createdAt) {
    static FailedItem of(QueueItem item) {
        return new FailedItem(
                item.id(),
                item.model(),
                item.action(),
                item.recordId(),
                item.lastError(),
                item.lastCode(),
                item.retries(),
                item.createdAt());
    }
}
