package dev.syncline.writeback;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.syncline.google.SheetsSession;

/** Reads the tabs that are to be written to. */
@ApplicationScoped
class TabReader {
    private final int maxRows;

    @Inject
    TabReader(WriteBackConfig config) {
        this(config.maxRows());
    }

    TabReader(int maxRows) {
        this.maxRows = maxRows;
    }

    /** For one run: what it learns of the spreadsheet's outline is used again, and checked, in each of its readings. */
    SpreadsheetTabs open(SheetsSession session, String spreadsheet) {
        return new SpreadsheetTabs(session, spreadsheet, maxRows);
    }
}
