package dev.syncline.writeback;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.smallrye.mutiny.Uni;

import dev.syncline.google.SheetsSession;

/**
 * Writes rows of one spreadsheet, together in one call where they fit in one. Only the named cells; text as text, and never as
 * what a person would have typed (S2-34).
 */
@ApplicationScoped
class SheetWriter {
    private final TabReader reader;
    private final long bytesAtOnce;

    @Inject
    SheetWriter(TabReader reader, WriteBackConfig config) {
        this(reader, config.bytesAtOnce().asLongValue());
    }

    SheetWriter(TabReader reader, long bytesAtOnce) {
        this.reader = reader;
        this.bytesAtOnce = bytesAtOnce;
    }

    /**
     * Gives the result of each change by its ticket. What a call has written into a row that had moved is put back. After a call
     * that fails none follows: what was known before it stays known. Fails if the calls cannot be counted.
     *
     * @param session one that writes
     */
    Uni<Map<String, RowResult>> write(SheetsSession session, String spreadsheet, List<RowChange> changes) {
        return Uni.createFrom().deferred(() -> new Writing(session, spreadsheet, reader, bytesAtOnce).write(changes));
    }
}
