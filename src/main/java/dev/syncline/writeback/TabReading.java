package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The owned cells of a tab as they were at one moment, in columns: so the many rows that nobody writes to cost little.
 */
final class TabReading {
    private final Model model;
    private final int gid;
    private final String title;
    private final Map<Column, Integer> places;
    private final Map<Column, List<Object>> cells;
    private final Map<String, List<Integer>> rowsByKey;
    private final int lastRow;

    /**
     * @param gid Google's number of the tab
     * @param title as the sheet writes it
     * @param places where each owned column is, from 0
     * @param cells of each owned column, as Google's API gives them, the first one below the header; blank ones at the end are
     *     left out. A {@link CellValue} stands for itself.
     */
    TabReading(Model model, int gid, String title, Map<Column, Integer> places, Map<Column, List<Object>> cells) {
        this.model = model;
        this.gid = gid;
        this.title = title;
        this.places = Map.copyOf(places);
        this.cells = Map.copyOf(cells);
        this.lastRow = model.headerRow()
                + cells.values().stream().mapToInt(List::size).max().orElse(0);
        this.rowsByKey = rowsByKey();
    }

    private Map<String, List<Integer>> rowsByKey() {
        Map<String, List<Integer>> rows = new HashMap<>();
        for (int row = model.headerRow() + 1; row <= lastRow; row++) {
            String key = key(row);
            if (!key.isEmpty()) {
                rows.merge(key, List.of(row), TabReading::joined);
            }
        }
        return rows;
    }

    /** Almost all keys stand in one row; a list that grows is made for the others only. */
    private static List<Integer> joined(List<Integer> some, List<Integer> more) {
        List<Integer> joined = some instanceof ArrayList<Integer> growing ? growing : new ArrayList<>(some);
        joined.addAll(more);
        return joined;
    }

    Model model() {
        return model;
    }

    int gid() {
        return gid;
    }

    String title() {
        return title;
    }

    /** From 0. */
    int place(Column column) {
        Integer place = places.get(column);
        if (place == null) {
            throw new IllegalArgumentException("No column of " + model.name() + ": " + column.name());
        }
        return place;
    }

    /** From 1; the header's where there are no data. */
    int lastRow() {
        return lastRow;
    }

    /** How many keys stand in the tab. */
    int keys() {
        return rowsByKey.size();
    }

    /**
     * Row numbers, from 1, in whose key cell the key stands: none, one, or more than one (which is a person's mistake). Keys are
     * compared as text, without the blanks around them: the number 1001 is the key {@code 1001}. A formula is no key.
     */
    List<Integer> rowsOf(String key) {
        return Collections.unmodifiableList(rowsByKey.getOrDefault(key.strip(), List.of()));
    }

    /** What stands in the row's key cell, as keys are compared; empty for none. */
    String key(int row) {
        return Keys.text(cell(row, model.key()));
    }

    /**
     * A text that begins with {@code =} looks like a formula, and counts as one until somebody has asked: see {@link
     * SpreadsheetTabs#exact}.
     *
     * @param row from 1
     */
    CellValue cell(int row, Column column) {
        Object entered = entered(row, column);
        return entered == null ? CellValue.BLANK : SheetCell.read(entered);
    }

    /** Whether it looks like a formula, and may be a text: nobody has asked yet. */
    boolean isDoubtful(int row, Column column) {
        boolean isSettled = entered(row, column) instanceof CellValue;
        return cell(row, column).kind() == CellValue.Kind.FORMULA
                && !isSettled
                && !column.type().isOfNumbers();
    }

    private @Nullable Object entered(int row, Column column) {
        List<Object> values = cells.getOrDefault(column, List.of());
        int at = row - model.headerRow() - 1;
        return at >= 0 && at < values.size() ? values.get(at) : null;
    }

    /** The same reading, but for these cells. */
    TabReading with(Map<Place, CellValue> exact) {
        Map<Column, List<Object>> changed = new HashMap<>(cells);
        exact.forEach((place, value) -> changed.put(
                place.column(), replaced(changed.getOrDefault(place.column(), List.of()), place.row(), value)));
        return new TabReading(model, gid, title, places, changed);
    }

    private List<Object> replaced(List<Object> values, int row, CellValue value) {
        List<Object> copy = new ArrayList<>(values);
        copy.set(row - model.headerRow() - 1, value);
        return copy;
    }

    /** @param row from 1 */
    record Place(int row, Column column) {}
}
