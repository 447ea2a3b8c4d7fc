package dev.syncline.roster;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.MappedRow;
import dev.syncline.ingest.Warning;
import dev.syncline.source.SheetTab;

/** A tab of a sheet as a test needs it, and what the roster makes of it. */
record Tab(List<List<@Nullable Object>> rows, ZoneId zone, Set<Integer> dates, int headerRow, int maxAttributes) {
    static final String SHEET = "sheet-1";
    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    static Tab withHeader(@Nullable Object... labels) {
        return new Tab(List.of(cells(labels)), NEW_YORK, Set.of(), 1, 100);
    }

    Tab row(@Nullable Object... cells) {
        List<List<@Nullable Object>> more = new ArrayList<>(rows);
        more.add(cells(cells));
        return new Tab(more, zone, dates, headerRow, maxAttributes);
    }

    Tab in(ZoneId other) {
        return new Tab(rows, other, dates, headerRow, maxAttributes);
    }

    Tab showingDatesIn(Integer... columns) {
        return new Tab(rows, zone, Set.of(columns), headerRow, maxAttributes);
    }

    Tab withHeaderInRow(int row) {
        return new Tab(rows, zone, dates, row, maxAttributes);
    }

    Tab keepingAttributes(int most) {
        return new Tab(rows, zone, dates, headerRow, most);
    }

    /** Numbers come as decimals, as from the reader. */
    private static List<@Nullable Object> cells(@Nullable Object... cells) {
        List<@Nullable Object> all = new ArrayList<>();
        Arrays.stream(cells)
                .map(cell -> cell instanceof Integer || cell instanceof Double ? new BigDecimal(cell.toString()) : cell)
                .forEach(all::add);
        return all;
    }

    SheetTab read() {
        return new SheetTab(SHEET, "Devices", zone, rows, dates, 3, 0);
    }

    SheetHeader header() {
        return SheetHeader.of(read(), headerRow, maxAttributes);
    }

    SheetRows sheetRows() {
        return new SheetRows(read(), headerRow, header());
    }

    DeviceMapper mapper(String... known) {
        return new DeviceMapper(SHEET, zone, header().columns(), List.of(known));
    }

    /** The device of the row at a position, from 0. */
    MappedRow device(int ordinal) {
        return mapper().map(sheetRows().row(ordinal));
    }

    /** The only row's field. */
    @Nullable
    Object field(String path) {
        return device(0).fields().get(path);
    }

    List<Warning> remarks() {
        List<Warning> all = new ArrayList<>(header().remarks());
        all.addAll(RosterSurvey.of(sheetRows(), mapper()));
        return all;
    }

    List<String> keys() {
        return header().columns().stream().map(SheetColumn::key).toList();
    }
}
