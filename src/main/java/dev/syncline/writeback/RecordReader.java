package dev.syncline.writeback;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;

/** Reads the records that items name, as they are now, and what they refer to; notes a record's row on it. */
@ApplicationScoped
class RecordReader {
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final MongoDatabase database;

    RecordReader(MongoDatabase database) {
        this.database = database;
    }

    /** Records by the id that items have for them; a missing one is missing. An id is text, or the hexadecimal form of an object id. */
    Uni<Map<String, Document>> read(Model model, Collection<String> ids) {
        return find(model.collection(), ids, new FindOptions()).map(found -> byId(ids, found));
    }

    private static Map<String, Document> byId(Collection<String> ids, Map<Object, Document> found) {
        Map<String, Document> byId = new HashMap<>();
        ids.forEach(id -> RecordId.find(found, id).ifPresent(document -> byId.put(id, document)));
        return byId;
    }

    /** One look-up for each collection that is referred to, whatever the number of records. */
    Uni<References> references(Model model, Collection<Document> records) {
        Map<String, List<Column>> byCollection = model.columns().stream()
                .filter(column -> column.reference().isPresent())
                .collect(Collectors.groupingBy(
                        column -> column.reference().orElseThrow().collection()));
        return Multi.createFrom()
                .iterable(byCollection.entrySet())
                .onItem()
                .transformToUniAndConcatenate(referred -> referred(referred.getKey(), referred.getValue(), records))
                .collect()
                .asMap(Referred::collection, Referred::found)
                .map(FoundReferences::new);
    }

    private record Referred(String collection, Map<Object, Document> found) {}

    private Uni<Referred> referred(String collection, List<Column> columns, Collection<Document> records) {
        Set<Object> ids = new LinkedHashSet<>();
        for (Document record : records) {
            for (Column column : columns) {
                Object id = RecordField.of(record, column.field());
                if (id != null) {
                    ids.add(id);
                }
            }
        }
        List<String> shown = columns.stream()
                .map(column -> column.reference().orElseThrow().field())
                .distinct()
                .toList();
        return find(collection, ids, new FindOptions().projection(Projections.include(shown)))
                .map(found -> new Referred(collection, found));
    }

    private Uni<Map<Object, Document>> find(String collection, Collection<?> ids, FindOptions options) {
        List<Object> forms = ids.stream()
                .flatMap(id -> RecordId.forms(id).stream())
                .distinct()
                .toList();
        return MongoDatabase.findAmong(database.collection(collection), "_id", forms, options)
                .map(found -> found.stream().collect(Collectors.toMap(RecordId::of, Function.identity())));
    }

    /** Stores rows' numbers on records, by their id; null takes it away. Touches no other field (S2-4). */
    Uni<Void> noteRows(Model model, Map<Object, @Nullable Integer> rows) {
        List<WriteModel<Document>> notes = rows.entrySet().stream()
                .map(row -> note(model, row.getKey(), row.getValue()))
                .toList();
        return notes.isEmpty()
                ? Uni.createFrom().voidItem()
                : DatabaseFailures.repeat(
                                database.collection(model.collection()).bulkWrite(notes, UNORDERED))
                        .replaceWithVoid();
    }

    private static WriteModel<Document> note(Model model, Object id, @Nullable Integer row) {
        Bson change = row == null ? Updates.unset(model.rowField()) : Updates.set(model.rowField(), row);
        return new UpdateOneModel<>(Filters.eq("_id", id), change);
    }
}
