package dev.syncline.writeback;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.api.services.sheets.v4.model.AppendCellsRequest;
import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetRequest;
import com.google.api.services.sheets.v4.model.CellData;
import com.google.api.services.sheets.v4.model.CellFormat;
import com.google.api.services.sheets.v4.model.GridCoordinate;
import com.google.api.services.sheets.v4.model.GridRange;
import com.google.api.services.sheets.v4.model.NumberFormat;
import com.google.api.services.sheets.v4.model.RepeatCellRequest;
import com.google.api.services.sheets.v4.model.Request;
import com.google.api.services.sheets.v4.model.RowData;
import com.google.api.services.sheets.v4.model.UpdateCellsRequest;
import org.jspecify.annotations.Nullable;

/** Changes as one call, whose answer says whether each row was where it had been read. Touches no cell that is not named. */
record WriteCall(List<RowChange> changes) {
    private static final String VALUE = "userEnteredValue";
    private static final String FORMAT = "userEnteredFormat.numberFormat";
    /** What a cell costs besides its text, with a format and most of a request for itself. */
    private static final int BYTES_AROUND_CELL = 160;
    /** The same in a new row, whose formats are said once for all. */
    private static final int BYTES_AROUND_NEW_CELL = 64;

    private static final int BYTES_AROUND_ROW = 240;

    WriteCall {
        changes = List.copyOf(changes);
    }

    /** In parts that are not too large; a row is never split. */
    static List<List<RowChange>> split(List<RowChange> changes, long bytes) {
        List<List<RowChange>> parts = new ArrayList<>();
        long size = 0;
        for (RowChange change : changes) {
            size += size(change);
            if (parts.isEmpty() || size > bytes) {
                parts.add(new ArrayList<>());
                size = size(change);
            }
            parts.get(parts.size() - 1).add(change);
        }
        return parts;
    }

    private static long size(RowChange change) {
        int aroundCell = change.isAppend() ? BYTES_AROUND_NEW_CELL : BYTES_AROUND_CELL;
        return BYTES_AROUND_ROW
                + (long) aroundCell * change.cells().size()
                + change.cells().values().stream().mapToLong(WriteCall::size).sum();
    }

    private static long size(CellValue value) {
        String text = value.text();
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** A key that stands there already is not written again: it is what tells that the row is the right one. */
    static RowChange needed(RowChange change) {
        CellValue key = change.cells().get(change.tab().model().key());
        if (change.isAppend()
                || key == null
                || !Keys.text(key).equals(change.key().strip())) {
            return change;
        }
        Map<Column, CellValue> cells = new HashMap<>(change.cells());
        cells.remove(change.tab().model().key());
        return new RowChange(change.ticket(), change.tab(), change.row(), change.key(), cells);
    }

    BatchUpdateSpreadsheetRequest request() {
        List<Request> requests = new ArrayList<>();
        changes.forEach(change -> requests.addAll(updates(change)));
        appendsByTab().forEach((gid, appends) -> requests.addAll(appends(gid, appends)));
        return new BatchUpdateSpreadsheetRequest()
                .setRequests(requests)
                .setIncludeSpreadsheetInResponse(true)
                .setResponseIncludeGridData(true)
                .setResponseRanges(
                        Stream.concat(ofUpdates(), ofAppends()).distinct().toList());
    }

    private Map<Integer, List<RowChange>> appendsByTab() {
        return changes.stream()
                .filter(RowChange::isAppend)
                .collect(Collectors.groupingBy(change -> change.tab().gid(), LinkedHashMap::new, Collectors.toList()));
    }

    /** The keys of the rows; all keys of the tab where a key itself is changed. */
    private Stream<String> ofUpdates() {
        return changes.stream().filter(change -> !change.isAppend()).map(WriteCall::keyRange);
    }

    private static String keyRange(RowChange change) {
        TabReading tab = change.tab();
        int column = tab.place(tab.model().key());
        Integer row = change.row();
        return row == null || change.cells().containsKey(tab.model().key())
                ? TabQueries.columnFrom(tab.title(), column, tab.model().headerRow())
                : TabQueries.cell(tab.title(), row, column);
    }

    /** The keys from the last row on that was there. */
    private Stream<String> ofAppends() {
        return appendsByTab().values().stream()
                .map(appends -> appends.get(0).tab())
                .map(tab ->
                        TabQueries.columnFrom(tab.title(), tab.place(tab.model().key()), tab.lastRow()));
    }

    /** One request for each run of neighbouring cells. */
    private static List<Request> updates(RowChange change) {
        Integer row = change.row();
        if (row == null) {
            return List.of();
        }
        TabReading tab = change.tab();
        List<Column> columns = change.cells().keySet().stream()
                .sorted(Comparator.comparingInt(tab::place))
                .toList();
        List<Request> requests = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= columns.size(); to++) {
            if (to == columns.size() || !continues(change, columns.get(to - 1), columns.get(to))) {
                requests.add(update(change, row, columns.subList(from, to)));
                from = to;
            }
        }
        return requests;
    }

