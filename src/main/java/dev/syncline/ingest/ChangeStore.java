package dev.syncline.ingest;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.conversions.Bson;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;

/**
 * What runs changed, field by field; sole writer of {@code changes}. An entry is written before the row that it tells of:
 * after a crash in between, the next attempt writes the same entry again and then the row, so no change goes untold.
 */
@ApplicationScoped
public class ChangeStore {
    private final ReactiveMongoCollection<Change> changes;

    ChangeStore(MongoDatabase database) {
        changes = database.collection("changes", Change.class);
    }

    Uni<Void> add(List<Change> added) {
        return MongoDatabase.replaceAll(changes, added, Change::id);
    }

    /** Takes back what a run told of rows that it did not come to write. */
    Uni<Void> retract(RunMark mark, Collection<String> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Bson entries =
                Filters.and(Filters.eq("sync", mark.sync()), Filters.in("key", keys), Filters.eq("run", mark.run()));
        return DatabaseFailures.repeat(changes.deleteMany(entries)).replaceWithVoid();
    }

    /** Takes back all that a run told, for what it wrote is taken back too. */
    public Uni<Void> retract(String run) {
        return DatabaseFailures.repeat(changes.deleteMany(idsOf(run))).replaceWithVoid();
    }

    /** A page of a run's changes, ordered by key and field. */
    public Uni<List<Change>> page(String run, String after, int limit) {
        Bson filter = after.isEmpty() ? idsOf(run) : Filters.and(idsOf(run), Filters.gt("_id", after));
        return changes.find(
                        filter, new FindOptions().sort(Sorts.ascending("_id")).limit(limit))
                .collect()
                .asList();
    }

    /** What a held run would have changed, or has by an approval that was interrupted, in lists of the given size. */
    Multi<List<Change>> absences(String run, int listSize) {
        Bson filter = Filters.and(idsOf(run), Filters.in("kind", Change.Kind.held.name(), Change.Kind.absent.name()));
        return changes.find(filter, new FindOptions().sort(Sorts.ascending("_id")))
                .group()
                .intoLists()
                .of(listSize);
    }

    /** Whether one of these keys was held back by the given run. */
    Uni<Boolean> anyHeld(String run, Collection<String> keys) {
        Bson filter = Filters.and(idsOf(run), Filters.eq("kind", Change.Kind.held.name()), Filters.in("key", keys));
        return changes.find(filter, new FindOptions().limit(1))
                .collect()
                .first()
                .map(Objects::nonNull);
    }

    private static Bson idsOf(String run) {
        return Filters.and(Filters.gt("_id", run + ':'), Filters.lt("_id", run + ';'));
    }

    /** Removes what runs of a sync left here whose ids are lower than the given one. */
    public Uni<Void> removeBefore(String sync, String run) {
        return DatabaseFailures.repeat(
                        changes.deleteMany(Filters.and(Filters.lt("_id", run), Filters.eq("sync", sync))))
                .replaceWithVoid();
    }
}
