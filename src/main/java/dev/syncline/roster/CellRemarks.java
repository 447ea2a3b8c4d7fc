package dev.syncline.roster;

import dev.syncline.platform.ErrorCode;
import dev.syncline.source.SourceRow;

/** Is told of each cell that counts as blank though something stands in it. */
@FunctionalInterface
interface CellRemarks {
    CellRemarks NONE = (code, row, column, text) -> {};

    void add(ErrorCode code, SourceRow row, SheetColumn column, String text);
}
