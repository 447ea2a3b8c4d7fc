package dev.syncline.writeback;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a run did to one record's row, and is to be taken back.
 *
 * @param entries of the log, the newest first, at least one
 */
record RowUndo(Model model, List<LogEntry> entries) {
    RowUndo {
        entries = List.copyOf(entries);
    }

    private LogEntry newest() {
        return entries.get(0);
    }

    String recordId() {
        return newest().recordId();
    }

    /** {@code model/recordId} */
    String place() {
        return QueueItem.liveFor(newest().model(), recordId());
    }

    String item() {
        return newest().item();
    }

    /**
     * What the row had in its key cell when the run was over with it; it may have been given that by the run. Rows are written by
     * their key, so each entry that changed cells has one.
     */
    String key() {
        return newest().cells().stream()
                .filter(cell -> cell.column().equals(model.key().label()))
                .map(cell -> Keys.text(cell.to()))
                .filter(key -> !key.isEmpty())
                .findFirst()
                .orElseGet(() -> Objects.requireNonNull(newest().key()));
    }

    /** Labels of cells that the run has written and that no column of the model has any more. */
    Set<String> unknownLabels() {
        Set<String> labels = entries.stream()
                .flatMap(entry -> entry.cells().stream())
                .map(LogEntry.LoggedCell::column)
                .collect(Collectors.toCollection(TreeSet::new));
        model.columns().forEach(column -> labels.remove(column.label()));
        return labels;
    }

    /** Whether it was written where the model's rows still are. */
    boolean isWhereTheModelIs() {
        return model.spreadsheet().equals(Optional.ofNullable(newest().spreadsheet()))
                && model.tab().equals(newest().tab());
    }
}
