package dev.syncline.dev.sheets;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Finds the table that an append goes to the end of: the last one that the range touches. A table is what is inside of blank
 * rows and columns.
 */
final class Table {
    private final Grid grid;
    private final int columns;
    private final BitSet seen;

    private Table(Grid grid) {
        this.grid = grid;
        this.columns = grid.columns();
        this.seen = new BitSet();
    }

    static Optional<Area> lastIn(Grid grid, Area range) {
        Table search = new Table(grid);
        Area last = null;
        for (int row = range.top(); row < Math.min(range.bottom(), grid.keptRows()); row++) {
            int right = Math.min(range.right(), grid.row(row).size());
            for (int column = range.left(); column < right; column++) {
                if (search.isNew(row, column)) {
                    last = later(last, search.around(row, column));
                }
            }
        }
        return Optional.ofNullable(last);
    }

    private static Area later(@Nullable Area last, Area found) {
        return last == null || found.bottom() >= last.bottom() ? found : last;
    }

    private boolean isNew(int row, int column) {
        return isFilled(row, column) && !seen.get(row * columns + column);
    }

    private boolean isFilled(int row, int column) {
        return row >= 0 && column >= 0 && !grid.get(row, column).isBlank();
    }

    /** Grows from a cell over all that touches it, also by a corner. */
    private Area around(int row, int column) {
        Area area = Area.cell(row, column);
        Deque<Integer> open = new ArrayDeque<>();
        mark(open, row, column);
        while (!open.isEmpty()) {
            int next = open.pop();
            int y = next / columns;
            int x = next % columns;
            area = area.with(y, x);
            for (int i = 0; i < 9; i++) {
                mark(open, y + i / 3 - 1, x + i % 3 - 1);
            }
        }
        return area;
    }

    private void mark(Deque<Integer> open, int row, int column) {
        if (column < columns && row < grid.rows() && isNew(row, column)) {
            seen.set(row * columns + column);
            open.push(row * columns + column);
        }
    }
}
