package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.conversions.Bson;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;

/** Brings changes to the live items of their records. The unique index decides between those who make a first one. */
final class QueueIntake {
    /** Servers look lists of values up one by one, some of them slowly. */
    static final int AT_ONCE = 500;
    /** A change whose item is always closed before it can be read would be a fault of ours. */
    private static final int ROUNDS = 5;

    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

    private final ReactiveMongoCollection<QueueItem> items;
    private final MongoDatabase database;
    private final Ids ids;
    private final int maxRetries;

    QueueIntake(ReactiveMongoCollection<QueueItem> items, MongoDatabase database, Ids ids, int maxRetries) {
        this.items = items;
        this.database = database;
        this.ids = ids;
        this.maxRetries = maxRetries;
    }

    Uni<List<QueueItem>> enqueue(List<RecordChange> changes) {
        return Multi.createFrom()
                .iterable(changes)
                .group()
                .intoLists()
                .of(AT_ONCE)
                .onItem()
                .transformToUniAndConcatenate(this::enqueueTogether)
                .collect()
                .in(ArrayList<QueueItem>::new, List::addAll)
                .map(List::copyOf);
    }

    private Uni<List<QueueItem>> enqueueTogether(List<RecordChange> changes) {
        List<Landing> landings = Landing.of(changes, record -> ids.next());
        return landAndRead(landings, 1).map(found -> changes.stream()
                .map(change -> found.get(QueueItem.liveFor(change.model(), change.recordId())))
                .toList());
    }

    private Uni<Map<String, QueueItem>> landAndRead(List<Landing> landings, int round) {
        return land(landings).chain(() -> read(landings)).chain(found -> withTheLost(landings, found, round));
    }

    /** Some may have been closed before they could be read. A change that nobody can name an item for comes once more. */
    private Uni<Map<String, QueueItem>> withTheLost(List<Landing> landings, Map<String, QueueItem> found, int round) {
        List<Landing> lost = landings.stream()
                .filter(landing -> !found.containsKey(landing.liveFor()))
                .toList();
        if (!lost.isEmpty() && round == ROUNDS) {
            throw new IllegalStateException("changes were queued %d times and not found".formatted(round));
        }
        return lost.isEmpty()
                ? Uni.createFrom().item(found)
                : landAndRead(lost, round + 1).invoke(found::putAll).replaceWith(found);
    }

    private Uni<Map<String, QueueItem>> read(List<Landing> landings) {
        List<String> live = landings.stream().map(Landing::liveFor).toList();
        List<String> own = landings.stream().map(Landing::id).toList();
        return Uni.combine()
                .all()
                .unis(find(Filters.in("_id", own)), find(Filters.in("liveFor", live)))
                .with(QueueIntake::byRecord);
    }

    private static Map<String, QueueItem> byRecord(List<QueueItem> own, List<QueueItem> live) {
        Map<String, QueueItem> found = new HashMap<>();
        own.forEach(item -> found.put(QueueItem.liveFor(item.model(), item.recordId()), item));
        live.forEach(item -> found.put(QueueItem.liveFor(item.model(), item.recordId()), item));
        return found;
    }

    private Uni<List<QueueItem>> find(Bson filter) {
        return DatabaseFailures.repeat(items.find(filter).collect().asList());
    }

    Uni<Void> enqueueFound(List<QueueStore.Found> found) {
        return land(found.stream()
                .map(each -> new Landing(ids.next(), each.change(), 1, each.at()))
                .toList());
    }

    private Uni<Void> land(List<Landing> landings) {
        List<WriteModel<QueueItem>> writes = new ArrayList<>();
        return database.time()
                .invoke(now -> landings.forEach(landing ->
                        writes.add(new UpdateOneModel<>(landing.target(), landing.upsert(now, maxRetries), UPSERT))))
                .chain(() -> UnorderedWrites.write(items, writes))
                .chain(refused -> landSingly(landings, refused));
    }

    private Uni<Void> landSingly(List<Landing> landings, Collection<Integer> places) {
        return Multi.createFrom()
                .iterable(places)
                .map(landings::get)
                .onItem()
                .transformToUniAndConcatenate(this::onDeletion)
                .onItem()
                .ignoreAsUni();
    }

    /** The live item tells of a deletion, or somebody made it in the same moment. */
    private Uni<Void> onDeletion(Landing landing) {
        return database.time()
                .chain(now -> DatabaseFailures.repeat(items.updateOne(landing.deletion(), landing.revival(now))))
                .chain(result ->
                        result.getMatchedCount() > 0 ? Uni.createFrom().voidItem() : unlessDeletedSince(landing));
    }

    /** Who told of the deletion knew of the change that the record tells. */
    private Uni<Void> unlessDeletedSince(Landing landing) {
        if (landing.asOf() == null) {
            return land(List.of(landing));
        }
        Bson deletion =
                Filters.and(Filters.eq("liveFor", landing.liveFor()), Filters.eq("action", Action.DELETE.name()));
        return find(deletion)
                .chain(found -> found.isEmpty()
                        ? land(List.of(landing))
                        : Uni.createFrom().voidItem());
    }
}
