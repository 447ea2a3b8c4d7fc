package dev.syncline.writeback;

import java.util.List;
import java.util.Optional;

/**
 * A model: records of a collection, and the tab that shows them, one row each.
 *
 * @param spreadsheet its id; empty while nobody has configured one
 * @param headerRow from 1
 * @param key one of the columns; its value names the record's row
 * @param rowField field of the record that takes its row's number, from 1
 * @param formulas labels of columns that are never written
 * @param columns in the order of their names, the key's among them
 */
record Model(
        String name,
        String collection,
        Optional<String> spreadsheet,
        String tab,
        int headerRow,
        Column key,
        String rowField,
        List<String> lockFields,
        String echoField,
        List<String> formulas,
        List<Column> columns) {
    Model {
        lockFields = List.copyOf(lockFields);
        formulas = List.copyOf(formulas);
        columns = List.copyOf(columns);
    }
}
