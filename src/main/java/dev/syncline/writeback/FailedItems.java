package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.conversions.Bson;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.writeback.QueueItem.Status;

/**
 * Makes failed items pending again, because a person says so, and keeps one of each record for that person. Where a record has a
 * live item meanwhile, that one does the work: it counts one change more, so that a worker who has it already looks at the record
 * again.
 */
final class FailedItems {
    private final ReactiveMongoCollection<QueueItem> items;
    private final MongoDatabase database;

    FailedItems(ReactiveMongoCollection<QueueItem> items, MongoDatabase database) {
        this.items = items;
        this.database = database;
    }

    /** Does nothing to items that have not failed, or not any more. */
    Uni<Void> revive(List<QueueItem> failed, boolean overwrite) {
        return database.time().chain(now -> revive(failed, overwrite, now));
    }

    private Uni<Void> revive(List<QueueItem> failed, boolean overwrite, Instant now) {
        List<UpdateOneModel<QueueItem>> writes = failed.stream()
                .map(item -> new UpdateOneModel<QueueItem>(failed(item), revived(item, overwrite, now)))
                .toList();
        return UnorderedWrites.write(items, writes).chain(refused -> supersede(failed, refused, overwrite));
    }

    private Uni<Void> supersede(List<QueueItem> failed, Set<Integer> places, boolean overwrite) {
        return Multi.createFrom()
                .iterable(places)
                .map(failed::get)
                .onItem()
                .transformToUniAndConcatenate(item -> supersede(item, overwrite))
                .onItem()
                .ignoreAsUni();
    }

    /** The live item first: a crash in between leaves a failed one, which may be retried once more. */
    private Uni<Void> supersede(QueueItem failed, boolean overwrite) {
        return database.time().chain(now -> supersede(failed, overwrite, now));
    }

    private Uni<Void> supersede(QueueItem failed, boolean overwrite, Instant now) {
        Bson live = Filters.eq("liveFor", QueueItem.liveFor(failed.model(), failed.recordId()));
        return DatabaseFailures.repeat(items.updateOne(live, due(overwrite, now)))
                .chain(result ->
                        result.getMatchedCount() > 0 ? close(failed, now) : revive(List.of(failed), overwrite, now));
    }

    private Uni<Void> close(QueueItem failed, Instant now) {
        return DatabaseFailures.repeat(
                        items.updateOne(failed(failed), ItemUpdates.completed(ItemUpdates.SUPERSEDED, now)))
                .replaceWithVoid();
    }

    /** Closes the failed items of the same records that are older than these, which say the same of a later state. */
    Uni<Void> supersedeOlder(List<QueueItem> closed) {
        List<Bson> older = closed.stream()
                .filter(item -> item.status() == Status.FAILED)
                .map(FailedItems::olderThan)
                .toList();
        return older.isEmpty()
                ? Uni.createFrom().voidItem()
                : database.time()
                        .chain(now -> DatabaseFailures.repeat(items.updateMany(
                                Filters.or(older), ItemUpdates.completed(ItemUpdates.SUPERSEDED, now))))
                        .replaceWithVoid();
    }

    private static Bson olderThan(QueueItem failed) {
        return Filters.and(
                Filters.eq("status", Status.FAILED.name()),
                Filters.eq("model", failed.model()),
                Filters.eq("recordId", failed.recordId()),
                Filters.lt("_id", failed.id()));
    }

    private static Bson failed(QueueItem item) {
        return Filters.and(Filters.eq("_id", item.id()), Filters.eq("status", Status.FAILED.name()));
    }

    private static Bson revived(QueueItem item, boolean overwrite, Instant now) {
        return Updates.combine(
                Updates.set("status", Status.PENDING.name()),
                Updates.set("liveFor", QueueItem.liveFor(item.model(), item.recordId())),
                Updates.set("retries", 0),
                Updates.set("nextAttemptAt", now),
                overwrite ? Updates.set("overwrite", true) : Updates.unset("overwrite"),
                Updates.unset("lastCode"),
                Updates.unset("lastError"),
                Updates.unset("owner"),
                Updates.unset("claimedAt"));
    }

    private static Bson due(boolean overwrite, Instant now) {
        Bson due = Updates.combine(Updates.inc("changes", 1), Updates.set("nextAttemptAt", now));
        return overwrite ? Updates.combine(due, Updates.set("overwrite", true)) : due;
    }
}
