package dev.syncline.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.api.client.util.Data;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** The rows of a tab as they come, page by page: each at its place, small, and not too many. */
final class SheetCells {
    /** Text that stands in many cells, such as a status, is kept once; what is longer, or the hundred-thousandth, is not. */
    private static final int SHARED_LENGTH = 64;

    private static final int SHARED = 100_000;

    private final int headerRow;
    private final int maxRows;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private final Map<String, String> shared = new HashMap<>();
    private int dataRows;

    SheetCells(int headerRow, int maxRows) {
        this.headerRow = headerRow;
        this.maxRows = maxRows;
    }

    /**
     * Takes the next rows. Google leaves out blank rows at the end of what was asked for, so a short answer is no end (S0-36).
     *
     * @param firstRow of what was asked for, from 1
     * @param values emptied as it is taken, so that nothing is in memory twice
     * @throws SyncException SHEET_TOO_LARGE
     */
    void add(int firstRow, @Nullable List<List<Object>> values) {
        if (values == null) {
            return;
        }
        while (rows.size() < firstRow - 1) {
            rows.add(List.of());
        }
        for (int i = 0; i < values.size(); i++) {
            take(compact(values.set(i, List.of())));
        }
    }

    /** All rows from row 1 up to the last that is not blank. */
    List<List<@Nullable Object>> rows() {
        while (!rows.isEmpty() && rows.get(rows.size() - 1).isEmpty()) {
            rows.remove(rows.size() - 1);
        }
        return rows;
    }

    private void take(List<@Nullable Object> row) {
        rows.add(row);
        if (rows.size() > headerRow && !row.isEmpty() && ++dataRows > maxRows) {
            throw new SyncException(
                    ErrorCode.SHEET_TOO_LARGE, "The tab has more than " + maxRows + " rows with data below its header");
        }
    }

    private List<@Nullable Object> compact(List<Object> cells) {
        Object[] row = new Object[cells.size()];
        int end = 0;
        for (int i = 0; i < row.length; i++) {
            row[i] = cell(cells.get(i));
            end = row[i] == null ? end : i + 1;
        }
        return end == 0 ? List.of() : Collections.unmodifiableList(Arrays.asList(Arrays.copyOf(row, end)));
    }

    private @Nullable Object cell(@Nullable Object value) {
        if (value == null || Data.isNull(value) || value.equals("")) {
            return null;
        }
        return value instanceof String text && text.length() <= SHARED_LENGTH ? share(text) : value;
    }

    private String share(String text) {
        String known = shared.get(text);
        if (known != null) {
            return known;
        }
        if (shared.size() < SHARED) {
            shared.put(text, text);
        }
        return text;
    }
}
