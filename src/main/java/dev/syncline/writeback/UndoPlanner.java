package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.source.SheetRange;
import dev.syncline.writeback.LogEntry.LoggedCell;

/**
 * Goes back through what a run did to a row, change by change, as long as each cell holds what that change left there. No I/O,
 * any thread.
 */
final class UndoPlanner {
    private final RowUndo undo;
    private final TabReading reading;
    private final Map<Column, CellValue> cells = new HashMap<>();
    private final List<LoggedCell> logged = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    private UndoPlanner(RowUndo undo, TabReading reading) {
        this.undo = undo;
        this.reading = reading;
    }

    static UndoPlan plan(RowUndo undo, TabReading reading) {
        List<Integer> rows = reading.rowsOf(undo.key());
        if (rows.size() > 1) {
            return new UndoPlan.Refuse(
                    ErrorCode.KEY_DUPLICATED,
                    "the record's key stands in the rows %s of the tab \"%s\"".formatted(rows, reading.title()));
        }
        return rows.isEmpty() ? withoutRow(undo, reading) : new UndoPlanner(undo, reading).plan(rows.get(0));
    }

    /** A row that the run appended needs nothing if it is gone; one that the run cleared is appended again. */
    private static UndoPlan withoutRow(RowUndo undo, TabReading reading) {
        List<LoggedCell> keys = keys(undo);
        if (!keys.isEmpty() && keys.get(0).to().equals(CellValue.BLANK)) {
            return new UndoPlanner(undo, reading).plan(null);
        }
        return isAppended(undo)
                ? new UndoPlan.Leave(List.of())
                : new UndoPlan.Refuse(
                        ErrorCode.ROW_GONE,
                        "no row of the tab \"%s\" has the record's key now".formatted(reading.title()));
    }

    /** What the run did to the row's key, the newest first. */
    private static List<LoggedCell> keys(RowUndo undo) {
        return undo.entries().stream()
                .flatMap(entry -> find(entry, undo.model().key()).stream())
                .toList();
    }

    /** Whether the row had no key before the run, and is to lose all of its cells. */
    private static boolean isAppended(RowUndo undo) {
        List<LoggedCell> keys = keys(undo);
        return !keys.isEmpty() && keys.get(keys.size() - 1).from().equals(CellValue.BLANK);
    }

    private static Optional<LoggedCell> find(LogEntry entry, Column column) {
        return entry.cells().stream()
                .filter(cell -> cell.column().equals(column.label()))
                .findFirst();
    }

    private UndoPlan plan(@Nullable Integer row) {
        for (Column column : undo.model().columns()) {
            goBack(column, row == null ? CellValue.BLANK : reading.cell(row, column));
        }
        if (row != null && isAppended(undo)) {
            leaveWhatOthersHaveWritten(row);
            if (!left.isEmpty()) {
                return new UndoPlan.Leave(left);
            }
        }
        return cells.isEmpty()
                ? new UndoPlan.Leave(left)
                : new UndoPlan.Restore(new RowChange(undo.place(), reading, row, undo.key(), cells), logged, left);
    }

    private void goBack(Column column, CellValue found) {
        CellValue value = found;
        for (LogEntry entry : undo.entries()) {
            LoggedCell change = find(entry, column).orElse(null);
            if (change == null) {
                continue;
            }
            boolean isBackAlready = column.isSame(value, change.from());
            if (!isBackAlready && !column.isSame(value, change.to())) {
                left.add(column.label());
                return;
            }
            value = isBackAlready ? value : change.from();
        }
        if (!value.equals(found)) {
            cells.put(column, value);
            logged.add(new LoggedCell(column.label(), found, value, false));
        }
    }

    /** What another run has written into the row since is not this run's to take away. */
    private void leaveWhatOthersHaveWritten(int row) {
        undo.model().columns().stream()
                .filter(column -> !reading.cell(row, column).equals(CellValue.BLANK))
                .filter(column -> !cells.containsKey(column) && !left.contains(column.label()))
                .forEach(column -> left.add(column.label()));
    }

    /**
     * A row that is to lose its key stays as it is if people have filled cells beside ours: nobody could tell any more whose they
     * are.
     *
     * @param there all cells of the row, as they are now
     */
    static UndoPlan sparing(UndoPlan plan, CellsThere there) {
        if (!(plan instanceof UndoPlan.Restore restore) || !restore.clearsRow()) {
            return plan;
        }
        TabReading tab = restore.change().tab();
        int row = Objects.requireNonNull(restore.change().row());
        if (!there.key(tab, row).equals(restore.change().key().strip())) {
            return new UndoPlan.Refuse(ErrorCode.ROW_MOVED, "row " + row + " was another one a moment before");
        }
        List<String> others = there.others(tab, row).stream()
                .map(column -> "column " + SheetRange.letters(column))
                .toList();
        return others.isEmpty() ? plan : new UndoPlan.Leave(others);
    }
}
