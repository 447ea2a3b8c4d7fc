package dev.syncline.roster;

import dev.syncline.platform.ErrorCode;
import dev.syncline.source.SourceRow;

/** Is told of each cell that counts as blank though something stands in it; never what, which may be a person's (S0-46). */
@FunctionalInterface
interface CellRemarks {
    CellRemarks NONE = (code, row, column) -> {};

    void add(ErrorCode code, SourceRow row, SheetColumn column);
}