    private static boolean continues(RowChange change, Column one, Column next) {
        boolean isNext = change.tab().place(next) == change.tab().place(one) + 1;
        return isNext && isFormatted(change, one) == isFormatted(change, next);
    }

    private static boolean isFormatted(RowChange change, Column column) {
        return format(column, change.cells().get(column)) != null;
    }

    private static Request update(RowChange change, int row, List<Column> columns) {
        List<CellData> cells = columns.stream()
                .map(column -> formatted(column, change.cells().get(column)))
                .toList();
        var start = new GridCoordinate()
                .setSheetId(change.tab().gid())
                .setRowIndex(row - 1)
                .setColumnIndex(change.tab().place(columns.get(0)));
        return new Request()
                .setUpdateCells(new UpdateCellsRequest()
                        .setStart(start)
                        .setRows(List.of(new RowData().setValues(cells)))
                        .setFields(isFormatted(change, columns.get(0)) ? VALUE + "," + FORMAT : VALUE));
    }

    private static CellData formatted(Column column, CellValue value) {
        NumberFormat format = format(column, value);
        CellData cell = new CellData().setUserEnteredValue(SheetCell.entered(value));
        return format == null ? cell : cell.setUserEnteredFormat(new CellFormat().setNumberFormat(format));
    }

    private static @Nullable NumberFormat format(Column column, @Nullable CellValue value) {
        boolean isNumber = value != null && value.kind() == CellValue.Kind.NUMBER;
        return isNumber && column.pattern() != null
                ? new NumberFormat()
                        .setType(column.type() == ColumnType.date ? "DATE" : "NUMBER")
                        .setPattern(column.pattern())
                : null;
    }

    /**
     * New rows, then the formats of their numbers: below the last row that was there, and in our columns alone. In the request of
     * the rows themselves a format would have to be said for the cells in between, too.
     */
    private static List<Request> appends(int gid, List<RowChange> appends) {
        List<RowData> rows = appends.stream().map(WriteCall::row).toList();
        List<Request> requests = new ArrayList<>();
        requests.add(new Request()
                .setAppendCells(
                        new AppendCellsRequest().setSheetId(gid).setRows(rows).setFields(VALUE)));
        TabReading tab = appends.get(0).tab();
        for (Column column : tab.model().columns()) {
            appends.stream()
                    .map(change -> format(column, change.cells().get(column)))
                    .filter(format -> format != null)
                    .findFirst()
                    .ifPresent(format -> requests.add(formatBelow(tab, column, format)));
        }
        return requests;
    }

    private static Request formatBelow(TabReading tab, Column column, NumberFormat format) {
        var range = new GridRange()
                .setSheetId(tab.gid())
                .setStartRowIndex(tab.lastRow())
                .setStartColumnIndex(tab.place(column))
                .setEndColumnIndex(tab.place(column) + 1);
        return new Request()
                .setRepeatCell(new RepeatCellRequest()
                        .setRange(range)
                        .setCell(new CellData().setUserEnteredFormat(new CellFormat().setNumberFormat(format)))
                        .setFields(FORMAT));
    }

    /** From column A on. What is not ours is left blank, as it is in a new row. */
    private static RowData row(RowChange change) {
        int width = change.cells().keySet().stream()
                        .mapToInt(change.tab()::place)
                        .max()
                        .orElse(0)
                + 1;
        List<CellData> cells = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            cells.add(new CellData());
        }
        change.cells().forEach((column, value) -> cells.get(change.tab().place(column))
                .setUserEnteredValue(SheetCell.entered(value)));
        return new RowData().setValues(cells);
    }
}
