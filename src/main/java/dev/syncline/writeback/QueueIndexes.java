package dev.syncline.writeback;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;

import dev.syncline.platform.RequiredIndex;
import dev.syncline.platform.RequiredIndexes;

/** The indexes of the queue. */
@ApplicationScoped
class QueueIndexes implements RequiredIndexes {
    @Override
    public List<RequiredIndex> indexes() {
        return List.of(
                RequiredIndex.uniqueSparse(QueueStore.COLLECTION, "one_live", new Document("liveFor", 1)),
                byStatus("due", new Document("nextAttemptAt", 1).append("_id", 1)),
                byStatus("oldest", new Document("createdAt", 1)),
                byStatus("completed", new Document("processedAt", 1)),
                byStatus("listed", new Document("_id", -1)));
    }

    private static RequiredIndex byStatus(String name, Document then) {
        Document keys = new Document("status", 1);
        keys.putAll(then);
        return RequiredIndex.on(QueueStore.COLLECTION, name, keys);
    }
}
