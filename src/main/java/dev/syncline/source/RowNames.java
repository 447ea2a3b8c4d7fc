package dev.syncline.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What shows whether rows or columns have moved between two calls: the header, and one column of every row. It is the column
 * that tells the most rows apart, for which nobody has to know what the columns mean: where there is a serial, that or one as
 * good.
 */
record RowNames(int column, List<@Nullable Object> header, List<@Nullable Object> names) {
    RowNames {
        header = Collections.unmodifiableList(new ArrayList<>(header));
        names = Collections.unmodifiableList(new ArrayList<>(names));
    }

    /** @param headerRow from 1 */
    static RowNames of(List<List<@Nullable Object>> rows, int headerRow) {
        List<List<@Nullable Object>> data = rows.subList(Math.min(headerRow, rows.size()), rows.size());
        int columns = data.stream().mapToInt(List::size).max().orElse(1);
        int best = 0;
        int most = -1;
        for (int column = 0; column < columns; column++) {
            int different = different(data, column);
            if (different > most) {
                most = different;
                best = column;
            }
        }
        return of(rows, headerRow, best);
    }

    /** The same of what was read again. */
    RowNames again(List<List<@Nullable Object>> header, List<List<@Nullable Object>> names) {
        return new RowNames(column, row(header, 0), column(names, 0));
    }

    private static RowNames of(List<List<@Nullable Object>> rows, int headerRow, int column) {
        return new RowNames(column, row(rows, headerRow - 1), column(rows, column));
    }

    private static int different(List<List<@Nullable Object>> rows, int column) {
        Set<Object> values = new HashSet<>();
        for (List<@Nullable Object> row : rows) {
            Object value = column < row.size() ? row.get(column) : null;
            if (value != null) {
                values.add(value);
            }
        }
        return values.size();
    }

    /** Up to its last value. */
    private static List<@Nullable Object> column(List<List<@Nullable Object>> rows, int column) {
        List<@Nullable Object> values = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            values.add(column < row.size() ? row.get(column) : null);
        }
        while (!values.isEmpty() && values.get(values.size() - 1) == null) {
            values.remove(values.size() - 1);
        }
        return values;
    }

    private static List<@Nullable Object> row(List<List<@Nullable Object>> rows, int index) {
        return index < rows.size() ? rows.get(index) : List.of();
    }
}
