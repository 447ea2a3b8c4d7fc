package dev.syncline.writeback;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Cells of a row that were written and are not ours to write.
 *
 * @param before the tab as it was read
 * @param row where they are, from 1
 * @param key that stands in that row, or has stood there until we overwrote it: null if nobody knows it
 * @param columns that were written
 * @param meant the key of the row that was meant
 * @param meantRow where that had been read; null for a new row, which is taken away again
 */
record Damage(
        TabReading before,
        int row,
        @Nullable String key,
        Set<Column> columns,
        String meant,
        @Nullable Integer meantRow) {
    Damage {
        columns = Set.copyOf(columns);
    }

    static Damage ofAppend(RowChange change, int row) {
        return new Damage(change.tab(), row, change.key(), change.cells().keySet(), change.key(), null);
    }

    static Damage ofUpdate(RowChange change, int row, String keyThere) {
        boolean isKeyLost = change.cells().containsKey(change.tab().model().key());
        return new Damage(
                change.tab(),
                row,
                isKeyLost ? null : keyThere,
                change.cells().keySet(),
                change.key().strip(),
                change.row());
    }
}
