package dev.syncline.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.google.api.services.sheets.v4.model.CellData;
import com.google.api.services.sheets.v4.model.GridData;
import com.google.api.services.sheets.v4.model.RowData;
import com.google.api.services.sheets.v4.model.Sheet;
import com.google.api.services.sheets.v4.model.Spreadsheet;
import org.jspecify.annotations.Nullable;

/**
 * How the first rows show their numbers: a date is a number, and only its format tells.
 *
 * @param labels of the header that these formats stood under, null where there is no text: the cells are read by another call,
 *     and columns may have moved in between
 * @param dates columns, from 0, most of whose sampled numbers are shown as a date
 */
record SheetFormats(List<@Nullable String> labels, Set<Integer> dates) {
    /** Rows below the header that are looked at; the column registry samples as many (S0, column registry). */
    static final int SAMPLE = 32;

    static final String FIELDS = "sheets.data.rowData.values("
            + "effectiveValue(numberValue,stringValue),effectiveFormat.numberFormat.type)";

    private static final Set<String> DATE_TYPES = Set.of("DATE", "DATE_TIME");

    SheetFormats {
        labels = Collections.unmodifiableList(new ArrayList<>(labels));
        dates = Set.copyOf(dates);
    }

    static SheetFormats none() {
        return new SheetFormats(List.of(), Set.of());
    }

    /** @param spreadsheet the header's row and those below it */
    static SheetFormats of(Spreadsheet spreadsheet) {
        List<List<CellData>> rows = rows(spreadsheet).map(SheetFormats::cells).toList();
        if (rows.isEmpty()) {
            return none();
        }
        List<@Nullable String> labels = new ArrayList<>();
        rows.get(0).forEach(cell -> labels.add(text(cell)));
        return new SheetFormats(labels, dates(rows.subList(1, rows.size())));
    }

    /** Whether the cells of the header are where they were; a label that is an error or a number is not compared. */
    boolean standUnder(List<@Nullable Object> header) {
        for (int column = 0; column < labels.size(); column++) {
            String label = labels.get(column);
            Object now = column < header.size() ? header.get(column) : null;
            if (label != null && !label.equals(now)) {
                return false;
            }
        }
        return true;
    }

    private static Set<Integer> dates(List<List<CellData>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        Set<Integer> dates = new HashSet<>();
        for (int column = 0; column < columns; column++) {
            if (isDate(column, rows)) {
                dates.add(column);
            }
        }
        return dates;
    }

    private static boolean isDate(int column, List<List<CellData>> rows) {
        List<CellData> numbers = rows.stream()
                .filter(row -> column < row.size())
                .map(row -> row.get(column))
                .filter(SheetFormats::isNumber)
                .toList();
        long shownAsDates = numbers.stream().filter(SheetFormats::isShownAsDate).count();
        return shownAsDates * 2 > numbers.size();
    }

    private static boolean isNumber(CellData cell) {
        return cell.getEffectiveValue() != null && cell.getEffectiveValue().getNumberValue() != null;
    }

    private static boolean isShownAsDate(CellData cell) {
        var format = cell.getEffectiveFormat();
        return format != null
                && format.getNumberFormat() != null
                && DATE_TYPES.contains(String.valueOf(format.getNumberFormat().getType()));
    }

    private static @Nullable String text(CellData cell) {
        String text = cell.getEffectiveValue() == null
                ? null
                : cell.getEffectiveValue().getStringValue();
        return text == null || text.isEmpty() ? null : text;
    }

    private static Stream<RowData> rows(Spreadsheet spreadsheet) {
        return orEmpty(spreadsheet.getSheets()).stream()
                .map(Sheet::getData)
                .flatMap(data -> orEmpty(data).stream())
                .map(GridData::getRowData)
                .flatMap(data -> orEmpty(data).stream());
    }

    private static List<CellData> cells(RowData row) {
        return orEmpty(row.getValues());
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
