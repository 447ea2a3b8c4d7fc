package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.writeback.TabState.Blocked;
import dev.syncline.writeback.TabState.Readable;

/** The owned columns of one tab, as they are asked for together with its header, and what comes of it. */
final class ColumnsAsked {
    private final Model model;
    private final TabOutline.Tab tab;
    private final Map<Column, Integer> places;
    private final Header header;
    private final int maxRows;

    ColumnsAsked(Model model, TabOutline.Tab tab, @Nullable Header header, int maxRows) {
        this.model = model;
        this.tab = tab;
        this.header = Objects.requireNonNull(header);
        this.places = this.header.places(model);
        this.maxRows = maxRows;
    }

    Model model() {
        return model;
    }

    /** The header's row, then each column from its label down to one row more than there may be. */
    List<String> ranges() {
        List<String> ranges = new ArrayList<>();
        ranges.add(TabQueries.row(tab.title(), model.headerRow()));
        int last = model.headerRow() + maxRows + 1;
        model.columns()
                .forEach(column ->
                        ranges.add(TabQueries.column(tab.title(), places.get(column), model.headerRow(), last)));
        return ranges;
    }

    Header header(List<List<List<Object>>> found) {
        return Header.of(found.get(0).stream()
                .map(column -> column.isEmpty() ? "" : column.get(0))
                .toList());
    }

    /** Whether the labels stand where they were, and above the columns that were read. */
    boolean isAsBefore(List<List<List<Object>>> found) {
        Header now = header(found);
        if (!now.problems(model).isEmpty() || !now.places(model).equals(places)) {
            return false;
        }
        for (int i = 0; i < model.columns().size(); i++) {
            List<Object> cells = cells(found, i);
            String label = model.columns().get(i).label();
            if (cells.isEmpty() || !Header.normal(cells.get(0)).equals(Header.normal(label))) {
                return false;
            }
        }
        return true;
    }

    /** In the place of one column, whose label is its first cell. */
    private static List<Object> cells(List<List<List<Object>>> found, int column) {
        List<List<Object>> range = found.get(column + 1);
        return range.isEmpty() ? List.of() : range.get(0);
    }

    TabState state(List<List<List<Object>>> found) {
        Map<Column, List<Object>> cells = new HashMap<>();
        for (int i = 0; i < model.columns().size(); i++) {
            List<Object> column = cells(found, i);
            cells.put(model.columns().get(i), column.subList(Math.min(1, column.size()), column.size()));
        }
        TabReading reading = new TabReading(model, tab.gid(), tab.title(), places, cells);
        int rows = reading.lastRow() - model.headerRow();
        if (rows > maxRows) {
            return new Blocked(
                    ErrorCode.SHEET_TOO_LARGE,
                    "The tab '" + model.tab() + "' has more than " + maxRows + " rows below its header");
        }
        if (rows > 0 && reading.keys() == 0) {
            return new Blocked(
                    ErrorCode.KEY_COLUMN_EMPTY,
                    "None of the " + rows + " rows of the tab '" + model.tab() + "' has a key in the column '"
                            + model.key().label() + "'; a formula is none");
        }
        return new Readable(reading);
    }
}
