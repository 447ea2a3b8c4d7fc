package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Ids;
import dev.syncline.platform.IndexKeeper;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;
import dev.syncline.writeback.QueueItem.Status;

/** The queue; sole writer of {@code writeback_queue}. All instants are the database's. */
@ApplicationScoped
class QueueStore {
    static final String COLLECTION = "writeback_queue";

    private static final Logger LOG = Logger.getLogger(QueueStore.class);
    private static final Duration RECENT = Duration.ofSeconds(10);
    /** Of items that are due, the one that has been so for the longest. */
    private static final Bson OLDEST_FIRST = Sorts.ascending("nextAttemptAt", "_id");

    private final ReactiveMongoCollection<QueueItem> items;
    private final QueueIntake intake;
    private final FailedItems failedItems;
    private final MongoDatabase database;
    private final IndexKeeper indexes;
    private final QueueMetrics metrics;
    private final WriteBackConfig config;
    private final RetryWait waits;
    private final Uni<Long> recentlyCompleted;

    QueueStore(MongoDatabase database, IndexKeeper indexes, Ids ids, QueueMetrics metrics, WriteBackConfig config) {
        this.items = database.collection(COLLECTION, QueueItem.class);
        this.intake = new QueueIntake(items, database, ids, config.maxAttempts());
        this.failedItems = new FailedItems(items, database);
        this.database = database;
        this.indexes = indexes;
        this.metrics = metrics;
        this.config = config;
        this.waits = new RetryWait(config.retryDelay(), config.longestRetryDelay());
        this.recentlyCompleted = Uni.createFrom()
                .deferred(() -> count(Status.COMPLETED))
                .memoize()
                .atLeast(RECENT);
    }

    /** Queues changes, in their order, each on the live item of its record or as a new one. Gives the items, in the same order. */
    Uni<List<QueueItem>> enqueue(List<RecordChange> changes) {
        return indexes.ensuredSoon().chain(() -> intake.enqueue(changes));
    }

    /** A change that a record tells itself, by when it was changed. */
    record Found(RecordChange change, Instant at) {}

    /** Queues what nobody may have told, at most {@link QueueIntake#AT_ONCE}. What was told stands, such as a later deletion. */
    Uni<Void> enqueueFound(List<Found> found) {
        return indexes.ensuredSoon().chain(() -> intake.enqueueFound(found));
    }

    /** Claims the oldest items that are due, at most so many, none of the excepted models (S2-8, S2-22). Counts the attempt. */
    Uni<List<QueueItem>> claim(String owner, String run, int most, Set<String> exceptModels) {
        return claimRest(owner, run, most, exceptModels, List.of());
    }

    /** Part by part, until there are enough or no more. */
    private Uni<List<QueueItem>> claimRest(
            String owner, String run, int most, Set<String> exceptModels, List<QueueItem> claimed) {
        int part = Math.min(most - claimed.size(), QueueIntake.AT_ONCE);
        return claimPart(owner, run, part, exceptModels)
                .map(more -> Stream.concat(claimed.stream(), more.stream()).toList())
                .chain(all -> all.size() == most || all.size() < claimed.size() + part
                        ? Uni.createFrom().item(all)
                        : claimRest(owner, run, most, exceptModels, all));
    }

    private Uni<List<QueueItem>> claimPart(String owner, String run, int most, Set<String> exceptModels) {
        Uni<List<QueueItem>> anew = Uni.createFrom().deferred(() -> claimPart(owner, run, most, exceptModels));
        return due(exceptModels).chain(due -> peek(due, most)
                .chain(found -> found.isEmpty() ? Uni.createFrom().item(found) : claim(owner, run, due, found, anew)));
    }

