package dev.syncline.writeback;

import java.util.List;
import java.util.Map;

/**
 * The owned cells of a tab as they were at one moment.
 *
 * @param gid Google's number of the tab
 * @param title as the sheet writes it
 * @param places where each owned column is, from 0
 * @param rows of the data, the first one below the header
 */
record TabReading(Model model, int gid, String title, Map<Column, Integer> places, List<Map<Column, CellValue>> rows) {

    /** Row numbers, from 1, in whose key cell the key stands: none, one, or more than one (which is a person's mistake). */
    List<Integer> rowsOf(String key) {
        throw new UnsupportedOperationException("part-writer");
    }

    /** @param row from 1 */
    CellValue cell(int row, Column column) {
        throw new UnsupportedOperationException("part-writer");
    }
}
