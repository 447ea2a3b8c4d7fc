package dev.syncline.writeback;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.google.api.services.sheets.v4.model.Sheet;
import com.google.api.services.sheets.v4.model.SheetProperties;
import com.google.api.services.sheets.v4.model.Spreadsheet;

import dev.syncline.source.SafeText;

/**
 * The tabs that a spreadsheet has.
 *
 * @param tabs those with cells
 */
record TabOutline(List<Tab> tabs) {
    /** The parts of a spreadsheet that this is made of. */
    static final String FIELDS = "sheets.properties(sheetId,title,gridProperties(rowCount,columnCount))";

    private static final int MAX_TOLD = 40;

    /**
     * One of them.
     *
     * @param gid Google's number of it
     * @param rows of the grid, blank ones included
     */
    record Tab(int gid, String title, int rows) {}

    TabOutline {
        tabs = List.copyOf(tabs);
    }

    static TabOutline of(Spreadsheet spreadsheet) {
        List<Sheet> sheets = spreadsheet.getSheets() == null ? List.of() : spreadsheet.getSheets();
        return new TabOutline(sheets.stream()
                .map(Sheet::getProperties)
                .filter(TabOutline::hasCells)
                .map(TabOutline::tab)
                .toList());
    }

    private static boolean hasCells(SheetProperties properties) {
        return properties.getTitle() != null
                && properties.getGridProperties() != null
                && properties.getGridProperties().getRowCount() != null;
    }

    /** Google leaves out what is zero. */
    private static Tab tab(SheetProperties properties) {
        int gid = properties.getSheetId() == null ? 0 : properties.getSheetId();
        return new Tab(
                gid, properties.getTitle(), properties.getGridProperties().getRowCount());
    }

    /** Case counts as little as it does for Google. */
    Optional<Tab> find(String title) {
        return tabs.stream().filter(tab -> tab.title().equalsIgnoreCase(title)).findFirst();
    }

    /** For a person who looks for one in vain. */
    String named() {
        return tabs.stream()
                .map(tab -> "'" + SafeText.of(tab.title(), MAX_TOLD) + "'")
                .limit(MAX_TOLD)
                .collect(Collectors.joining(", "));
    }
}
