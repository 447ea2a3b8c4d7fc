package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Change;
import dev.syncline.status.OwnChanges;
import dev.syncline.writeback.LogEntry.LoggedCell;

/** What write-back runs changed, from their log: each cell of an entry is one change. */
@ApplicationScoped
class LoggedChanges implements OwnChanges {
    /** Between the id of an entry and the cell's place in it. */
    private static final char CELL = '#';

    private final WriteLog log;
    private final Models models;

    LoggedChanges(WriteLog log, Models models) {
        this.log = log;
        this.models = models;
    }

    @Override
    public boolean serves(String sync) {
        return sync.equals(WriteBack.SYNC);
    }

    @Override
    public Uni<List<Change>> page(String run, String after, int limit) {
        String entry = after.isEmpty() ? "" : after.substring(0, Math.max(0, after.lastIndexOf(CELL)));
        // Each entry has a cell at least, and those of the first may all have been seen.
        return log.changes(run, entry, limit + 1).map(entries -> page(entries, after, limit));
    }

    private List<Change> page(List<LogEntry> entries, String after, int limit) {
        return entries.stream()
                .flatMap(entry -> changes(entry).stream())
                .filter(change -> change.id().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    private List<Change> changes(LogEntry entry) {
        List<Change> changes = new ArrayList<>();
        for (LoggedCell cell : entry.cells()) {
            Optional<ColumnType> type = type(entry.model(), cell.column());
            changes.add(new Change(
                    "%s%c%04d".formatted(entry.id(), CELL, changes.size()),
                    entry.run(),
                    WriteBack.SYNC,
                    QueueItem.liveFor(entry.model(), entry.recordId()),
                    Change.Kind.updated,
                    cell.column(),
                    text(type, cell.from()),
                    text(type, cell.to()),
                    entry.at()));
        }
        return changes;
    }

    private Optional<ColumnType> type(String model, String label) {
        return models.find(model).stream()
                .flatMap(found -> found.columns().stream())
                .filter(column -> column.label().equals(label))
                .map(Column::type)
                .findFirst();
    }

    private static @Nullable String text(Optional<ColumnType> type, CellValue value) {
        return value.equals(CellValue.BLANK) ? null : CellWords.of(value, type);
    }
}
