package dev.syncline.writeback;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * A record of which nobody may have told that it has changed.
 *
 * @param id as items name it
 * @param isEcho whether the sheet itself has brought the change (S2-39)
 * @param hasRow whether it was written to the sheet before
 */
record ChangedRecord(String id, Instant updatedAt, boolean isEcho, boolean hasRow) {
    static final String UPDATED_AT = "updatedAt";

    /** The fields that are looked at, beside the id. */
    static List<String> fields(Model model) {
        return List.of(UPDATED_AT, model.echoField(), model.rowField());
    }

    /** Nothing where there is no id that an item could have. */
    static Optional<ChangedRecord> of(Model model, Document source) {
        Object updatedAt = source.get(UPDATED_AT);
        return updatedAt instanceof Date date
                ? id(source.get("_id")).map(id -> of(model, source, id, date))
                : Optional.empty();
    }

    private static ChangedRecord of(Model model, Document source, String id, Date updatedAt) {
        boolean isEcho = updatedAt.equals(RecordField.of(source, model.echoField()));
        boolean hasRow = RecordField.of(source, model.rowField()) instanceof Number row && row.intValue() > 0;
        return new ChangedRecord(id, updatedAt.toInstant(), isEcho, hasRow);
    }

    private static Optional<String> id(Object id) {
        if (id instanceof ObjectId objectId) {
            return Optional.of(objectId.toHexString());
        }
        return id instanceof String text && !text.isBlank() ? Optional.of(RecordId.told(text)) : Optional.empty();
    }

    RecordChange change(Model model) {
        return new RecordChange(model.name(), id, hasRow ? Action.UPDATE : Action.CREATE, null, ChangeTail.ACTOR, null);
    }
}
