package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.writeback.CellValue.Kind;
import dev.syncline.writeback.LogEntry.LoggedCell;
import dev.syncline.writeback.WrittenRow.WrittenCell;

/**
 * Compares what a row is to hold with what it holds, and decides which of its cells are written: those that differ, and no
 * others. No I/O, any thread.
 */
final class RowPlanner {
    private final ConflictPolicy conflicts;

    RowPlanner(ConflictPolicy conflicts) {
        this.conflicts = conflicts;
    }

    /** @param last what we wrote into the row the last time; null if that is not known, and then nothing is a conflict */
    RowPlan plan(Candidate candidate, TabReading reading, @Nullable WrittenRow last) {
        List<Integer> rows = reading.rowsOf(candidate.values().key());
        if (rows.size() > 1) {
            return new RowPlan.Refuse(
                    ErrorCode.KEY_DUPLICATED,
                    "the record's key stands in the rows %s of the tab \"%s\"".formatted(rows, reading.title()));
        }
        return rows.isEmpty()
                ? withoutKey(candidate, reading, last)
                : new Comparison(candidate, reading, rows.get(0), last).plan();
    }

    /** Where the record's key has been changed, its row is the one with the key that we wrote. */
    private RowPlan withoutKey(Candidate candidate, TabReading reading, @Nullable WrittenRow last) {
        List<Integer> rows = last == null ? List.of() : reading.rowsOf(last.key());
        if (rows.size() > 1) {
            return new RowPlan.Refuse(
                    ErrorCode.KEY_DUPLICATED,
                    "the key that the record had stands in the rows %s of the tab \"%s\""
                            .formatted(rows, reading.title()));
        }
        return rows.isEmpty()
                ? missing(candidate, reading)
                : new Comparison(candidate, reading, rows.get(0), last).plan();
    }

    /** A record that has a row's number was written before: its row was taken away by a person, and is not made anew. */
    private static RowPlan missing(Candidate candidate, TabReading reading) {
        return candidate
                .notedRow()
                .<RowPlan>map(row -> new RowPlan.Refuse(
                        ErrorCode.ROW_GONE,
                        "the record was in row %d of the tab \"%s\", and no row has its key '%s' now"
                                .formatted(
                                        row, reading.title(), candidate.values().key())))
                .orElseGet(() -> append(candidate, reading));
    }

    private static RowPlan append(Candidate candidate, TabReading reading) {
        RowValues values = candidate.values();
        Map<Column, CellValue> cells = new HashMap<>(values.values());
        cells.values().removeIf(CellValue.BLANK::equals);
        List<LoggedCell> logged = new ArrayList<>();
        List<WrittenCell> after = new ArrayList<>();
        for (Column column : candidate.model().columns()) {
            CellValue value = values.values().get(column);
            if (value != null) {
                after.add(new WrittenCell(column.name(), value));
            }
            if (cells.containsKey(column)) {
                logged.add(new LoggedCell(column.label(), CellValue.BLANK, cells.get(column), false));
            }
        }
        RowChange change = new RowChange(candidate.item().id(), reading, null, values.key(), cells);
        return new RowPlan.Write(change, logged, values.remarks(), after);
    }

    /** One row, cell by cell. */
    private final class Comparison {
        private final Candidate candidate;
        private final TabReading reading;
        private final int row;
        private final @Nullable WrittenRow last;
        private final Map<Column, CellValue> cells = new HashMap<>();
        private final List<LoggedCell> logged = new ArrayList<>();
        private final List<WrittenCell> after = new ArrayList<>();
        private final List<CellRemark> remarks;

        Comparison(Candidate candidate, TabReading reading, int row, @Nullable WrittenRow last) {
            this.candidate = candidate;
            this.reading = reading;
            this.row = row;
            this.last = last;
            this.remarks = new ArrayList<>(candidate.values().remarks());
        }

        RowPlan plan() {
            for (Column column : candidate.model().columns()) {
                CellValue wanted = candidate.values().values().get(column);
                if (wanted == null) {
                    remember(column);
                } else {
                    compare(column, reading.cell(row, column), wanted);
                }
            }
            List<String> changed = logged.stream()
                    .filter(LoggedCell::conflict)
                    .map(LoggedCell::column)
                    .toList();
            if (!changed.isEmpty() && refuses()) {
                return new RowPlan.Refuse(
                        ErrorCode.CELL_CONFLICT,
                        "people have changed %s in row %d since it was last written"
                                .formatted(String.join(", ", changed), row));
            }
            return cells.isEmpty()
                    ? new RowPlan.Keep(row, remarks, after)
                    : new RowPlan.Write(change(), logged, remarks, after);
        }

        private boolean refuses() {
            return conflicts == ConflictPolicy.refuse
                    && !Boolean.TRUE.equals(candidate.item().overwrite());
        }

        private RowChange change() {
            return new RowChange(candidate.item().id(), reading, row, reading.key(row), cells);
        }

        private void compare(Column column, CellValue found, CellValue wanted) {
            if (isKeyOfRow(column) || column.isSame(found, wanted)) {
                after.add(new WrittenCell(column.name(), found));
                return;
            }
            if (found.kind() == Kind.FORMULA) {
                remarks.add(new CellRemark(
                        ErrorCode.FORMULA_KEPT, column.label(), "row %d has a formula there".formatted(row)));
                remember(column);
                return;
            }
            cells.put(column, wanted);
            logged.add(new LoggedCell(column.label(), found, wanted, isConflict(column, found)));
            after.add(new WrittenCell(column.name(), wanted));
        }

        /** A cell that is left alone now is still compared with what we wrote there once. */
        private void remember(Column column) {
            Optional.ofNullable(last)
                    .flatMap(row -> row.cell(column))
                    .ifPresent(value -> after.add(new WrittenCell(column.name(), value)));
        }

        /** The key names the row, however it is written there. */
        private boolean isKeyOfRow(Column column) {
            return column.equals(candidate.model().key())
                    && reading.key(row).equals(candidate.values().key().strip());
        }

        private boolean isConflict(Column column, CellValue found) {
            Optional<CellValue> written = last == null ? Optional.empty() : last.cell(column);
            return written.filter(value -> !column.isSame(found, value)).isPresent();
        }
    }
}
