package dev.syncline.roster;

import dev.syncline.source.SheetTab;

/** The roster's tab as it was read, with what its header makes of it. */
record RosterTab(SheetTab tab, SheetHeader header, SheetRows rows) {

    static RosterTab of(SheetTab tab, RosterConfig config) {
        SheetHeader header = SheetHeader.of(tab, config.headerRow(), config.maxAttributes());
        return new RosterTab(tab, header, new SheetRows(tab, config.headerRow(), header));
    }

    String sheetId() {
        return tab.spreadsheet();
    }
}
