package dev.syncline.source;

import java.util.List;

import com.google.api.services.sheets.v4.model.BatchGetValuesResponse;
import com.google.api.services.sheets.v4.model.Spreadsheet;
import com.google.api.services.sheets.v4.model.ValueRange;

import dev.syncline.google.SheetsQuery;

/** What is asked about one spreadsheet: never more than is used, and cells as they are kept and not as they are shown. */
record SheetQueries(String spreadsheet) {
    private static final String UNFORMATTED = "UNFORMATTED_VALUE";
    private static final String SERIAL_NUMBER = "SERIAL_NUMBER";
    private static final String ROWS = "ROWS";

    SheetsQuery<Spreadsheet> outline() {
        return sheets -> sheets.spreadsheets().get(spreadsheet).setFields(SheetOutline.FIELDS);
    }

    SheetsQuery<Spreadsheet> formats(String range) {
        return sheets ->
                sheets.spreadsheets().get(spreadsheet).setRanges(List.of(range)).setFields(SheetFormats.FIELDS);
    }

    SheetsQuery<ValueRange> values(String range) {
        return sheets -> sheets.spreadsheets()
                .values()
                .get(spreadsheet, range)
                .setMajorDimension(ROWS)
                .setValueRenderOption(UNFORMATTED)
                .setDateTimeRenderOption(SERIAL_NUMBER)
                .setFields("values");
    }

    SheetsQuery<BatchGetValuesResponse> values(List<String> ranges) {
        return sheets -> sheets.spreadsheets()
                .values()
                .batchGet(spreadsheet)
                .setRanges(ranges)
                .setMajorDimension(ROWS)
                .setValueRenderOption(UNFORMATTED)
                .setDateTimeRenderOption(SERIAL_NUMBER)
                .setFields("valueRanges.values");
    }
}
