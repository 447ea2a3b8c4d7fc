package dev.syncline.ingest;

import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;

/** Sweeps that were held; sole writer of {@code sweeps}. */
@ApplicationScoped
public class SweepStore {
    private final ReactiveMongoCollection<Sweep> sweeps;

    SweepStore(MongoDatabase database) {
        sweeps = database.collection("sweeps", Sweep.class);
    }

    Uni<Void> hold(Sweep sweep) {
        return DatabaseFailures.repeat(
                        sweeps.replaceOne(Filters.eq("_id", sweep.run()), sweep, new ReplaceOptions().upsert(true)))
                .replaceWithVoid();
    }

    public Uni<Optional<Sweep>> find(String run) {
        return DatabaseFailures.repeat(
                        sweeps.find(Filters.eq("_id", run)).collect().first())
                .map(Optional::ofNullable);
    }

    /** A newer complete run has looked at everything again: what older ones held, or left half applied, is over. */
    Uni<Void> supersede(String sync, String by) {
        return DatabaseFailures.repeat(sweeps.updateMany(
                        Filters.and(
                                Filters.eq("sync", sync),
                                Filters.in("state", Sweep.State.HELD.name(), Sweep.State.APPROVED.name()),
                                Filters.eq("applied", null),
                                Filters.ne("_id", by)),
                        Updates.set("state", Sweep.State.SUPERSEDED.name())))
                .replaceWithVoid();
    }

    /** Decides a held sweep, once; false when it was not held (any more). */
    public Uni<Boolean> decide(String run, Sweep.State decision, String by, Instant now) {
        return sweeps.updateOne(
                        Filters.and(Filters.eq("_id", run), Filters.eq("state", Sweep.State.HELD.name())),
                        Updates.combine(
                                Updates.set("state", decision.name()),
                                Updates.set("decidedBy", by),
                                Updates.set("decidedAt", now)))
                .map(result -> result.getModifiedCount() == 1);
    }

    /** An approval has come to its end. */
    Uni<Void> applied(String run, long rows) {
        return DatabaseFailures.repeat(sweeps.updateOne(Filters.eq("_id", run), Updates.set("applied", rows)))
                .replaceWithVoid();
    }
}
