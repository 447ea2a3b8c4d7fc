package dev.syncline.writeback;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.SyncException;
import dev.syncline.writeback.LogEntry.LoggedCell;
import dev.syncline.writeback.WrittenRow.WrittenCell;

/**
 * How an item ends, with all that has to be noted of it.
 *
 * @param candidate none if its record was not even to be written
 * @param cells what was written, or may have been
 * @param row where the record stands in its tab, from 1, if that is known
 * @param after what our cells of the row hold; empty if that is not known
 */
record Settlement(
        QueueItem item,
        Optional<Candidate> candidate,
        ItemOutcome outcome,
        List<LoggedCell> cells,
        @Nullable Integer row,
        List<WrittenCell> after) {
    Settlement {
        cells = List.copyOf(cells);
        after = List.copyOf(after);
    }

    static Settlement unread(QueueItem item, ItemOutcome outcome) {
        return new Settlement(item, Optional.empty(), outcome, List.of(), null, List.of());
    }

    static Settlement failed(Candidate candidate, ItemOutcome.Failed outcome) {
        return new Settlement(candidate.item(), Optional.of(candidate), outcome, List.of(), null, List.of());
    }

    static Settlement kept(Candidate candidate, RowPlan.Keep plan) {
        ItemOutcome unchanged = new ItemOutcome.Skipped(ItemOutcome.Reason.unchanged, plan.remarks());
        return new Settlement(candidate.item(), Optional.of(candidate), unchanged, List.of(), plan.row(), plan.after());
    }

    static Settlement of(Candidate candidate, RowPlan.Write plan, RowResult result) {
        if (result instanceof RowResult.Written written) {
            ItemOutcome outcome =
                    new ItemOutcome.Written(written.row(), plan.change().isAppend(), plan.remarks());
            return new Settlement(
                    candidate.item(), Optional.of(candidate), outcome, plan.cells(), written.row(), plan.after());
        }
        return result instanceof RowResult.Unknown unknown
                ? unknown(candidate, plan, unknown.failure())
                : failed(candidate, ItemFailures.of(result));
    }

    /** What would be written, by a run that writes nothing. */
    static Settlement rehearsed(Candidate candidate, RowPlan.Write plan) {
        RowChange change = plan.change();
        int row = change.row() == null ? 0 : change.row();
        return of(candidate, plan, new RowResult.Written(row));
    }

    /** The call failed, and may have been carried out all the same, so its cells are told. */
    private static Settlement unknown(Candidate candidate, RowPlan.Write plan, SyncException failure) {
        return new Settlement(
                candidate.item(), Optional.of(candidate), ItemFailures.of(failure), plan.cells(), null, List.of());
    }

    /** Whether there is no such record any more. */
    boolean isOfDeleted() {
        return outcome instanceof ItemOutcome.Skipped skipped
                && (skipped.reason() == ItemOutcome.Reason.orphan || skipped.reason() == ItemOutcome.Reason.deleted);
    }

    List<CellRemark> remarks() {
        if (outcome instanceof ItemOutcome.Written written) {
            return written.remarks();
        }
        return outcome instanceof ItemOutcome.Skipped skipped ? skipped.remarks() : List.of();
    }

    /** Whether the record is to be told another row's number than it knows. */
    boolean isRowNews() {
        return row != null
                && candidate
                        .filter(found -> !found.notedRow().equals(Optional.of(row)))
                        .isPresent();
    }
}
