package dev.syncline.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.syncline.platform.DatabaseFailures;

/**
 * The rows that one sync keeps, and their sole writer. A row is a document: {@code _id} the key, the mapped fields under
 * their names, and the bookkeeping below. Absence is a mark, never a delete; a row without {@link #ABSENT_SINCE} is live and
 * was seen by the last complete run, so an unchanged row costs no write.
 */
public final class RowCollection {
    /** Content hash of the mapped fields, 64 hex digits. */
    public static final String HASH = "data_hash";
    /** Start of the run that added the row. */
    public static final String FIRST_SEEN = "first_seen_at";
    /** Only on an absent row: start of the last complete run that saw it. */
    public static final String LAST_SEEN = "last_seen_at";
    /** Only on an absent row: start of the run that missed it, or when that run held its sweep. */
    public static final String ABSENT_SINCE = "absent_since";
    /** Id of the run that added the row. */
    public static final String ADDED_BY = "added_by";
    /** Id of the run that last wrote the row. */
    public static final String CHANGED_BY = "changed_by";
    /** When it did. */
    public static final String CHANGED_AT = "changed_at";

    private static final Bson LIVE = Filters.eq(ABSENT_SINCE, null);
    private static final Bson COMPARED = Projections.include(HASH, ABSENT_SINCE, ADDED_BY, CHANGED_BY);
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
    private static final int DUPLICATE_KEY = 11000;
    private static final int LOOK_UPS_AT_ONCE = 2;

    private final ReactiveMongoCollection<Document> rows;
    private final int lookUpSize;

    /**
     * @param lookUpSize most ids in one {@code $in}; the embedded server's cost is quadratic in it
     */
    public RowCollection(ReactiveMongoCollection<Document> rows, int lookUpSize) {
        this.rows = rows;
        this.lookUpSize = lookUpSize;
    }

    /** The collection's. */
    String name() {
        return rows.getNamespace().getCollectionName();
    }

    /** Rows that the source had when it was last read whole. */
    Uni<Long> countLive() {
        return DatabaseFailures.repeat(rows.countDocuments(LIVE));
    }

    /** Rows that this run has marked absent, and nobody has written since. */
    Uni<Long> countMarkedBy(RunMark mark) {
        return DatabaseFailures.repeat(rows.countDocuments(
                Filters.and(Filters.eq(ABSENT_SINCE, mark.startedAt()), Filters.eq(CHANGED_BY, mark.run()))));
    }

    /** What is stored under these keys, as far as it is needed to compare. */
    Uni<Map<String, StoredRow>> find(Collection<String> keys) {
        return lookUp(keys, new FindOptions().projection(COMPARED))
                .map(found -> byKey(found, StoredRow::of, StoredRow::key));
    }

    /** The whole documents under these keys. */
    Uni<Map<String, Document>> load(Collection<String> keys) {
        return lookUp(keys, new FindOptions()).map(found -> byKey(found, Function.identity(), d -> d.getString("_id")));
    }

    /** One answer of the server holds a whole look-up; in answers of its own size each would take several round trips. */
    private Uni<List<Document>> lookUp(Collection<String> keys, FindOptions options) {
        FindOptions whole = options.batchSize(lookUpSize + 1);
        return Multi.createFrom()
                .iterable(chunks(keys))
                .onItem()
                .transformToUni(chunk -> DatabaseFailures.repeat(
                        rows.find(Filters.in("_id", chunk), whole).collect().asList()))
                .merge(LOOK_UPS_AT_ONCE)
                .collect()
                .in(ArrayList::new, List::addAll);
    }

    private List<List<String>> chunks(Collection<String> keys) {
        List<String> all = List.copyOf(keys);
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += lookUpSize) {
            chunks.add(all.subList(from, Math.min(from + lookUpSize, all.size())));
        }
        return chunks;
    }

    private static <T> Map<String, T> byKey(
            List<Document> found, Function<Document, T> shape, Function<T, String> key) {
        return found.stream()
                .map(shape)
                .collect(Collectors.toMap(key, Function.identity(), (a, b) -> b, LinkedHashMap::new));
    }

    /**
     * Sends the writes in one unordered bulk. The outcome of each is known afterwards: done, refused by the database, or
     * unsettled, which means that the row was not as it was read and is to be read again.
     */
    Uni<Written> write(List<RowWrite> writes) {
        if (writes.isEmpty()) {
            return Uni.createFrom().item(Written.NOTHING);
        }
        return DatabaseFailures.repeat(
                rows.bulkWrite(writes.stream().map(RowWrite::model).toList(), UNORDERED)
                        .map(result -> Written.of(writes, result.getInsertedCount() + result.getMatchedCount()))
                        .onFailure(MongoBulkWriteException.class)
                        .recoverWithItem(failure -> partly(writes, (MongoBulkWriteException) failure)));
    }

    private static Written partly(List<RowWrite> writes, MongoBulkWriteException failure) {
        if (DatabaseFailures.isConnectivity(failure) || failure.getWriteErrors().isEmpty()) {
            return Written.unsettled(writes);
        }
        Map<String, String> refused = new HashMap<>();
        for (BulkWriteError error : failure.getWriteErrors()) {
            if (error.getCode() != DUPLICATE_KEY) {
                refused.put(writes.get(error.getIndex()).key(), "error " + error.getCode());
            }
        }
        return Written.unsettledBut(writes, refused);
    }

    /** Keys of the live rows, in order, in lists of the given size; a change in between may or may not be seen. */
    Multi<List<String>> liveKeys(int listSize) {
        FindOptions options = new FindOptions()
                .projection(Projections.include("_id"))
                .sort(Sorts.ascending("_id"))
                .batchSize(listSize);
        return rows.find(LIVE, options)
                .map(row -> row.getString("_id"))
                .group()
                .intoLists()
                .of(listSize);
    }

    /** Rows that have been absent since before the given instant and whose {@code field} still has the given value. */
    public Multi<List<Document>> absentBefore(Instant instant, String field, Object value, int listSize) {
        Bson due = Filters.and(Filters.lt(ABSENT_SINCE, instant), Filters.eq(field, FieldValues.stored(value)));
        return rows.find(due).group().intoLists().of(listSize);
    }

    /** Keys of the rows that a run added, in order, after the given one. */
    public Uni<List<String>> addedBy(String run, String after, int limit) {
        Bson filter = Filters.and(Filters.eq(ADDED_BY, run), Filters.gt("_id", after));
        FindOptions options = new FindOptions()
                .projection(Projections.include("_id"))
                .sort(Sorts.ascending("_id"))
                .limit(limit);
        return rows.find(filter, options)
                .map(row -> row.getString("_id"))
                .collect()
                .asList();
    }
}
