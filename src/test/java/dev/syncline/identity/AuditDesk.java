package dev.syncline.identity;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.quarkus.arc.Unremovable;
import io.quarkus.mongodb.FindOptions;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.syncline.platform.MongoDatabase;

/** Looks at what stands in the audit trail, for tests. */
@Singleton
@Unremovable
class AuditDesk {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MongoDatabase database;
    private final Refusals refusals;

    AuditDesk(MongoDatabase database, Refusals refusals) {
        this.database = database;
        this.refusals = refusals;
    }

    /** As if nothing had ever happened, and nothing were being counted. */
    void clear() {
        writeCounts();
        var unused =
                database.collection("audit").deleteMany(new Document()).await().atMost(PATIENCE);
    }

    /** As at the end of a minute. */
    void writeCounts() {
        refusals.writeCounts().await().atMost(PATIENCE);
    }

    /** What callers did and were refused, oldest first. How runs ended is told without a caller, some time later. */
    List<Document> all() {
        return find(Filters.not(Filters.regex("action", "^SYNC_RUN_")));
    }

    /** With the ends of runs. */
    List<Document> everything() {
        return find(Filters.empty());
    }

    List<Document> ofType(AuditType type) {
        return all().stream()
                .filter(entry -> type.name().equals(entry.getString("type")))
                .toList();
    }

    List<Document> ofAction(String action) {
        return find(Filters.eq("action", action));
    }

    List<Document> ofRequest(String requestId) {
        return all().stream()
                .filter(entry -> requestId.equals(entry.getString("requestId")))
                .toList();
    }

    private List<Document> find(Bson filter) {
        return database.collection("audit")
                .find(filter, new FindOptions().sort(Sorts.ascending("_id")))
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
    }
}
