package dev.syncline.writeback;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.bson.Document;
import org.bson.types.ObjectId;

/** One id may be stored as an object id and told as text, or the other way round. */
final class RecordId {
    private RecordId() {}

    /** An object id is told in small letters, so that a record has one id and not two. */
    static String told(String text) {
        return ObjectId.isValid(text) ? new ObjectId(text).toHexString() : text;
    }

    /** What the id may be in the database, as it is told first; nothing for what is no id. */
    static List<Object> forms(Object told) {
        if (told instanceof ObjectId id) {
            return List.of(id, id.toHexString());
        }
        if (told instanceof String text) {
            return ObjectId.isValid(text) ? hexadecimal(text) : List.of(text);
        }
        return told instanceof Number number && isWhole(number) ? List.of(number.longValue()) : List.of();
    }

    /** Some store the digits as text, in large letters too. */
    private static List<Object> hexadecimal(String text) {
        return Stream.<Object>of(text, new ObjectId(text), text.toUpperCase(Locale.ROOT), text.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /** The shell stores each number as one with decimals. */
    private static boolean isWhole(Number number) {
        return number instanceof Integer
                || number instanceof Long
                || number instanceof Double each && each.doubleValue() == each.longValue();
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
        return id instanceof Number number && isWhole(number) ? (Object) number.longValue() : id;
    }
}
