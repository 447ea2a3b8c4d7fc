package dev.syncline.writeback;

import java.util.List;

import dev.syncline.platform.ErrorCode;
import dev.syncline.writeback.LogEntry.LoggedCell;

/** How one row becomes what it was before a run. */
sealed interface UndoPlan {
    /**
     * Cells get back what they held.
     *
     * @param cells the same as in the change
     * @param left labels of cells that hold something else by now, and keep it
     */
    record Restore(RowChange change, List<LoggedCell> cells, List<String> left) implements UndoPlan {
        /** Whether the row had not been there before, so that nothing of ours stays in it. */
        boolean clearsRow() {
            return CellValue.BLANK.equals(
                    change.cells().get(change.tab().model().key()));
        }
    }

    /** Nothing in it is as the run left it, and not as it was before. */
    record Leave(List<String> left) implements UndoPlan {}

    record Refuse(ErrorCode code, String detail) implements UndoPlan {}
}
