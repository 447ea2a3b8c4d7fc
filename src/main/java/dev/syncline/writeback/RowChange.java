package dev.syncline.writeback;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Cells of one row that are to be written.
 *
 * @param ticket whose change it is, unique within one write: an item's id
 * @param tab the reading that it was made from
 * @param row from 1; null for a row that is to be appended
 * @param key what must stand in the row's key cell
 * @param cells what is to be written, and nothing else
 */
record RowChange(String ticket, TabReading tab, @Nullable Integer row, String key, Map<Column, CellValue> cells) {
    RowChange {
        cells = Map.copyOf(cells);
    }

    boolean isAppend() {
        return row == null;
    }
}
