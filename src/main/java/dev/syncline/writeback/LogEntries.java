package dev.syncline.writeback;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Run;
import dev.syncline.writeback.ItemOutcome.Failed;
import dev.syncline.writeback.LogEntry.LoggedCell;
import dev.syncline.writeback.LogEntry.Status;

/** Makes the log entries of one run. */
final class LogEntries {
    /** What an entry of an undo has for its action. */
    static final String UNDO = "UNDO";

    private final Run run;
    private final Clock clock;

    LogEntries(Run run, Clock clock) {
        this.run = run;
        this.clock = clock;
    }

    /** Attempts count anew with each change that comes while an item is worked on, so their number alone is not enough. */
    static String attempt(QueueItem item) {
        return "%d.%d".formatted(item.changes(), item.retries());
    }

    LogEntry begun(Candidate candidate, RowPlan.Write plan) {
        return entry(
                candidate.item(),
                Optional.of(candidate),
                Status.BEGUN,
                plan.change().row(),
                plan.cells(),
                null,
                null);
    }

    /** It was begun, and Google has got nothing of it. */
    LogEntry unsent(Candidate candidate, RowPlan.Write plan, SyncException why) {
        return entry(
                candidate.item(),
                Optional.of(candidate),
                Status.FAILED,
                plan.change().row(),
                List.of(),
                why.code().name(),
                why.detail());
    }

    LogEntry ended(Settlement settlement) {
        ItemOutcome outcome = settlement.outcome();
        if (outcome instanceof ItemOutcome.Failed failed) {
            return ended(settlement, Status.FAILED, failed.code().name(), failed.detail());
        }
        return outcome instanceof ItemOutcome.Skipped skipped
                ? ended(settlement, Status.SKIPPED, skipped.reason().name(), left(settlement))
                : ended(settlement, Status.SUCCESS, null, left(settlement));
    }

    /** Cells that could not be written, and why. */
    private static @Nullable String left(Settlement settlement) {
        return settlement.remarks().isEmpty()
                ? null
                : settlement.remarks().stream()
                        .map(remark -> "%s (%s)".formatted(remark.column(), remark.detail()))
                        .collect(Collectors.joining(", ", "left as they are: ", ""));
    }

    private LogEntry ended(Settlement settlement, Status status, @Nullable String code, @Nullable String detail) {
        return entry(
                settlement.item(), settlement.candidate(), status, settlement.row(), settlement.cells(), code, detail);
    }

    /** An attempt whose process died counts as one that failed (S2-29), and somebody else has to say so. */
    LogEntry died(QueueItem item) {
        return entry(
                item,
                Optional.empty(),
                Status.FAILED,
                null,
                List.of(),
                ErrorCode.WORKER_DIED.name(),
                "the process that worked on it ended before it did");
    }

    private LogEntry entry(
            QueueItem item,
            Optional<Candidate> candidate,
            Status status,
            @Nullable Integer row,
            List<LoggedCell> cells,
            @Nullable String code,
            @Nullable String detail) {
        return new LogEntry(
                "%s:%s:%s".formatted(run.id(), item.id(), attempt(item)),
                run.id(),
                item.id(),
                item.model(),
                item.recordId(),
                candidate.map(found -> found.values().key()).orElse(null),
                "WRITE_BACK_" + item.action(),
                status,
                run.trigger().actor(),
                candidate.flatMap(found -> found.model().spreadsheet()).orElse(null),
                candidate.map(found -> found.model().tab()).orElse(null),
                row,
                cells,
                code,
                detail,
                clock.instant());
    }

    // --- rows that are taken back

    LogEntry begun(RowUndo undo, UndoPlan.Restore plan) {
        return entry(undo, Status.BEGUN, plan.change().row(), plan.cells(), null, null);
    }

    LogEntry ended(UndoEnd end) {
        List<LoggedCell> cells = end.plan().map(UndoPlan.Restore::cells).orElse(List.of());
        if (end.failed().isPresent()) {
            Failed failed = end.failed().get();
            return entry(end.undo(), Status.FAILED, null, cells, failed.code().name(), failed.detail());
        }
        String code = end.left().isEmpty() ? null : ErrorCode.CELL_CHANGED_SINCE.name();
        String detail = end.left().isEmpty() ? null : "left as they are: " + String.join(", ", end.left());
        return entry(end.undo(), end.isRestored() ? Status.SUCCESS : Status.SKIPPED, end.row(), cells, code, detail);
    }

    private LogEntry entry(
            RowUndo undo,
            Status status,
            @Nullable Integer row,
            List<LoggedCell> cells,
            @Nullable String code,
            @Nullable String detail) {
        return new LogEntry(
                "%s:%s:1".formatted(run.id(), undo.item()),
                run.id(),
                undo.item(),
                undo.model().name(),
                undo.recordId(),
                undo.key(),
                UNDO,
                status,
                run.trigger().actor(),
                undo.model().spreadsheet().orElse(null),
                undo.model().tab(),
                row,
                cells,
                code,
                detail,
                clock.instant());
    }
}
