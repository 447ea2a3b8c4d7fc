package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.IndexKeeper;
import dev.syncline.platform.OwnDatabase;
import dev.syncline.platform.WatchedDatabase;
import dev.syncline.writeback.ItemOutcome.Failed;
import dev.syncline.writeback.ItemOutcome.Skipped;
import dev.syncline.writeback.ItemOutcome.Written;
import dev.syncline.writeback.QueueStore.Closing;

/** A queue in a database of its own, and short words for what is done with it, for tests. */
final class QueueDesk implements AutoCloseable {
    static final String REQUEST = "Request";
    static final String OPERATOR = "Operator";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OwnDatabase own = new OwnDatabase();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final WriteBackConfig config;
    private final Models models;
    private final TailStore tails;
    private final IndexKeeper indexes;
    private final QueueStore store;

    /** @param settings names behind {@code syncline.writeback.}, each with its value */
    QueueDesk(String... settings) {
        Settings all = Settings.bare().with("sheet-id", "sheet");
        all = withModel(withModel(all, REQUEST, "requests"), OPERATOR, "operators");
        for (int i = 0; i < settings.length; i += 2) {
            all = all.with(settings[i], settings[i + 1]);
        }
        this.config = all.config();
        this.models = new Models(config);
        this.tails = new TailStore(own.database(), models, config);
        this.indexes = own.indexes(new QueueIndexes(), tails);
        this.store = newStore();
    }

    private static Settings withModel(Settings settings, String name, String collection) {
        String model = "models." + name + ".";
        return settings.with(model + "collection", collection)
                .with(model + "tab", name)
                .with(model + "key", "code")
                .with(model + "columns.code.label", "Code");
    }

    private QueueStore newStore() {
        return new QueueStore(own.database(), indexes, own.ids(), new QueueMetrics(registry, models), config);
    }

    /** A process that has just begun. */
    ChangeTail newTail() {
        return newTail(store);
    }

    ChangeTail newTail(QueueStore queue) {
        return new ChangeTail(own.database(), queue, tails, config);
    }

    /** A queue that takes no request that is found. */
    QueueStore brokenStore() {
        return new QueueStore(own.database(), indexes, own.ids(), new QueueMetrics(registry, models), config) {
            @Override
            Uni<Void> enqueueFound(List<Found> found) {
                return found.stream().anyMatch(each -> each.change().model().equals(REQUEST))
                        ? Uni.createFrom().failure(new IllegalStateException("the process dies"))
                        : super.enqueueFound(found);
            }
        };
    }

    /** A queue with something that happens each time that it has taken what was found. */
    QueueStore storeThen(Runnable then) {
        return new QueueStore(own.database(), indexes, own.ids(), new QueueMetrics(registry, models), config) {
            @Override
            Uni<Void> enqueueFound(List<Found> found) {
                return super.enqueueFound(found).invoke(then);
            }
        };
    }

    /** The same queue, with something before the calls that it makes. */
    QueueStore watchedStore(WatchedDatabase.Watch watch) {
        return new QueueStore(own.watched(watch), indexes, own.ids(), new QueueMetrics(registry, models), config);
    }

    QueueStore store() {
        return store;
    }

    OwnDatabase own() {
        return own;
    }

    WriteBackConfig config() {
        return config;
    }

    TailStore tails() {
        return tails;
    }

    Instant now() {
        return await(own.database().time());
    }

    ReactiveMongoCollection<Document> collection(String name) {
        return own.database().collection(name);
    }

    /** As if nothing had ever been there. */
    void clear() {
        for (String name : List.of(QueueStore.COLLECTION, TailStore.TAILS, TailStore.SEEN, "requests", "operators")) {
            var unused = await(collection(name).deleteMany(new Document()));
        }
    }

    MeterRegistry registry() {
        return registry;
    }

    // --- changes

    static RecordChange change(Action action, String recordId) {
        return new RecordChange(REQUEST, recordId, action, null, "tester", null);
    }

    static RecordChange update(String recordId) {
        return change(Action.UPDATE, recordId);
    }

    @CanIgnoreReturnValue
    List<QueueItem> enqueue(RecordChange... changes) {
        return await(store.enqueue(List.of(changes)));
    }

    /** Updates of records r1 to rN, each one queued after the one before. */
    void enqueueMany(int records) {
        List<RecordChange> changes = new ArrayList<>();
        for (int i = 1; i <= records; i++) {
            changes.add(update("r" + i));
        }
        var unused = await(store.enqueue(changes));
    }

    // --- the work on them

    List<QueueItem> claim(String owner, int most) {
        return await(store.claim(owner, "run-" + owner, most, Set.of()));
    }

    QueueItem claimOne(String owner) {
        return claim(owner, 1).get(0);
    }

    @CanIgnoreReturnValue
    List<QueueItem> close(QueueItem item, ItemOutcome outcome) {
        return await(store.close(List.of(new Closing(item, outcome))));
    }

    static ItemOutcome written(int row) {
        return new Written(row, false, List.of());
    }

    static ItemOutcome skipped(ItemOutcome.Reason reason) {
        return new Skipped(reason, List.of());
    }

    static ItemOutcome failed() {
        return new Failed(ErrorCode.SOURCE_TIMEOUT, "no answer", false);
    }

    // --- what it left

    List<QueueItem> all() {
        return await(own.database()
                        .collection(QueueStore.COLLECTION, QueueItem.class)
                        .find()
                        .collect()
                        .asList())
                .stream()
                .sorted(Comparator.comparing(QueueItem::id))
                .toList();
    }

    QueueItem get(QueueItem item) {
        return await(store.find(item.id())).orElseThrow();
    }

    /** The only item of a record. */
    QueueItem of(String recordId) {
        List<QueueItem> found =
                all().stream().filter(item -> item.recordId().equals(recordId)).toList();
        if (found.size() != 1) {
            throw new AssertionError("the items of " + recordId + " are " + found);
        }
        return found.get(0);
    }

    /** Another hand than the queue's; null takes the field away. */
    void set(Bson which, String field, @Nullable Object value) {
        var unused = await(collection(QueueStore.COLLECTION)
                .updateMany(which, value == null ? Updates.unset(field) : Updates.set(field, value)));
    }

    void set(QueueItem item, String field, @Nullable Object value) {
        set(Filters.eq("_id", item.id()), field, value);
    }

    /** As if all waits were over. */
    void letTimePass() {
        set(Filters.eq("status", "PENDING"), "nextAttemptAt", Instant.EPOCH);
    }

    List<Document> documents(String collection) {
        return await(collection(collection).find().collect().asList());
    }

    double count(String metric, String... tags) {
        var counter = registry.find(metric).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }

    static List<String> records(List<QueueItem> items) {
        return items.stream().map(QueueItem::recordId).toList();
    }

    static List<String> upTo(int records) {
        return IntStream.rangeClosed(1, records).mapToObj(i -> "r" + i).toList();
    }

    @CanIgnoreReturnValue
    static <T> T await(Uni<T> step) {
        return step.await().atMost(PATIENCE);
    }

    @Override
    public void close() {
        own.close();
    }
}
