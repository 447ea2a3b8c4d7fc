package dev.syncline.identity;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RequestIds;
import dev.syncline.platform.RequiredIndex;
import dev.syncline.platform.RequiredIndexes;
import dev.syncline.platform.RetentionConfig;

/**
 * Who did what, when, from where and with which outcome (C0-48), and who was refused; sole writer of {@code audit}, which is
 * kept unless it is set otherwise.
 */
@ApplicationScoped
public class AuditTrail implements RequiredIndexes {
    private final ReactiveMongoCollection<Document> audit;
    private final RequestIds requestIds;
    private final Caller caller;
    private final Ids ids;
    private final RetentionConfig retention;
    private final Clock clock;

    AuditTrail(
            MongoDatabase database,
            RequestIds requestIds,
            Caller caller,
            Ids ids,
            RetentionConfig retention,
            Clock clock) {
        this.audit = database.collection("audit");
        this.requestIds = requestIds;
        this.caller = caller;
        this.ids = ids;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public List<RequiredIndex> indexes() {
        return List.of(
                RequiredIndex.on("audit", "type", new Document("type", 1).append("_id", -1)),
                RequiredIndex.on("audit", "target", new Document("target", 1).append("_id", -1)));
    }

    /**
     * Records an action of the current caller. Call it within the request.
     *
     * @param action such as {@code SWEEP_APPROVED}
     * @param target what was acted on: a run's id
     */
    public Uni<Void> record(AuditType type, String action, String target, String outcome) {
        return record(type, action, target, outcome, Map.of());
    }

    /** The same, with what else there is to know. */
    public Uni<Void> record(AuditType type, String action, String target, String outcome, Map<String, Object> context) {
        return write(entry(type, action, target, outcome, "success", context));
    }

    /** An action of the current caller that failed, or was refused by what it found. Call it within the request. */
    public Uni<Void> recordFailure(
            AuditType type, String action, String target, ErrorCode code, Map<String, Object> context) {
        return write(entry(type, action, target, code.name(), "error", context));
    }

    /** What came of an action, outside of any request; twice is once. */
    public Uni<Void> record(PastAction action) {
        return write(action.stored());
    }

    private Document entry(
            AuditType type, String action, String target, String outcome, String status, Map<String, Object> context) {
        Document entry = new Document("_id", ids.next())
                .append("at", clock.instant())
                .append("type", type.name())
                .append("actor", caller.name())
                .append("action", action)
                .append("target", target)
                .append("outcome", outcome)
                .append("status", status)
                .append("ip", caller.address().orElse(null))
                .append("requestId", requestIds.current());
        return context.isEmpty() ? entry : entry.append("context", new Document(context));
    }

    /** Not an insert: repeated after an answer that was lost, it would fail on what it has written itself. */
    private Uni<Void> write(Document entry) {
        return DatabaseFailures.repeat(
                        audit.replaceOne(Filters.eq("_id", entry.get("_id")), entry, new ReplaceOptions().upsert(true)))
                .replaceWithVoid();
    }

    /** Records refusals of one kind, or how many they have become. */
    Uni<Void> refused(Refusals.Kind kind, String id, Instant at, String requestId, long count) {
        List<Bson> updates = new ArrayList<>(List.of(
                Updates.setOnInsert("at", Date.from(at)),
                Updates.setOnInsert("type", AuditType.auth.name()),
                Updates.setOnInsert("action", kind.reason().action()),
                Updates.setOnInsert("target", kind.operation()),
                Updates.setOnInsert("outcome", kind.reason().name()),
                Updates.setOnInsert("status", "error"),
                Updates.setOnInsert("ip", kind.ip()),
                Updates.setOnInsert("requestId", requestId),
                // The record of the first may come after that of all.
                Updates.max("count", count)));
        if (!kind.who().isEmpty()) {
            updates.add(Updates.setOnInsert("actor", kind.who()));
        }
        return audit.updateOne(Filters.eq("_id", id), Updates.combine(updates), new UpdateOptions().upsert(true))
                .replaceWithVoid();
    }

    /** The newest entries that the filter lets through, newest first. */
    public Uni<List<AuditEntry>> newest(Bson filter, int limit) {
        return audit.find(
                        filter, new FindOptions().sort(Sorts.descending("_id")).limit(limit))
                .map(AuditEntry::of)
                .collect()
                .asList();
    }

    /** Removes what has been kept for its time (C0-14); an entry's id tells its age. */
    @Scheduled(every = "1H", delayed = "10M", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return retention
                .audit()
                .map(age -> Ids.lowestAt(clock.instant().minus(age)))
                .map(this::removeBefore)
                .orElse(Uni.createFrom().voidItem());
    }

    private Uni<Void> removeBefore(String id) {
        return DatabaseFailures.repeat(audit.deleteMany(Filters.lt("_id", id))).replaceWithVoid();
    }
}
