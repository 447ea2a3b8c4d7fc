package dev.syncline.source;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

import com.google.api.services.sheets.v4.model.GridProperties;
import com.google.api.services.sheets.v4.model.Sheet;
import com.google.api.services.sheets.v4.model.SheetProperties;
import com.google.api.services.sheets.v4.model.Spreadsheet;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * What is known of a tab before its cells.
 *
 * @param title as the sheet writes it
 * @param rows of the grid, blank ones included
 */
record SheetOutline(String title, ZoneId zone, int rows, int columns) {
    /** The parts of a spreadsheet that this is made of. */
    static final String FIELDS =
            "properties(title,timeZone),sheets.properties(title,sheetType,gridProperties(rowCount,columnCount))";

    private static final int MAX_TOLD = 40;

    /** @throws SyncException INVALID_SYNC_CONFIGURATION */
    static SheetOutline of(Spreadsheet spreadsheet, String tab) {
        List<SheetProperties> tabs = spreadsheet.getSheets() == null
                ? List.of()
                : spreadsheet.getSheets().stream()
                        .map(Sheet::getProperties)
                        .filter(properties -> properties != null && properties.getTitle() != null)
                        .toList();
        SheetProperties found = tabs.stream()
                .filter(properties -> properties.getTitle().equalsIgnoreCase(tab))
                .findFirst()
                .orElseThrow(() -> unknown(tab, tabs));
        GridProperties grid = found.getGridProperties();
        if (grid == null || grid.getRowCount() == null || grid.getColumnCount() == null) {
            throw refused("The tab '" + told(tab) + "' has no cells: it is a " + found.getSheetType());
        }
        return new SheetOutline(found.getTitle(), zone(spreadsheet), grid.getRowCount(), grid.getColumnCount());
    }

    boolean fits(int cells) {
        return (long) rows * columns <= cells;
    }

    /** Dates in a zone that we got wrong would all be wrong by hours, so one that cannot be read is no UTC. None is. */
    private static ZoneId zone(Spreadsheet spreadsheet) {
        String zone = spreadsheet.getProperties() == null
                ? null
                : spreadsheet.getProperties().getTimeZone();
        if (zone == null || zone.isBlank()) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(zone.strip());
        } catch (DateTimeException e) {
            throw refused(
                    "The spreadsheet's time zone '" + told(zone) + "' is not known; choose another in its settings");
        }
    }

    private static SyncException unknown(String tab, List<SheetProperties> tabs) {
        String those = tabs.stream()
                .map(properties -> "'" + told(properties.getTitle()) + "'")
                .limit(MAX_TOLD)
                .collect(Collectors.joining(", "));
        return refused("The spreadsheet has no tab '" + told(tab) + "'; it has " + those);
    }

    private static String told(String text) {
        return SafeText.of(text, MAX_TOLD);
    }

    private static SyncException refused(String detail) {
        return new SyncException(ErrorCode.INVALID_SYNC_CONFIGURATION, detail);
    }
}
