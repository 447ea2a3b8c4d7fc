package dev.syncline.source;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One tab of a spreadsheet, whole, as it was in one moment.
 *
 * @param zone the spreadsheet's own time zone, in which its dates are meant
 * @param rows all rows from row 1 of the sheet on, blank ones included, so that {@code rows.get(i)} is row {@code i + 1}. A row
 *     ends with its last cell that is not blank. A cell is a {@code String} with its exact text, a {@code BigDecimal}, a
 *     {@code Boolean}, or null when blank; a date is the {@code BigDecimal} of its serial number (days since 1899-12-30), an
 *     error the text that the sheet shows, such as {@code #N/A}
 * @param dateColumns columns, counted from 0, whose numbers the sheet shows as dates or times
 * @param calls how many calls it took
 * @param retries how many of them were repeats of one that had failed (S0-42)
 */
public record SheetTab(
        String spreadsheet,
        String title,
        ZoneId zone,
        List<List<@Nullable Object>> rows,
        Set<Integer> dateColumns,
        int calls,
        int retries) {
    public SheetTab {
        // List.copyOf takes no nulls, and blank cells are null.
        List<List<@Nullable Object>> copies = new ArrayList<>(rows.size());
        rows.forEach(row -> copies.add(Collections.unmodifiableList(row)));
        rows = Collections.unmodifiableList(copies);
        dateColumns = Set.copyOf(dateColumns);
    }
}
