package dev.syncline.identity;

import java.time.Clock;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import org.bson.Document;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RequestIds;
import dev.syncline.platform.RetentionConfig;

/** Who changed what, when and with which outcome; sole writer of {@code audit}, which is kept unless it is set otherwise. */
@ApplicationScoped
public class AuditTrail {
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

    /**
     * Records an action of the current caller. Call it within the request.
     *
     * @param action such as {@code SWEEP_APPROVED}
     * @param target what was acted on: a run's id
     */
    public Uni<Void> record(String action, String target, String outcome) {
        Document entry = new Document("_id", ids.next())
                .append("at", clock.instant())
                .append("actor", caller.name())
                .append("action", action)
                .append("target", target)
                .append("outcome", outcome)
                .append("requestId", requestIds.current());
        return DatabaseFailures.repeat(audit.insertOne(entry)).replaceWithVoid();
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
