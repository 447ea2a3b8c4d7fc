package dev.syncline.writeback;

import java.util.List;
import java.util.Map;

/**
 * What the row of a record is to hold.
 *
 * @param key as text
 * @param values by column, the key's among them; a column that is missing here is left as it is, for the reason in a remark
 */
record RowValues(String key, Map<Column, CellValue> values, List<CellRemark> remarks) {
    RowValues {
        values = Map.copyOf(values);
        remarks = List.copyOf(remarks);
    }
}
