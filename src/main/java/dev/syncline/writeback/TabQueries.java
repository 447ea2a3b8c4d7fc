package dev.syncline.writeback;

import java.util.List;

import com.google.api.services.sheets.v4.model.BatchGetValuesResponse;
import com.google.api.services.sheets.v4.model.Spreadsheet;

import dev.syncline.google.SheetsQuery;
import dev.syncline.source.SheetRange;

/** What is asked about the tabs of one spreadsheet: cells as they were entered, never as they are shown. */
record TabQueries(String spreadsheet) {
    private static final String FORMULA = "FORMULA";
    private static final String SERIAL_NUMBER = "SERIAL_NUMBER";
    private static final String COLUMNS = "COLUMNS";
    private static final String CELL_FIELDS =
            "sheets(properties.sheetId,data(startRow,startColumn,rowData.values.userEnteredValue))";

    SheetsQuery<Spreadsheet> outline() {
        return sheets -> sheets.spreadsheets().get(spreadsheet).setFields(TabOutline.FIELDS);
    }

    SheetsQuery<BatchGetValuesResponse> columns(List<String> ranges) {
        return sheets -> sheets.spreadsheets()
                .values()
                .batchGet(spreadsheet)
                .setRanges(ranges)
                .setMajorDimension(COLUMNS)
                .setValueRenderOption(FORMULA)
                .setDateTimeRenderOption(SERIAL_NUMBER)
                .setFields("valueRanges.values");
    }

    SheetsQuery<Spreadsheet> cells(List<String> ranges) {
        return sheets ->
                sheets.spreadsheets().get(spreadsheet).setRanges(ranges).setFields(CELL_FIELDS);
    }

    /** @param row from 1 */
    static String row(String title, int row) {
        return tab(title) + row + ":" + row;
    }

    /** @param column from 0 */
    static String cell(String title, int row, int column) {
        return tab(title) + SheetRange.letters(column) + row;
    }

    /** @param last the last row; what the tab has not is left out */
    static String column(String title, int column, int first, int last) {
        String letters = SheetRange.letters(column);
        return tab(title) + letters + first + ":" + letters + last;
    }

    /** From one row on. */
    static String columnFrom(String title, int column, int first) {
        String letters = SheetRange.letters(column);
        return tab(title) + letters + first + ":" + letters;
    }

    /** Quoted, so that blanks and apostrophes are part of the name, and no named range is meant (S2-47). */
    private static String tab(String title) {
        return "'" + title.replace("'", "''") + "'!";
    }
}
