package dev.syncline.roster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.syncline.source.RowCursor;
import dev.syncline.source.RowSource;
import dev.syncline.source.SheetTab;
import dev.syncline.source.SourceItem;
import dev.syncline.source.SourceRow;

/**
 * The rows below the header. A row in which nothing stands is no row and counts nowhere (S0-25), nor is one whose only cells
 * are boxes that nobody ticked: a sheet has those down to its end. Progress is told in rows, in place of bytes.
 */
final class SheetRows implements RowSource {
    private static final byte[] NO_TEXT = {};

    private final List<List<@Nullable Object>> rows;
    private final List<SheetColumn> columns;
    private final int headerRow;
    /** Positions, from 0, of the rows that are some. */
    private final int[] filled;

    SheetRows(SheetTab tab, int headerRow, SheetHeader header) {
        this.rows = tab.rows();
        this.columns = header.columns();
        this.headerRow = headerRow;
        this.filled = IntStream.range(Math.min(headerRow, rows.size()), rows.size())
                .filter(at -> isFilled(rows.get(at)))
                .toArray();
    }

    int count() {
        return filled.length;
    }

    /** The row's number in the sheet. */
    int numberOf(long ordinal) {
        return filled[(int) ordinal] + 1;
    }

    /** The row at a position, counted from 0 without those that are none; its cells alone. */
    SourceRow row(int ordinal) {
        return row(ordinal, columns);
    }

    @Override
    public RowCursor open(Set<String> only) {
        List<SheetColumn> given = only.isEmpty()
                ? columns
                : columns.stream().filter(column -> only.contains(column.key())).toList();
        return new Cursor(given);
    }

    private SourceRow row(int ordinal, List<SheetColumn> given) {
        List<@Nullable Object> cells = rows.get(filled[ordinal]);
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (SheetColumn column : given) {
            @Nullable Object cell = column.index() < cells.size() ? cells.get(column.index()) : null;
            if (!SheetCell.isBlank(cell)) {
                named.put(column.key(), cell);
            }
        }
        return new SourceRow(ordinal, "row " + numberOf(ordinal), named, NO_TEXT);
    }

    private static boolean isFilled(List<@Nullable Object> cells) {
        return cells.stream().anyMatch(cell -> !SheetCell.isBlank(cell) && !Boolean.FALSE.equals(cell));
    }

    private final class Cursor implements RowCursor {
        private final List<SheetColumn> given;
        private int next;

        private Cursor(List<SheetColumn> given) {
            this.given = given;
        }

        @Override
        public @Nullable SourceItem next() {
            if (next == filled.length) {
                return null;
            }
            SourceRow row = row(next++, given);
            return new SourceRow(row.ordinal(), row.place(), row.cells(), RowText.of(row.cells()));
        }

        @Override
        public long bytesRead() {
            return next == filled.length ? bytesTotal() : next == 0 ? 0 : numberOf(next - 1) - headerRow;
        }

        @Override
        public long bytesTotal() {
            return Math.max(0, rows.size() - headerRow);
        }

        @Override
        public void close() {
            // The rows lie in memory.
        }
    }
}
