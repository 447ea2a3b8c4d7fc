package dev.syncline.ingest;

import org.bson.Document;

import static dev.syncline.ingest.RowCollection.ABSENT_SINCE;
import static dev.syncline.ingest.RowCollection.ADDED_BY;
import static dev.syncline.ingest.RowCollection.CHANGED_BY;
import static dev.syncline.ingest.RowCollection.HASH;

/** What is known of a stored row before it is compared: enough to see that nothing is to be done. */
record StoredRow(String key, String hash, boolean absent, String addedBy, String changedBy) {
    static StoredRow of(Document row) {
        return new StoredRow(
                row.getString("_id"),
                row.get(HASH, ""),
                row.get(ABSENT_SINCE) != null,
                row.get(ADDED_BY, ""),
                row.get(CHANGED_BY, ""));
    }

    boolean holds(MappedRow row) {
        return !absent && hash.equals(row.hash());
    }
}
