package dev.syncline.roster;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.MappedRow;
import dev.syncline.ingest.RowMapper;
import dev.syncline.ingest.RowRejected;
import dev.syncline.platform.ErrorCode;
import dev.syncline.source.SourceRow;

/** A row of the roster as the device that we keep (S0, 4). Made for one reading of one sheet. */
final class DeviceMapper implements RowMapper {
    /** Says on a device that is not in the sheet what has become of it; a device that is there has no such field. */
    static final String PRESENCE = "presence";
    /** Which sheet a device stands in; a row that says so itself is a baseline's. */
    static final String SHEET_ID = "sheetId";

    /** A device of more text would not fit into a document of the database, with what a run keeps to take itself back. */
    private static final int MOST_CHARACTERS = 2_500_000;

    private final String sheetId;
    private final ZoneId zone;
    private final List<SheetColumn> columns;
    private final Set<String> fields;

    /** @param known keys of attributes that devices may have from before; those that have no column are taken away */
    DeviceMapper(String sheetId, ZoneId zone, List<SheetColumn> columns, Collection<String> known) {
        this.sheetId = sheetId;
        this.zone = zone;
        this.columns = List.copyOf(columns);
        this.fields = fields(columns, known);
    }

    private static Set<String> fields(List<SheetColumn> columns, Collection<String> known) {
        Set<String> fields = new LinkedHashSet<>(List.of(SHEET_ID, PRESENCE));
        for (SheetField field : SheetField.values()) {
            fields.add(field.path());
        }
        columns.forEach(column -> fields.add(column.path()));
        known.forEach(key -> fields.add(SheetColumn.pathOf(key)));
        return Collections.unmodifiableSet(fields);
    }

    @Override
    public Set<String> keyColumns() {
        return Set.of(SheetField.SERIAL.path(), SheetField.LEGACY_DEVICE_ID.path());
    }

    /** None: {@link SheetHeader} has seen to it. */
    @Override
    public Set<String> criticalColumns() {
        return Set.of();
    }

    @Override
    public Set<String> fields() {
        return fields;
    }

    @Override
    public String key(SourceRow row) {
        return DeviceSerial.of(row);
    }

    /** Of two rows with one serial the first counts (S0-32). */
    @Override
    public long rank(SourceRow row) {
        return -row.ordinal();
    }

    @Override
    public MappedRow map(SourceRow row) {
        return MappedRow.of(key(row), device(row, CellRemarks.NONE));
    }

    /** The fields of the device, with a word on each cell that cannot be taken. */
    SortedMap<String, Object> device(SourceRow row, CellRemarks remarks) {
        SortedMap<String, Object> device = new TreeMap<>();
        for (SheetColumn column : columns) {
            @Nullable Object cell = row.cells().get(column.key());
            if (cell != null) {
                value(row, column, cell, remarks).ifPresent(value -> device.put(column.path(), value));
            }
        }
        for (SheetField field : SheetField.values()) {
            field.otherwise().ifPresent(value -> device.putIfAbsent(field.path(), value));
        }
        device.put(SheetField.SERIAL.path(), key(row));
        device.put(SHEET_ID, sheetOf(row));
        requireRoom(device);
        return device;
    }

    private Object sheetOf(SourceRow row) {
        @Nullable Object own = row.cells().get(SHEET_ID);
        return own == null ? sheetId : own;
    }

    private Optional<Object> value(SourceRow row, SheetColumn column, Object cell, CellRemarks remarks) {
        if (SheetCell.isError(cell)) {
            remarks.add(ErrorCode.CELL_ERROR, row, column);
            return Optional.empty();
        }
        @Nullable String text = SheetCell.text(cell);
        if (text == null) {
            return Optional.empty();
        }
        if (column.declares() == null) {
            return Optional.of(attribute(cell, text, column.dates()));
        }
        return switch (column.declares().shape()) {
            case TEXT -> Optional.of(text);
            case TITLE -> Optional.of(TitleCase.of(text));
            case DATE -> date(row, column, cell, remarks);
        };
    }

    private Optional<Object> date(SourceRow row, SheetColumn column, Object cell, CellRemarks remarks) {
        Optional<Object> date = DeviceDate.instant(cell, zone).map(Object.class::cast);
        if (date.isEmpty()) {
            remarks.add(ErrorCode.DATE_UNREADABLE, row, column);
        }
        return date;
    }

    private static Object attribute(Object cell, String text, boolean date) {
        if (cell instanceof BigDecimal number) {
            return (date ? DeviceDate.isoText(number).map(Object.class::cast) : Optional.empty())
                    .orElseGet(() -> SheetCell.number(number));
        }
        return cell instanceof Boolean ? cell : text;
    }

    private static void requireRoom(SortedMap<String, Object> device) {
        long characters = device.values().stream()
                .filter(String.class::isInstance)
                .mapToLong(text -> ((String) text).length())
                .sum();
        if (characters > MOST_CHARACTERS) {
            throw new RowRejected(
                    ErrorCode.ROW_TOO_LARGE,
                    null,
                    "The row holds %d characters, allowed are %d.".formatted(characters, MOST_CHARACTERS));
        }
    }
}
