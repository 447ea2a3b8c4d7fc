package dev.syncline.writeback;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;

/** From a record to the cells of its row. No I/O, any thread. */
@ApplicationScoped
class RecordMapper {
    /**
     * @throws dev.syncline.platform.SyncException KEY_MISSING, VALUE_UNMAPPABLE with column and reason
     */
    RowValues map(Model model, Document source, References references) {
        throw new UnsupportedOperationException("part-mapping");
    }

    /** Whether any of the model's lock fields is true (S2-37). */
    boolean isLocked(Model model, Document source) {
        throw new UnsupportedOperationException("part-mapping");
    }
}
