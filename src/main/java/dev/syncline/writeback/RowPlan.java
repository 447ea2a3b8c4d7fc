package dev.syncline.writeback;

import java.util.List;

import dev.syncline.platform.ErrorCode;
import dev.syncline.writeback.ItemOutcome.Failed;
import dev.syncline.writeback.LogEntry.LoggedCell;
import dev.syncline.writeback.WrittenRow.WrittenCell;

/** What is to be done about one row. */
sealed interface RowPlan {
    /**
     * Cells of it differ from what they are to hold.
     *
     * @param cells the same as in the change, with what they hold now
     * @param after what our cells hold when it is done
     */
    record Write(RowChange change, List<LoggedCell> cells, List<CellRemark> remarks, List<WrittenCell> after)
            implements RowPlan {}

    /**
     * It holds everything already.
     *
     * @param row from 1
     */
    record Keep(int row, List<CellRemark> remarks, List<WrittenCell> after) implements RowPlan {}

    /** It cannot be written until a person has acted. */
    record Refuse(ErrorCode code, String detail) implements RowPlan {}

    /** Nobody could say, by a fault of ours. */
    record Faulty(Failed failed) implements RowPlan {}
}
