package dev.syncline.writeback;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.syncline.writeback.ItemOutcome.Failed;

/**
 * What became of one row that was to be taken back.
 *
 * @param plan by which it was changed, or perhaps was
 * @param row from 1, if cells of it were restored
 * @param failed why not all that could be restored was
 * @param left labels of cells that hold something else by now
 */
record UndoEnd(
        RowUndo undo,
        Optional<UndoPlan.Restore> plan,
        @Nullable Integer row,
        Optional<Failed> failed,
        List<String> left) {
    static UndoEnd left(RowUndo undo, List<String> left) {
        return new UndoEnd(undo, Optional.empty(), null, Optional.empty(), left);
    }

    static UndoEnd failed(RowUndo undo, Failed failed) {
        return new UndoEnd(undo, Optional.empty(), null, Optional.of(failed), List.of());
    }

    static UndoEnd of(RowUndo undo, UndoPlan.Restore plan, RowResult result) {
        if (result instanceof RowResult.Written written) {
            return new UndoEnd(undo, Optional.of(plan), written.row(), Optional.empty(), plan.left());
        }
        return result instanceof RowResult.Unknown unknown
                ? unknown(undo, plan, ItemFailures.of(unknown))
                : failed(undo, ItemFailures.of(result));
    }

    /** The call failed, and may have been carried out all the same. */
    private static UndoEnd unknown(RowUndo undo, UndoPlan.Restore plan, Failed failed) {
        return new UndoEnd(undo, Optional.of(plan), null, Optional.of(failed), List.of());
    }

    boolean isRestored() {
        return row != null && failed.isEmpty();
    }
}
