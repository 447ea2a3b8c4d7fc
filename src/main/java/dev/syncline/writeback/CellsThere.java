package dev.syncline.writeback;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.api.services.sheets.v4.model.GridData;
import com.google.api.services.sheets.v4.model.RowData;
import com.google.api.services.sheets.v4.model.Sheet;
import com.google.api.services.sheets.v4.model.Spreadsheet;
import org.jspecify.annotations.Nullable;

/** Cells of an answer of the API of cells, by their places. What is not in it is blank. */
final class CellsThere {
    private final Map<Place, CellValue> cells = new HashMap<>();

    /**
     * @param row from 1
     * @param column from 0
     */
    record Place(int gid, int row, int column) {}

    CellsThere(@Nullable Spreadsheet answer) {
        for (Sheet sheet : orEmpty(answer == null ? null : answer.getSheets())) {
            Integer gid =
                    sheet.getProperties() == null ? null : sheet.getProperties().getSheetId();
            orEmpty(sheet.getData()).forEach(data -> take(orZero(gid), data));
        }
    }

    private void take(int gid, GridData data) {
        int row = orZero(data.getStartRow()) + 1;
        for (RowData line : orEmpty(data.getRowData())) {
            int column = orZero(data.getStartColumn());
            for (var cell : orEmpty(line.getValues())) {
                put(new Place(gid, row, column++), SheetCell.read(cell));
            }
            row++;
        }
    }

    private void put(Place place, CellValue value) {
        if (value.kind() != CellValue.Kind.BLANK) {
            cells.put(place, value);
        }
    }

    CellValue at(int gid, int row, int column) {
        return cells.getOrDefault(new Place(gid, row, column), CellValue.BLANK);
    }

    /** Row numbers, ascending, in whose key cell the key stands. */
    List<Integer> rowsOf(TabReading tab, String key) {
        int column = tab.place(tab.model().key());
        return cells.entrySet().stream()
                .filter(cell ->
                        cell.getKey().gid() == tab.gid() && cell.getKey().column() == column)
                .filter(cell -> Keys.text(cell.getValue()).equals(key.strip()))
                .map(cell -> cell.getKey().row())
                .sorted()
                .toList();
    }

    /** What stands in the row's key cell, as keys are compared; empty for none. */
    String key(TabReading tab, int row) {
        return Keys.text(at(tab.gid(), row, tab.place(tab.model().key())));
    }

    /** Columns of the row, from 0 and ascending, that hold something and are not ours. */
    List<Integer> others(TabReading tab, int row) {
        Set<Integer> ours = tab.model().columns().stream().map(tab::place).collect(Collectors.toSet());
        return cells.keySet().stream()
                .filter(place -> place.gid() == tab.gid() && place.row() == row)
                .map(Place::column)
                .filter(column -> !ours.contains(column))
                .sorted()
                .toList();
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** Google leaves out what is zero. */
    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
