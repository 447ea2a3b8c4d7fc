package dev.syncline.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWrapper;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.IndexKeeper;

/** The runs; sole writer of {@code runs}. What it has written it tells, and nobody else does. */
@ApplicationScoped
public class RunStore implements ReactivePanacheMongoRepositoryBase<Run, String> {
    private static final BsonDocument BY_THE_DATABASES_CLOCK = new BsonDocument("updatedAt", BsonBoolean.TRUE);
    /** Beside a run that has ended: what follows is still to be done. Written with the end, in one. */
    static final String TO_FOLLOW = "toFollow";

    private final IndexKeeper indexes;
    private final RunTeller teller;

    RunStore(IndexKeeper indexes, RunTeller teller) {
        this.indexes = indexes;
        this.teller = teller;
    }

    /**
     * Stores a new run if its sync has no active one; the unique index on {@code activeFor} decides between racers, so on a
     * fresh database the first run waits until it is there.
     *
     * @return whether it is stored; also when it was already, by an earlier call with the same id
     */
    Uni<Boolean> insert(Run run) {
        BsonDocument fields = encode(run);
        fields.remove("_id");
        BsonDocument update = new BsonDocument("$setOnInsert", fields).append("$currentDate", BY_THE_DATABASES_CLOCK);
        return indexes.ensuredSoon()
                .chain(() -> DatabaseFailures.repeat(mongoCollection()
                        .updateOne(Filters.eq("_id", run.id()), update, new UpdateOptions().upsert(true))))
                .invoke(() -> teller.tell(run, run))
                .replaceWith(true)
                .onFailure(DatabaseFailures::isDuplicate)
                .recoverWithItem(false);
    }

    /**
     * Makes {@code before} into {@code after}, provided that nobody has changed the run since it was read as {@code before}.
     * Fails with {@link StaleRunException} if somebody has.
     */
    Uni<Run> save(Run before, Run after) {
        BsonDocument update = BsonChanges.between(encode(before), encode(after));
        update.append("$currentDate", BY_THE_DATABASES_CLOCK);
        if (!after.active()) {
            update.put("$set", update.getDocument("$set", new BsonDocument()).append(TO_FOLLOW, BsonBoolean.TRUE));
        }
        Bson unchanged = new Document("_id", before.id()).append("version", before.version());
        return mongoCollection()
                .updateOne(unchanged, update)
                .map(result -> {
                    if (result.getMatchedCount() == 0) {
                        throw new StaleRunException(before.id());
                    }
                    return after;
                })
                .invoke(saved -> teller.tell(before, saved));
    }

    private BsonDocument encode(Run run) {
        return BsonDocumentWrapper.asBsonDocument(run, mongoCollection().getCodecRegistry())
                .clone();
    }

    public Uni<Optional<Run>> byId(String id) {
        return first(Filters.eq("_id", id));
    }

    public Uni<Optional<Run>> activeOf(String sync) {
        return first(Filters.eq("activeFor", sync));
    }

    /** Panache's own finders look for a session in the Vert.x context and fail where that is nobody's in particular. */
    private Uni<Optional<Run>> first(Bson filter) {
        return DatabaseFailures.repeat(mongoCollection()
                        .find(filter, new FindOptions().limit(1))
                        .collect()
                        .first())
                .map(Optional::ofNullable);
    }

    /** Active runs, and all that changed since the given instant of the database's clock. */
    Uni<List<Run>> activeOrChangedSince(Instant instant) {
        Bson either = Filters.or(Filters.exists("activeFor"), Filters.gte("updatedAt", instant));
        return mongoCollection().find(either).collect().asList();
    }

    /** When any run last changed, by the database's clock; the epoch if there is none. */
    Uni<Instant> newestChange() {
        return mongoCollection()
                .find(new FindOptions().sort(Sorts.descending("updatedAt")).limit(1))
                .collect()
                .first()
                .map(run -> Optional.ofNullable(run).map(Run::updatedAt).orElse(Instant.EPOCH));
    }

    /** Runs that changed at or after an instant of the database's clock, the earliest change first. */
    public Multi<Run> changedSince(Instant instant) {
        return mongoCollection()
                .find(Filters.gte("updatedAt", instant), new FindOptions().sort(Sorts.ascending("updatedAt")));
    }

    /** Runs that have ended and whose follow-up is not done, the oldest first. */
    public Uni<List<Run>> toFollow(int limit) {
        return mongoCollection()
                .find(
                        Filters.eq(TO_FOLLOW, true),
                        new FindOptions().sort(Sorts.ascending("_id")).limit(limit))
                .collect()
                .asList();
    }

    /** Takes the mark off that the last save of a run has left; the run itself stays as it is. */
    Uni<Void> followed(String id) {
        return mongoCollection()
                .updateOne(Filters.eq("_id", id), Updates.unset(TO_FOLLOW))
                .replaceWithVoid();
    }

    /** The newest live run of a sync that is complete: it read its source whole, or was told that nothing has changed. */
    public Uni<Optional<Run>> lastSuccess(String sync) {
        return newest(complete(sync));
    }

    /** The newest live run of a sync that read its source whole. */
    Uni<Optional<Run>> lastRead(String sync) {
        return newest(Filters.and(complete(sync), Filters.ne("progress.source.unchanged", true)));
    }

    /** What the runs before this one left for it. */
    Uni<Past> past(Run run) {
        Bson others = Filters.and(live(run.sync()), Filters.ne("_id", run.id()));
        return Uni.combine()
                .all()
                .unis(lastRead(run.sync()), lastSuccess(run.sync()), newest(others))
                .with(Past::new);
    }

    private static Bson live(String sync) {
        return Filters.and(Filters.eq("sync", sync), Filters.eq("mode", Mode.live.name()));
    }

    private static Bson complete(String sync) {
        return Filters.and(live(sync), Filters.in("state", RunState.SUCCEEDED.name(), RunState.PARTIAL.name()));
    }

    private Uni<Optional<Run>> newest(Bson filter) {
        return DatabaseFailures.repeat(
                        mongoCollection().find(filter, newestFirst(1)).collect().first())
                .map(Optional::ofNullable);
    }

    /** Id of the last run that read its source whole, or else of the active one: nothing from it on may be removed. */
    Uni<Optional<String>> oldestNeeded(String sync) {
        return lastRead(sync)
                .chain(last -> last.isPresent() ? Uni.createFrom().item(last) : activeOf(sync))
                .map(found -> found.map(Run::id));
    }

    /** Removes the finished runs of a sync that are older than the given id. */
    Uni<Void> removeBefore(String sync, String id) {
        Bson old = Filters.and(Filters.eq("sync", sync), Filters.lt("_id", id), Filters.exists("activeFor", false));
        return DatabaseFailures.repeat(mongoCollection().deleteMany(old)).replaceWithVoid();
    }

    /** The newest runs of a sync, newest first. */
    public Uni<List<Run>> newestOf(String sync, int limit) {
        return page(Filters.eq("sync", sync), limit);
    }

    /** The newest run of a sync that was meant to change something. */
    Uni<Optional<Run>> newestLive(String sync) {
        Bson live = Filters.and(Filters.eq("sync", sync), Filters.eq("mode", Mode.live.name()));
        return page(live, 1).map(runs -> runs.stream().findFirst());
    }

    /** A page of history, newest first. */
    public Uni<List<Run>> page(Bson filter, int limit) {
        return mongoCollection().find(filter, newestFirst(limit)).collect().asList();
    }

    private static FindOptions newestFirst(int limit) {
        return new FindOptions().sort(Sorts.descending("_id")).limit(limit);
    }
}
