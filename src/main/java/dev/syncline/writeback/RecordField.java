package dev.syncline.writeback;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Fields of a record by their names; {@code customer.name} is the field {@code name} of the document {@code customer}. */
final class RecordField {
    private RecordField() {}

    /** What the record holds there; null for nothing. */
    static @Nullable Object of(Document source, String field) {
        Document holder = holder(source, field);
        return holder == null ? null : holder.get(lastPart(field));
    }

    /** Whether the record says anything of the field, be it that there is nothing. */
    static boolean isIn(Document source, String field) {
        Document holder = holder(source, field);
        return holder != null && holder.containsKey(lastPart(field));
    }

    private static @Nullable Document holder(Document source, String field) {
        int dot = field.indexOf('.');
        if (dot < 0) {
            return source;
        }
        return source.get(field.substring(0, dot)) instanceof Document part
                ? holder(part, field.substring(dot + 1))
                : null;
    }

    private static String lastPart(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }
}
