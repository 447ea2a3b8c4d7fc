package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How the queue stands, as the API tells it (S2-10). */
@Schema(name = "QueueStatus")
@RegisterForReflection(registerFullHierarchy = true)
record QueueStatus(
        QueueStats stats,

        @Schema(description = "the newest failed items, at most 10; for admins alone")
        List<FailedItem> recentFailed,

        @Schema(description = "what was done last, at most 20 entries, the newest first; for admins alone")
        List<LogView> recentLogs,

        @Schema(description = "when an item was last completed") @Nullable
        Instant lastProcessed,

        @Schema(description = "since when the oldest pending item waits") @Nullable
        Instant oldestPending,

        @Schema(description = "models whose tab cannot be written to until somebody changes it; their items wait")
        List<BlockedTab> blocked,

        @Schema(description = "what never reaches a sheet by itself")
        List<String> notSynced) {

    /** S2-41. */
    static final List<String> NOT_SYNCED = List.of(
            "Deletions: the row of a record that is deleted stays as it is.",
            "Changes that leave the record's updatedAt as it was, unless somebody queues them.",
            "Changes of a record while it is locked; the next change after it is unlocked brings all of it.",
            "Changes that the sheet itself has brought.",
            "Columns that no model names, and cells into which people have put a formula.");

    static QueueStatus of(Overview overview) {
        return new QueueStatus(
                overview.stats(),
                overview.failed().stream().map(FailedItem::of).toList(),
                overview.logs().stream().map(LogView::of).toList(),
                overview.lastProcessed().orElse(null),
                overview.oldestPending().orElse(null),
                overview.blocked(),
                NOT_SYNCED);
    }
}