    /**
     * Takes those of them that are due still: meanwhile another worker may have tried one, and made it wait.
     *
     * @param anew what is done if others have taken all of them
     */
    private Uni<List<QueueItem>> claim(
            String owner, String run, Bson due, List<QueueItem> found, Uni<List<QueueItem>> anew) {
        Bson among = Filters.in("_id", found.stream().map(QueueItem::id).toList());
        Bson mine = Updates.combine(
                Updates.set("status", Status.PROCESSING.name()),
                Updates.set("owner", owner),
                Updates.set("run", run),
                Updates.inc("retries", 1),
                Updates.currentDate("claimedAt"));
        Bson claimed = Filters.and(among, Filters.eq("owner", owner), Filters.eq("status", Status.PROCESSING.name()));
        return DatabaseFailures.repeat(items.updateMany(Filters.and(among, due), mine))
                .chain(() -> find(claimed, new FindOptions().sort(OLDEST_FIRST)))
                .invoke(metrics::claimed)
                .chain(ours -> ours.isEmpty() ? anew : Uni.createFrom().item(ours));
    }

    /** What {@link #claim} would give, claimed by nobody: for dry runs. */
    Uni<List<QueueItem>> peek(int most, Set<String> exceptModels) {
        return due(exceptModels).chain(due -> peek(due, most));
    }

    private Uni<List<QueueItem>> peek(Bson due, int most) {
        return find(due, new FindOptions().sort(OLDEST_FIRST).limit(most));
    }

    private Uni<Bson> due(Set<String> exceptModels) {
        return database.time()
                .map(now -> Filters.and(
                        Filters.eq("status", Status.PENDING.name()),
                        Filters.lte("nextAttemptAt", now),
                        Filters.nin("model", exceptModels)));
    }

    /** The closing of one claimed item. */
    record Closing(QueueItem item, ItemOutcome outcome) {}

    /**
     * Closes claimed items: COMPLETED, PENDING again with a later next attempt, or FAILED. One to which a change has come since
     * it was claimed is PENDING again at once, with its attempts forgotten. Gives those that were not the owner's any more: their
     * records are queued again, for what was written may be older than what the new owner has written. Of the failed items of
     * a record the last one stands for all.
     */
    Uni<List<QueueItem>> close(List<Closing> closings) {
        return Multi.createFrom()
                .iterable(closings)
                .group()
                .intoLists()
                .of(QueueIntake.AT_ONCE)
                .onItem()
                .transformToUniAndConcatenate(this::closePart)
                .collect()
                .in(ArrayList<QueueItem>::new, List::addAll)
                .map(List::copyOf);
    }

    private Uni<List<QueueItem>> closePart(List<Closing> closings) {
        return database.time()
                .map(now -> closings.stream()
                        .flatMap(closing -> ItemUpdates.closing(closing, now, waits).stream())
                        .toList())
                .chain(writes -> DatabaseFailures.repeat(items.bulkWrite(writes)))
                .chain(() -> ours(closings))
                .call(failedItems::supersedeOlder)
                .map(ours -> lost(closings, ids(ours)));
    }

    /** Those that still have the owner's token, which none keeps that was taken from its owner. */
    private Uni<List<QueueItem>> ours(List<Closing> closings) {
        Map<String, @Nullable String> owners = new HashMap<>();
        closings.forEach(
                closing -> owners.put(closing.item().id(), closing.item().owner()));
        return find(Filters.in("_id", owners.keySet()), new FindOptions()).map(found -> found.stream()
                .filter(item -> item.status() != Status.PROCESSING)
                .filter(item -> Objects.equals(item.owner(), owners.get(item.id())))
                .toList());
    }

    private static Set<String> ids(List<QueueItem> items) {
        return items.stream().map(QueueItem::id).collect(Collectors.toSet());
    }

    private List<QueueItem> lost(List<Closing> closings, Set<String> ours) {
        List<QueueItem> lost = new ArrayList<>();
        for (Closing closing : closings) {
            QueueItem item = closing.item();
            if (ours.contains(item.id())) {
                metrics.closed(closing);
            } else {
                LOG.warnf(
                        "an item was taken over while it was written item=%s model=%s run=%s",
                        item.id(), item.model(), item.run());
                lost.add(item);
            }
        }
        return lost;
    }

    /** Gives claimed items back, untouched, the attempt not counted (S2-13). */
    Uni<Void> release(List<QueueItem> claimed) {
        List<WriteModel<QueueItem>> writes = new ArrayList<>();
        claimed.forEach(item -> writes.add(new UpdateOneModel<>(ItemUpdates.held(item), ItemUpdates.released())));
        return UnorderedWrites.write(items, writes).replaceWithVoid();
    }

