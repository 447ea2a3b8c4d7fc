package dev.syncline.source;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.google.SheetsApi;
import dev.syncline.platform.SyncException;

/** Reads a tab of a Google sheet whole. */
@ApplicationScoped
public class SheetReader {
    private final SheetsApi sheets;

    SheetReader(SheetsApi sheets) {
        this.sheets = sheets;
    }

    /**
     * Reads all that there is, as it was in one moment: in one call if it can be, else in pages which nothing has moved between.
     * Takes three calls, more for pages; the event loop does nothing of it. Cancelling ends all waits.
     *
     * @return the tab, on a worker; if its header's row is blank or below the grid, so it is in the rows. Fails with a
     *     {@link SyncException}: SHEET_NOT_FOUND, SHEETS_AUTH_REVOKED, INVALID_SYNC_CONFIGURATION (no such tab, or a time zone
     *     that nobody knows; a spreadsheet without one is taken to be in UTC), SHEET_TOO_LARGE, SOURCE_CHANGED (somebody
     *     works on it so busily that three readings in a row were in vain), SHEETS_RATE_LIMIT (how long to wait is in it),
     *     SOURCE_UNREACHABLE, SOURCE_TIMEOUT (also when the patience is over), SOURCE_FAILED, SOURCE_CUT
     */
    public Uni<SheetTab> read(SheetAddress address, SheetLimits limits) {
        return Uni.createFrom()
                .deferred(() -> new SheetReading(sheets.session(limits.patience()), address, limits).read());
    }
}
