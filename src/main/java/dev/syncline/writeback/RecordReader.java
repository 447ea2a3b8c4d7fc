package dev.syncline.writeback;

import java.util.Collection;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.bson.Document;

/** Reads the records that items name, as they are now, and what they refer to; notes a record's row on it. */
@ApplicationScoped
class RecordReader {
    /** Records by the id that items have for them; a missing one is missing. An id is text, or the hexadecimal form of an object id. */
    Uni<Map<String, Document>> read(Model model, Collection<String> ids) {
        throw new UnsupportedOperationException("part-mapping");
    }

    Uni<References> references(Model model, Collection<Document> records) {
        throw new UnsupportedOperationException("part-mapping");
    }

    /** Stores rows' numbers on records, by their id; null takes it away. Touches no other field (S2-4). */
    Uni<Void> noteRows(Model model, Map<Object, Integer> rows) {
        throw new UnsupportedOperationException("part-mapping");
    }
}
