package dev.syncline.writeback;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.google.SheetsSession;

/** Reads the tabs that are to be written to. */
@ApplicationScoped
class TabReader {
    /**
     * The tabs of several models of one spreadsheet, all at the same moment. Fails with what calls fail with: SHEET_NOT_FOUND,
     * SHEETS_AUTH_REVOKED, SHEETS_RATE_LIMIT, SOURCE_*.
     */
    Uni<Map<Model, TabState>> read(SheetsSession session, String spreadsheet, List<Model> models) {
        throw new UnsupportedOperationException("part-writer");
    }
}
