package dev.syncline.writeback;

import java.util.Optional;

import org.bson.Document;

/**
 * An item whose record is to be written: the record as it is now, and what its row is to hold.
 *
 * @param source the record
 */
record Candidate(QueueItem item, Model model, Document source, RowValues values) {
    /** {@code model/recordId} */
    String place() {
        return QueueItem.liveFor(item.model(), item.recordId());
    }

    /** Id of the record, as the database has it. */
    Object recordId() {
        return source.get("_id");
    }

    /** The number of its row that the record knows, from 1; another number is none. */
    Optional<Integer> notedRow() {
        Object row = RecordField.of(source, model.rowField());
        return row instanceof Number number && number.intValue() > 0
                ? Optional.of(number.intValue())
                : Optional.empty();
    }
}
