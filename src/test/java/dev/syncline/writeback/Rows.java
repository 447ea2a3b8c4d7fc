package dev.syncline.writeback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.bson.Document;

import dev.syncline.writeback.WrittenRow.WrittenCell;

/** A model with a key, a text, an amount and a label; readings of its tab, and what its rows are to hold. */
final class Rows {
    static final Column CODE = column("code", "Code", ColumnType.text, Map.of());
    static final Column NAME = column("name", "Name", ColumnType.text, Map.of());
    static final Column COST = column("cost", "Cost", ColumnType.amount, Map.of());
    static final Column STATUS = column(
            "status",
            "Status",
            ColumnType.label,
            Map.of("OPEN", List.of("Open", "Still open"), "DONE", List.of("Done")));
    static final List<Column> COLUMNS = List.of(CODE, COST, NAME, STATUS);
    static final Model MODEL = new Model(
            "Thing",
            "things",
            Optional.of("a-spreadsheet"),
            "Things",
            1,
            CODE,
            "sheetRowIndex",
            List.of(),
            "sheetSyncedAt",
            List.of(),
            COLUMNS);

    private Rows() {}

    private static Column column(String name, String label, ColumnType type, Map<String, List<String>> labels) {
        return new Column(name, label, name, type, 0, null, null, labels, Optional.empty());
    }

    /** @param rows each with its code, name, cost and status, from row 2 on; null is blank */
    static TabReading reading(List<?>... rows) {
        Map<Column, List<Object>> cells = new HashMap<>();
        List<Column> order = List.of(CODE, NAME, COST, STATUS);
        Map<Column, Integer> places = new HashMap<>();
        for (Column column : order) {
            int at = order.indexOf(column);
            places.put(column, at);
            List<Object> values = new ArrayList<>();
            for (List<?> row : rows) {
                Object value = at < row.size() ? row.get(at) : null;
                values.add(value == null ? "" : value);
            }
            cells.put(column, values);
        }
        return new TabReading(MODEL, 7, "Things", places, cells);
    }

    static List<?> row(Object... cells) {
        return Arrays.asList(cells);
    }

    static CellValue value(Object value) {
        if (value == null) {
            return CellValue.BLANK;
        }
        return value instanceof Number number ? CellValue.number(number.doubleValue()) : CellValue.text((String) value);
    }

    /** What a row is to hold. */
    static RowValues values(String code, Object name, Object cost, Object status) {
        return new RowValues(
                code,
                Map.of(CODE, value(code), NAME, value(name), COST, value(cost), STATUS, value(status)),
                List.of());
    }

    static QueueItem item(String recordId) {
        return item(recordId, (Boolean) null);
    }

    static QueueItem item(String recordId, Boolean overwrite) {
        return item(MODEL.name(), recordId, overwrite);
    }

    static QueueItem item(String model, String recordId) {
        return item(model, recordId, null);
    }

    private static QueueItem item(String model, String recordId, Boolean overwrite) {
        return new QueueItem(
                "item-of-" + recordId,
                model,
                recordId,
                Action.UPDATE,
                QueueItem.Status.PROCESSING,
                QueueItem.liveFor(model, recordId),
                1,
                null,
                1,
                3,
                null,
                null,
                Instant.EPOCH,
                null,
                null,
                "a worker",
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                overwrite,
                null,
                null,
                null);
    }

    /** A record that knows no row. */
    static Candidate candidate(RowValues values) {
        return candidate(values, null);
    }

    static Candidate candidate(RowValues values, Object notedRow) {
        Document source = new Document("_id", "r1").append("sheetRowIndex", notedRow);
        return new Candidate(item("r1"), MODEL, source, values);
    }

    /** What was last written into the record's row. */
    static WrittenRow written(Object name, Object cost, Object status) {
        List<WrittenCell> cells = List.of(
                new WrittenCell("name", value(name)),
                new WrittenCell("cost", value(cost)),
                new WrittenCell("status", value(status)));
        return new WrittenRow("Thing/r1", "A-1", 2, cells, Instant.EPOCH, "an earlier run");
    }
}
