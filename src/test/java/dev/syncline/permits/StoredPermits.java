package dev.syncline.permits;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import org.bson.Document;
import org.bson.types.Decimal128;

import dev.syncline.ingest.MappedRow;
import dev.syncline.platform.MongoDatabase;

/** Permits and changes in a database, in the shape that the ingest stores. */
final class StoredPermits {
    static final Instant FIRST_SEEN = Instant.parse("2026-03-02T11:00:00Z");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ReactiveMongoCollection<Document> permits;
    private final ReactiveMongoCollection<Document> changes;

    StoredPermits(MongoDatabase database) {
        permits = database.collection("permits");
        changes = database.collection("changes");
    }

    static PermitRows aPermit(String permitNum) {
        return PermitRows.aRow().with("PERMIT_NUM", permitNum);
    }

    /** The permit as an insert leaves it. */
    static Document stored(PermitRows row) {
        MappedRow permit = new PermitMapper().map(row.row());
        Document document = new Document("_id", permit.key());
        permit.fields().forEach((field, value) -> document.append(field, bson(value)));
        return document.append("data_hash", permit.hash())
                .append("first_seen_at", Date.from(FIRST_SEEN))
                .append("added_by", "run-1");
    }

    static Document change(String key, String run, String field, Instant at) {
        return new Document("_id", run + ":" + key + ":" + field)
                .append("run", run)
                .append("sync", "permits")
                .append("key", key)
                .append("kind", "updated")
                .append("field", field)
                .append("from", "old " + field)
                .append("to", "new " + field)
                .append("at", Date.from(at));
    }

    void hold(PermitRows... rows) {
        clear();
        for (PermitRows row : rows) {
            add(stored(row));
        }
    }

    void add(Document permit) {
        permits.insertOne(permit).await().atMost(PATIENCE);
    }

    void addChanges(List<Document> documents) {
        changes.insertMany(documents).await().atMost(PATIENCE);
    }

    void clear() {
        permits.deleteMany(new Document()).await().atMost(PATIENCE);
        changes.deleteMany(new Document()).await().atMost(PATIENCE);
    }

    private static Object bson(Object value) {
        if (value instanceof BigDecimal number) {
            return new Decimal128(number);
        }
        return value instanceof Integer ? value : value.toString();
    }
}