    /** The same, but they are not due before the shortest wait is over: what they need cannot be had at this moment. */
    Uni<Void> postpone(List<QueueItem> claimed) {
        return database.time()
                .map(now -> now.plus(waits.after(1)))
                .map(due -> claimed.stream()
                        .map(item -> new UpdateOneModel<QueueItem>(ItemUpdates.held(item), ItemUpdates.postponed(due)))
                        .toList())
                .chain(writes -> UnorderedWrites.write(items, writes))
                .replaceWithVoid();
    }

    /** Frees items that were claimed too long ago: PENDING, or FAILED with WORKER_DIED if that was their last attempt (S2-9, S2-29). */
    Uni<List<QueueItem>> reclaim() {
        return database.time().chain(this::reclaimAbandoned);
    }

    private Uni<List<QueueItem>> reclaimAbandoned(Instant now) {
        Bson tooLongAgo = Filters.lt("claimedAt", now.minus(config.claimTimeout()));
        Bson abandoned = Filters.and(Filters.eq("status", Status.PROCESSING.name()), tooLongAgo);
        return find(abandoned, new FindOptions())
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(item -> reclaim(item, tooLongAgo, now))
                .invoke(this::tell)
                .collect()
                .asList()
                .call(failedItems::supersedeOlder);
    }

