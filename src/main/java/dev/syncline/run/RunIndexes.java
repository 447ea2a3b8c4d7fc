package dev.syncline.run;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;

import dev.syncline.platform.RequiredIndex;
import dev.syncline.platform.RequiredIndexes;

/** The indexes of runs, of idempotency keys and of the schedules' ticks. */
@ApplicationScoped
class RunIndexes implements RequiredIndexes {
    @Override
    public List<RequiredIndex> indexes() {
        return List.of(
                RequiredIndex.uniqueSparse("runs", "one_active", new Document("activeFor", 1)),
                RequiredIndex.on("runs", "by_sync", new Document("sync", 1).append("_id", -1)),
                RequiredIndex.on("runs", "by_change", new Document("updatedAt", 1)),
                RequiredIndex.sparse("runs", "to_follow", new Document(RunStore.TO_FOLLOW, 1)),
                RequiredIndex.expiring("idempotency_keys", "expiry", "at", Duration.ofHours(24)),
                RequiredIndex.on("schedule_ticks", "by_sync", new Document("sync", 1).append("slot", -1)),
                RequiredIndex.sparse("schedule_ticks", "open", new Document("open", 1)),
                RequiredIndex.expiring("schedule_ticks", "expiry", "at", Duration.ofDays(90)));
    }
}
