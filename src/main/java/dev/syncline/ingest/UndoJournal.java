package dev.syncline.ingest;

import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.WriteModel;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RequiredIndex;
import dev.syncline.platform.RequiredIndexes;

/**
 * What documents were before a run wrote them, so that all of its writes can be taken back (S0-12); sole writer of
 * {@code undo_journal}. An image is kept before its write. Taking back touches only what is still as the run wrote it, so it
 * may be done twice, by two processes, and after a crash between image and write. Who may do so is for the run to say: the
 * one that holds its lease, or anybody once it has ended.
 */
@ApplicationScoped
public class UndoJournal implements RequiredIndexes {
    private static final String COLLECTION = "undo_journal";
    private static final int AT_ONCE = 500;
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final MongoDatabase database;
    private final ReactiveMongoCollection<Document> journal;

    UndoJournal(MongoDatabase database) {
        this.database = database;
        this.journal = database.collection(COLLECTION);
    }

    @Override
    public List<RequiredIndex> indexes() {
        return List.of(
                RequiredIndex.on(COLLECTION, "by_sync", new Document("sync", 1).append("run", 1)),
                RequiredIndex.on(COLLECTION, "by_run", new Document("run", 1).append("_id", 1)));
    }

    /**
     * One document before a write.
     *
     * @param before as it was read; null if there was none
     */
    public record Image(String key, @Nullable Document before) {}

    /** Keeps the images of rows that are about to be written, where the request asks for it. */
    Uni<Void> keep(IngestRequest request, List<RowWrite> writes) {
        return request.undoable()
                ? keep(
                        request.mark(),
                        request.target().name(),
                        writes.stream()
                                .map(write -> new Image(write.key(), write.before()))
                                .toList())
                : Uni.createFrom().voidItem();
    }

    /**
     * Keeps images; call it before their writes, which have to set {@link RowCollection#CHANGED_BY} to the run's id. The first
     * image of a document in a run is the one that counts.
     */
    public Uni<Void> keep(RunMark mark, String collection, Collection<Image> images) {
        List<Document> entries = images.stream()
                .filter(image -> !isWork(mark, image))
                .map(image -> entry(mark, collection, image))
                .toList();
        return MongoDatabase.replaceAll(journal, entries, entry -> entry.getString("_id"));
    }

    /** What the run itself has written is nothing to go back to. */
    private static boolean isWork(RunMark mark, Image image) {
        return image.before() != null && mark.run().equals(image.before().get(RowCollection.CHANGED_BY));
    }

    private static Document entry(RunMark mark, String collection, Image image) {
        String id = mark.run() + ':' + collection + ':' + image.key();
        return new Document("_id", id)
                .append("run", mark.run())
                .append("sync", mark.sync())
                .append("collection", collection)
                .append("key", image.key())
                .append("before", image.before());
    }

    /** Ids of the runs of a sync that have images here. */
    public Uni<List<String>> runs(String sync) {
        return DatabaseFailures.repeat(journal.distinct("run", Filters.eq("sync", sync), String.class)
                .collect()
                .asList());
    }

    /**
     * Puts everything back that a run has written. Its images stay, so that it can be done once more: a write of the run's that
     * was on its way may still arrive. Gives the number of images.
     */
    public Uni<Long> takeBack(String run) {
        return takeBack(run, "");
    }

    private Uni<Long> takeBack(String run, String after) {
        return page(run, after)
                .chain(entries -> entries.isEmpty() ? Uni.createFrom().item(0L) : takeBack(run, entries));
    }

    private Uni<Long> takeBack(String run, List<Document> entries) {
        String last = entries.get(entries.size() - 1).getString("_id");
        return restore(entries).chain(() -> takeBack(run, last)).map(more -> more + entries.size());
    }

    /** There is nothing to go back to any more: the run has succeeded, or was taken back. */
    public Uni<Void> forget(String run) {
        return DatabaseFailures.repeat(journal.deleteMany(Filters.eq("run", run)))
                .replaceWithVoid();
    }

    private Uni<List<Document>> page(String run, String after) {
        Bson next = Filters.and(Filters.eq("run", run), Filters.gt("_id", after));
        FindOptions first = new FindOptions().sort(Sorts.ascending("_id")).limit(AT_ONCE);
        return DatabaseFailures.repeat(journal.find(next, first).collect().asList());
    }

    /** Entries come in the order of their collections; those of one are restored in one bulk. */
    private Uni<Void> restore(List<Document> entries) {
        String collection = entries.get(0).getString("collection");
        List<Document> same = entries.stream()
                .filter(entry -> collection.equals(entry.getString("collection")))
                .toList();
        List<Document> others = entries.subList(same.size(), entries.size());
        List<WriteModel<Document>> writes =
                same.stream().map(UndoJournal::restoration).toList();
        Uni<Void> restored = DatabaseFailures.repeat(
                        database.collection(collection).bulkWrite(writes, UNORDERED))
                .replaceWithVoid();
        return others.isEmpty() ? restored : restored.chain(() -> restore(others));
    }

    private static WriteModel<Document> restoration(Document entry) {
        Bson asWritten =
                new Document("_id", entry.getString("key")).append(RowCollection.CHANGED_BY, entry.getString("run"));
        @Nullable Document before = entry.get("before", Document.class);
        return before == null ? new DeleteOneModel<>(asWritten) : new ReplaceOneModel<>(asWritten, before);
    }
}
