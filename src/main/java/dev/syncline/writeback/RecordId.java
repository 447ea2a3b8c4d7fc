package dev.syncline.writeback;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.bson.Document;
import org.bson.types.ObjectId;

/** One id may be stored as an object id and told as text, or the other way round. */
final class RecordId {
    private RecordId() {}

    /** What the id may be in the database, as it is told first; nothing for what is no id. */
    static List<Object> forms(Object told) {
        if (told instanceof ObjectId id) {
            return List.of(id, id.toHexString());
        }
        if (told instanceof String text) {
            return ObjectId.isValid(text) ? List.of(text, new ObjectId(text)) : List.of(text);
        }
        return told instanceof Integer || told instanceof Long ? List.of(((Number) told).longValue()) : List.of();
    }

    /** The one of the documents that the id means, the form in which it is told first. */
    static Optional<Document> find(Map<Object, Document> documents, Object told) {
        return forms(told).stream()
                .flatMap(form -> Stream.ofNullable(documents.get(form)))
                .findFirst();
    }

    /** A document's own id, in the form that is looked for. */
    static Object of(Document document) {
        Object id = document.get("_id");
        return id instanceof Integer number ? number.longValue() : id;
    }
}
