package dev.syncline.roster;

import dev.syncline.source.SheetTab;

/** The roster's tab as it was read, with what its header makes of it. */
record ReadSheet(SheetTab tab, SheetHeader header, SheetRows rows) {

    static ReadSheet of(SheetTab tab, RosterConfig config) {
        SheetHeader header = SheetHeader.of(tab, config.headerRow(), config.maxAttributes());
        return new ReadSheet(tab, header, new SheetRows(tab, config.headerRow(), header));
    }

    String sheetId() {
        return tab.spreadsheet();
    }

    SerialAudit audit() {
        return SerialAudit.of(rows);
    }
}