    /** Nothing, if somebody else has. Not by the instant itself: a server may keep it finer than it tells. */
    private Uni<@Nullable QueueItem> reclaim(QueueItem item, Bson tooLongAgo, Instant now) {
        Bson asFound = Filters.and(ItemUpdates.held(item), tooLongAgo);
        return DatabaseFailures.repeat(items.findOneAndUpdate(
                asFound,
                ItemUpdates.reclaimed(item, now),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)));
    }

    private void tell(QueueItem reclaimed) {
        metrics.failed(reclaimed.model(), ErrorCode.WORKER_DIED.name());
        LOG.warnf(
                "an item was left behind by its worker item=%s model=%s run=%s attempt=%d now=%s",
                reclaimed.id(), reclaimed.model(), reclaimed.run(), reclaimed.retries(), reclaimed.status());
    }

    Uni<QueueStats> stats() {
        return Uni.combine()
                .all()
                .unis(count(Status.PENDING), count(Status.PROCESSING), count(Status.COMPLETED), count(Status.FAILED))
                .with(QueueStats::new);
    }

    /** The same for who asks often, with a number of completed items, a week's work to count, that may be some seconds old. */
    Uni<QueueStats> recentStats() {
        return Uni.combine()
                .all()
                .unis(count(Status.PENDING), count(Status.PROCESSING), recentlyCompleted, count(Status.FAILED))
                .with(QueueStats::new);
    }

    /** How many items wait. */
    Uni<Long> pending() {
        return count(Status.PENDING);
    }

    private Uni<Long> count(Status status) {
        return DatabaseFailures.repeat(items.countDocuments(Filters.eq("status", status.name())));
    }

    /** When the oldest pending item was queued. */
    Uni<Optional<Instant>> oldestPending() {
        return instant(Status.PENDING, Sorts.ascending("createdAt"), QueueItem::createdAt);
    }

    /** When an item was last completed. */
    Uni<Optional<Instant>> lastProcessed() {
        return instant(Status.COMPLETED, Sorts.descending("processedAt"), QueueItem::processedAt);
    }

    private Uni<Optional<Instant>> instant(Status status, Bson order, Function<QueueItem, @Nullable Instant> which) {
        return find(
                        Filters.eq("status", status.name()),
                        new FindOptions().sort(order).limit(1))
                .map(found -> found.stream().findFirst().map(which));
    }

    /** What of the queue is looked at; null for all. */
    record Filter(
            QueueItem.@Nullable Status status,
            @Nullable String model,
            @Nullable String code) {
        Bson bson() {
            Document bson = new Document();
            if (status != null) {
                bson.append("status", status.name());
            }
            if (model != null) {
                bson.append("model", model);
            }
            if (code != null) {
                bson.append("lastCode", code);
            }
            return bson;
        }
    }

    /** A page, newest first. @param before id behind which it goes on; empty for the start */
    Uni<List<QueueItem>> page(Filter filter, String before, int limit) {
        Bson page = before.isEmpty() ? filter.bson() : Filters.and(filter.bson(), Filters.lt("_id", before));
        return find(page, new FindOptions().sort(Sorts.descending("_id")).limit(limit));
    }

    Uni<Optional<QueueItem>> find(String id) {
        return find(Filters.eq("_id", id), new FindOptions())
                .map(found -> found.stream().findFirst());
    }

    private Uni<List<QueueItem>> find(Bson filter, FindOptions options) {
        return DatabaseFailures.repeat(items.find(filter, options).collect().asList());
    }

    /**
     * Makes a failed item pending again, its retries and error cleared. If its record has a live item meanwhile, that one does the
     * work and this one closes as COMPLETED with the outcome {@code superseded}. Fails with NOT_FOUND, QUEUE_ITEM_BUSY (PROCESSING),
     * QUEUE_ITEM_NOT_FAILED.
     */
    Uni<QueueItem> retry(String id, boolean overwrite) {
        return idle(id).invoke(QueueStore::checkFailed)
                .chain(item -> failedItems.revive(List.of(item), overwrite))
                .chain(() -> existing(id));
    }

    private static void checkFailed(QueueItem item) {
        if (item.status() != Status.FAILED) {
            throw new SyncException(
                    ErrorCode.QUEUE_ITEM_NOT_FAILED, "the item %s is %s".formatted(item.id(), item.status()));
        }
    }

    /** The same for all failed ones that the filter names. Gives how many. */
    Uni<Long> retryAll(Filter filter) {
        return retryFrom(new Filter(Status.FAILED, filter.model(), filter.code()), "", 0);
    }

    private Uni<Long> retryFrom(Filter filter, String before, long done) {
        return page(filter, before, QueueIntake.AT_ONCE)
                .chain(failed -> failed.isEmpty() ? Uni.createFrom().item(done) : retry(filter, failed, done));
    }

    private Uni<Long> retry(Filter filter, List<QueueItem> failed, long done) {
        String last = failed.get(failed.size() - 1).id();
        return failedItems.revive(failed, false).chain(() -> retryFrom(filter, last, done + failed.size()));
    }

    /** Removes an item that is not being worked on. Fails with NOT_FOUND, QUEUE_ITEM_BUSY. */
    Uni<QueueItem> delete(String id) {
        return idle(id).chain(this::delete);
    }

    /** As it was found: a change that came to it since is not to go with it. */
    private Uni<QueueItem> delete(QueueItem item) {
        Bson asFound = Filters.and(
                Filters.eq("_id", item.id()),
                Filters.eq("status", item.status().name()),
                Filters.eq("changes", item.changes()));
        return DatabaseFailures.repeat(items.deleteOne(asFound))
                .chain(result -> result.getDeletedCount() > 0 ? Uni.createFrom().item(item) : delete(item.id()));
    }

    private Uni<QueueItem> idle(String id) {
        return existing(id).invoke(QueueStore::checkIdle);
    }

    private static void checkIdle(QueueItem item) {
        if (item.status() == Status.PROCESSING) {
            throw new SyncException(
                    ErrorCode.QUEUE_ITEM_BUSY,
                    "the item %s is being worked on by the run %s".formatted(item.id(), item.run()));
        }
    }

    private Uni<QueueItem> existing(String id) {
        return find(id).map(found -> found.orElseThrow(
                () -> new SyncException(ErrorCode.NOT_FOUND, "there is no item of this id in the queue")));
    }

    /** Removes what was completed long ago (S2-12); what failed stays until a person acts. */
    @Scheduled(every = "1H", delayed = "10M", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return database.time()
                .map(now -> Filters.and(
                        Filters.eq("status", Status.COMPLETED.name()),
                        Filters.lt("processedAt", now.minus(config.keepCompleted()))))
                .chain(old -> DatabaseFailures.repeat(items.deleteMany(old)))
                .replaceWithVoid();
    }
}
