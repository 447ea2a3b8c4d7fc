package dev.syncline.identity;

import java.time.Clock;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RequestIds;

/** Who changed what, when and with which outcome; sole writer of {@code audit}, which is kept. */
@ApplicationScoped
public class AuditTrail {
    private final ReactiveMongoCollection<Document> audit;
    private final RequestIds requestIds;
    private final Caller caller;
    private final Ids ids;
    private final Clock clock;

    AuditTrail(MongoDatabase database, RequestIds requestIds, Caller caller, Ids ids, Clock clock) {
        this.audit = database.collection("audit");
        this.requestIds = requestIds;
        this.caller = caller;
        this.ids = ids;
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
}
