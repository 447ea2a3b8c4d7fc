package dev.syncline.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import static dev.syncline.ingest.RowCollection.ABSENT_SINCE;
import static dev.syncline.ingest.RowCollection.ADDED_BY;
import static dev.syncline.ingest.RowCollection.CHANGED_AT;
import static dev.syncline.ingest.RowCollection.CHANGED_BY;
import static dev.syncline.ingest.RowCollection.FIRST_SEEN;
import static dev.syncline.ingest.RowCollection.HASH;
import static dev.syncline.ingest.RowCollection.LAST_SEEN;

/**
 * One write of one row, which is its own fence: a first write is an insert, an update carries the hash that was read, so a
 * runner that was overtaken writes over nothing newer (C0-05).
 *
 * @param before the document as it was read; none for a first write
 */
record RowWrite(String key, @Nullable Document before, WriteModel<Document> model, List<Change> history) {
    static RowWrite insert(MappedRow row, RunMark mark, Instant now) {
        Document document = new Document("_id", row.key());
        row.fields().forEach((name, value) -> FieldValues.put(document, name, value));
        document.append(HASH, row.hash())
                .append(FIRST_SEEN, mark.startedAt())
                .append(ADDED_BY, mark.run())
                .append(CHANGED_BY, mark.run())
                .append(CHANGED_AT, now);
        return new RowWrite(row.key(), null, new InsertOneModel<>(document), List.of());
    }

    /** The update from what is stored to what was read, and its history: one entry for each field that differs. */
    static RowWrite update(Document stored, MappedRow row, Set<String> fields, RunMark mark, Instant now) {
        Document set =
                new Document(HASH, row.hash()).append(CHANGED_BY, mark.run()).append(CHANGED_AT, now);
        Document unset = new Document();
        List<Change> history = new ArrayList<>();
        boolean returns = stored.get(ABSENT_SINCE) != null;
        if (returns) {
            unset.append(ABSENT_SINCE, "").append(LAST_SEEN, "");
        }
        Change.Kind kind = returns ? Change.Kind.returned : Change.Kind.updated;
        for (String field : fields) {
            Object value = row.fields().get(field);
            Object before = FieldValues.at(stored, field);
            if (FieldValues.same(before, value)) {
                continue;
            }
            if (value == null) {
                unset.append(field, "");
            } else {
                set.append(field, FieldValues.stored(value));
            }
            history.add(
                    Change.of(mark, row.key(), kind, field, FieldValues.text(before), FieldValues.text(value), now));
        }
        Document update = new Document("$set", set);
        if (!unset.isEmpty()) {
            update.append("$unset", unset);
        }
        return new RowWrite(row.key(), stored, new UpdateOneModel<>(fence(stored), update), history);
    }

    /** Marks a row that the source no longer has, or has not had for long; {@code marks} are the fields that say so. */
    static RowWrite mark(
            Document stored,
            Map<String, Object> marks,
            Document bookkeeping,
            Change.Kind kind,
            RunMark mark,
            Instant now) {
        Document set = new Document(bookkeeping).append(CHANGED_BY, mark.run()).append(CHANGED_AT, now);
        List<Change> history = new ArrayList<>();
        marks.forEach((field, value) -> {
            set.append(field, FieldValues.stored(value));
            history.add(Change.of(
                    mark,
                    stored.getString("_id"),
                    kind,
                    field,
                    FieldValues.text(stored.get(field)),
                    FieldValues.text(value),
                    now));
        });
        return new RowWrite(
                stored.getString("_id"),
                stored,
                new UpdateOneModel<>(fence(stored), new Document("$set", set)),
                history);
    }

    /** A plain document: an {@code $and} keeps the embedded server from finding the row by its id. */
    private static Bson fence(Document stored) {
        return new Document("_id", stored.get("_id"))
                .append(HASH, stored.get(HASH))
                .append(ABSENT_SINCE, stored.get(ABSENT_SINCE));
    }
}
