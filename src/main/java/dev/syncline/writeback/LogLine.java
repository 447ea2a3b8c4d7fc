package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of the log in words.
 *
 * @param model none where there is no such model any more
 */
record LogLine(LogEntry entry, Optional<Model> model) {
    private static final String UNDO = "UNDO";
    private static final Map<String, String> REASONS = Map.of(
            ItemOutcome.Reason.deleted.name(), "the record was deleted, and its row stays",
            ItemOutcome.Reason.orphan.name(), "there is no such record any more",
            ItemOutcome.Reason.locked.name(), "the record is locked",
            ItemOutcome.Reason.unchanged.name(), "the row holds all of it already");

    /** One cell that was changed. */
    public record Change(String column, String from, String to, boolean conflict) {}

    public String id() {
        return entry.id();
    }

    public Instant at() {
        return entry.at();
    }

    public String what() {
        return entry.model() + " " + (entry.key() == null ? entry.recordId() : entry.key());
    }

    /** As {@code Request, row 17}. */
    public String place() {
        String tab = entry.tab() == null ? "" : entry.tab();
        return entry.row() == null ? tab : tab + ", row " + entry.row();
    }

    public String words() {
        boolean isUndo = entry.action().equals(UNDO);
        return switch (entry.status()) {
            case BEGUN -> "Begun; how it ended is not known";
            case SUCCESS -> isUndo ? "Put back" : "Written";
            case SKIPPED -> "Left as it is";
            case FAILED -> "Failed";
        };
    }

    public String tone() {
        return switch (entry.status()) {
            case BEGUN -> "attention";
            case SUCCESS -> "good";
            case SKIPPED -> "quiet";
            case FAILED -> "bad";
        };
    }

    /** Why it failed, or why nothing was written. */
    public String why() {
        return Sentence.of(entry.detail() == null ? REASONS.getOrDefault(code(), code()) : entry.detail());
    }

    public String code() {
        return entry.code() == null ? "" : entry.code();
    }

    public List<Change> changes() {
        return entry.cells().stream().map(this::change).toList();
    }

    private Change change(LogEntry.LoggedCell cell) {
        Optional<ColumnType> type = model.flatMap(known -> known.columns().stream()
                        .filter(column -> column.label().equals(cell.column()))
                        .findFirst())
                .map(Column::type);
        return new Change(
                cell.column(),
                CellWords.of(cell.from(), type),
                CellWords.of(cell.to(), type),
                Boolean.TRUE.equals(cell.conflict()));
    }

    /** Whether there is something in it that could be put back. */
    boolean undoable() {
        boolean mayStand = entry.status() == LogEntry.Status.SUCCESS || entry.status() == LogEntry.Status.BEGUN;
        return mayStand && !entry.cells().isEmpty();
    }
}
