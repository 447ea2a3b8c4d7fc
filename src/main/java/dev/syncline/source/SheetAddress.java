package dev.syncline.source;

/**
 * Where a table stands in Google Sheets.
 *
 * @param spreadsheet its id
 * @param tab the tab's title; case counts as little as it does for Google
 * @param headerRow the row with the labels, from 1
 */
public record SheetAddress(String spreadsheet, String tab, int headerRow) {
    public SheetAddress {
        if (spreadsheet.isBlank() || tab.isBlank() || headerRow < 1) {
            throw new IllegalArgumentException("A sheet needs an id, a tab and a header row from 1 on");
        }
    }
}
