package dev.syncline.dev.sheets;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.model.AddSheetRequest;
import com.google.api.services.sheets.v4.model.AppendCellsRequest;
import com.google.api.services.sheets.v4.model.AppendDimensionRequest;
import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetRequest;
import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetResponse;
import com.google.api.services.sheets.v4.model.CellData;
import com.google.api.services.sheets.v4.model.CellFormat;
import com.google.api.services.sheets.v4.model.DeleteDimensionRequest;
import com.google.api.services.sheets.v4.model.DeleteSheetRequest;
import com.google.api.services.sheets.v4.model.DimensionRange;
import com.google.api.services.sheets.v4.model.ExtendedValue;
import com.google.api.services.sheets.v4.model.GridCoordinate;
import com.google.api.services.sheets.v4.model.GridProperties;
import com.google.api.services.sheets.v4.model.GridRange;
import com.google.api.services.sheets.v4.model.InsertDimensionRequest;
import com.google.api.services.sheets.v4.model.MergeCellsRequest;
import com.google.api.services.sheets.v4.model.RepeatCellRequest;
import com.google.api.services.sheets.v4.model.Request;
import com.google.api.services.sheets.v4.model.RowData;
import com.google.api.services.sheets.v4.model.SheetProperties;
import com.google.api.services.sheets.v4.model.SortRangeRequest;
import com.google.api.services.sheets.v4.model.SortSpec;
import com.google.api.services.sheets.v4.model.Spreadsheet;
import com.google.api.services.sheets.v4.model.SpreadsheetProperties;
import com.google.api.services.sheets.v4.model.UpdateCellsRequest;
import com.google.api.services.sheets.v4.model.UpdateSheetPropertiesRequest;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.syncline.dev.sheets.GoogleClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

/** Google's own client changes tabs, rows and cells. */
class BatchUpdateTest {
    private static final String ID = "changed";

    private static SheetsStandIn standIn;
    private static Sheets client;

    private StandInSpreadsheet spreadsheet;
    private StandInTab tab;

    @BeforeAll
    static void start() {
        standIn = SheetsStandIn.start(0);
        client = GoogleClient.writing(standIn);
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @BeforeEach
    void fill() {
        spreadsheet = standIn.create(ID, "Changed", ZoneOffset.UTC);
        tab = spreadsheet
                .tab("Devices")
                .fill(List.of(
                        List.of("Serial", "Age", "Double"),
                        List.of("c", 3, "=B2*2"),
                        List.of("a", 10, "=B3*2"),
                        List.of("b", 2, "=B4*2")));
    }

    @CanIgnoreReturnValue
    private static BatchUpdateSpreadsheetResponse change(Request... requests) throws IOException {
        var batch = new BatchUpdateSpreadsheetRequest().setRequests(List.of(requests));
        return client.spreadsheets().batchUpdate(ID, batch).execute();
    }

    private static DimensionRange range(String dimension, int from, int to) {
        return new DimensionRange()
                .setSheetId(0)
                .setDimension(dimension)
                .setStartIndex(from)
                .setEndIndex(to);
    }

    @Test
    void addsAndDeletesTabs() throws IOException {
        var properties = new SheetProperties()
                .setTitle("New")
                .setIndex(0)
                .setGridProperties(
                        new GridProperties().setRowCount(5).setColumnCount(4).setFrozenRowCount(1));
        var added = change(new Request().setAddSheet(new AddSheetRequest().setProperties(properties)))
                .getReplies()
                .get(0)
                .getAddSheet()
                .getProperties();
        assertThat(added.getTitle()).isEqualTo("New");
        assertThat(added.getGridProperties().getRowCount()).isEqualTo(5);
        assertThat(added.getGridProperties().getFrozenRowCount()).isEqualTo(1);
        assertThat(titles()).containsExactly("New", "Devices");

        change(new Request().setDeleteSheet(new DeleteSheetRequest().setSheetId(added.getSheetId())));
        assertThat(titles()).containsExactly("Devices");
    }

    private static List<String> titles() throws IOException {
        return client.spreadsheets().get(ID).execute().getSheets().stream()
                .map(sheet -> sheet.getProperties().getTitle())
                .toList();
    }

    @Test
    void renamesAndResizesATab() throws IOException {
        var properties = new SheetProperties()
                .setSheetId(0)
                .setTitle("Gadgets")
                .setGridProperties(new GridProperties().setRowCount(50));
        change(new Request()
                .setUpdateSheetProperties(new UpdateSheetPropertiesRequest()
                        .setProperties(properties)
                        .setFields("title,gridProperties.rowCount")));
        assertThat(client.spreadsheets().values().get(ID, "Gadgets").execute().getRange())
                .isEqualTo("Gadgets!A1:Z50");
    }

    @Test
    void insertsDeletesAndAppendsRowsAndColumns() throws IOException {
        change(
                new Request().setInsertDimension(new InsertDimensionRequest().setRange(range("ROWS", 1, 3))),
                new Request().setInsertDimension(new InsertDimensionRequest().setRange(range("COLUMNS", 0, 1))),
                new Request()
                        .setAppendDimension(new AppendDimensionRequest()
                                .setSheetId(0)
                                .setDimension("ROWS")
                                .setLength(8)));
        assertThat(tab.get("B4")).isEqualTo("c");
        assertThat(tab.get("D4")).isEqualTo(6.0);
        assertThat(client.spreadsheets().values().get(ID, "Devices").execute().getRange())
                .isEqualTo("Devices!A1:AA1010");

        change(new Request().setDeleteDimension(new DeleteDimensionRequest().setRange(range("ROWS", 1, 4))));
        assertThat(tab.get("B2")).isEqualTo("a");
        assertThat(tab.get("D2")).isEqualTo(20.0);
    }

    @Test
    void sortsRowsWithTheirFormulas() throws IOException {
        var area = new GridRange()
                .setSheetId(0)
                .setStartRowIndex(1)
                .setEndRowIndex(4)
                .setStartColumnIndex(0)
                .setEndColumnIndex(3);
        var byAge = new SortSpec().setDimensionIndex(1).setSortOrder("DESCENDING");
        change(new Request().setSortRange(new SortRangeRequest().setRange(area).setSortSpecs(List.of(byAge))));

        var values = client.spreadsheets().values().get(ID, "Devices!A2:C4");
        assertThat(values.execute().getValues())
                .containsExactly(List.of("a", "10", "20"), List.of("c", "3", "6"), List.of("b", "2", "4"));
        assertThat(values.setValueRenderOption("FORMULA")
                        .execute()
                        .getValues()
                        .get(0)
                        .get(2))
                .isEqualTo("=B2*2");
    }

    @Test
    void writesCellsWithFormats() throws IOException {
        var date = new CellFormat()
                .setNumberFormat(new com.google.api.services.sheets.v4.model.NumberFormat()
                        .setType("DATE")
                        .setPattern("yyyy-mm-dd"));
        var cell = new CellData()
                .setUserEnteredValue(new ExtendedValue().setNumberValue(46270.0))
                .setUserEnteredFormat(date);
        change(new Request()
                .setUpdateCells(new UpdateCellsRequest()
                        .setStart(new GridCoordinate()
                                .setSheetId(0)
                                .setRowIndex(9)
                                .setColumnIndex(1))
                        .setRows(List.of(new RowData().setValues(List.of(cell))))
                        .setFields("userEnteredValue,userEnteredFormat.numberFormat")));
        assertThat(tab.shown("B10")).isEqualTo("2026-09-05");

        var ages = new GridRange()
                .setSheetId(0)
                .setStartRowIndex(1)
                .setEndRowIndex(3)
                .setStartColumnIndex(1)
                .setEndColumnIndex(2);
        change(new Request()
                .setRepeatCell(new RepeatCellRequest()
                        .setRange(ages)
                        .setCell(new CellData().setUserEnteredFormat(date))
                        .setFields("userEnteredFormat.numberFormat")));
        assertThat(tab.shown("B3")).isEqualTo("1900-01-09");
        assertThat(tab.get("B3")).isEqualTo(10.0);
    }

    private static Spreadsheet changeAndRead(List<String> ranges, String fields, Request... requests)
            throws IOException {
        var body = new BatchUpdateSpreadsheetRequest()
                .setRequests(List.of(requests))
                .setIncludeSpreadsheetInResponse(true)
                .setResponseRanges(ranges);
        return client.spreadsheets()
                .batchUpdate(ID, body)
                .setFields(fields)
                .execute()
                .getUpdatedSpreadsheet();
    }

    private static Request appended(String text) {
        var cell = new CellData().setUserEnteredValue(new ExtendedValue().setStringValue(text));
        return new Request()
                .setAppendCells(new AppendCellsRequest()
                        .setSheetId(0)
                        .setRows(List.of(new RowData().setValues(List.of(cell))))
                        .setFields("userEnteredValue"));
    }

    @Test
    void answersWithTheSpreadsheetAsItIsThen() throws IOException {
        Spreadsheet after = changeAndRead(
                List.of("Devices!A5:A", "Devices!A2"),
                "updatedSpreadsheet.sheets(properties.sheetId,data(startRow,rowData.values.userEnteredValue))",
                appended("new"));

        var data = after.getSheets().get(0).getData();
        assertThat(after.getSpreadsheetId()).isNull();
        assertThat(data.get(0).getStartRow()).isEqualTo(4);
        assertThat(data.get(0)
                        .getRowData()
                        .get(0)
                        .getValues()
                        .get(0)
                        .getUserEnteredValue()
                        .getStringValue())
                .isEqualTo("new");
        assertThat(data.get(0).getRowData().get(0).getValues().get(0).getFormattedValue())
                .isNull();
        assertThat(data.get(1).getRowData()).hasSize(1);
    }

    @Test
    void changesNothingIfTheRangeOfTheAnswerIsNotThere() {
        var refusal = refusal(() -> changeAndRead(List.of("Devices!A5000"), "updatedSpreadsheet", appended("new")));
        assertThat(refusal.getDetails().getMessage())
                .isEqualTo("Range (Devices!A5000) exceeds grid limits. Max rows: 1000, max columns: 26");
        assertThat(tab.get("A5")).isNull();
    }

    @Test
    void keepsToTheCellLimitThatIsSet() {
        tab.resize(4, 5);
        spreadsheet.limitCells(20);
        assertThat(refusal(() -> change(appended("new"))).getDetails().getMessage())
                .isEqualTo("Invalid requests[0].appendCells: This action would increase the number of cells in the"
                        + " workbook above the limit of 20 cells.");
    }

    @Test
    void refusesToEditProtectedCells() throws IOException {
        tab.protect("B2:C2", true);
        change(updated(1, 0, "x"));
        var refusal = refusal(() -> change(updated(1, 0, "y", "y")));
        assertThat(refusal.getStatusCode()).isEqualTo(400);
        assertThat(refusal.getDetails().getMessage())
                .isEqualTo("Invalid requests[0].updateCells: You are trying to edit a protected cell or object. Please"
                        + " contact the spreadsheet owner to remove protection if you need to edit.");
        assertThat(tab.get("A2")).isEqualTo("x");
        tab.protect("B2:C2", false);
        change(updated(1, 0, "y", "y"));
        assertThat(tab.get("B2")).isEqualTo("y");
    }

    private static Request updated(int row, int column, String... texts) {
        var cells = Stream.of(texts)
                .map(text -> new CellData().setUserEnteredValue(new ExtendedValue().setStringValue(text)))
                .toList();
        return new Request()
                .setUpdateCells(new UpdateCellsRequest()
                        .setStart(new GridCoordinate()
                                .setSheetId(0)
                                .setRowIndex(row)
                                .setColumnIndex(column))
                        .setRows(List.of(new RowData().setValues(cells)))
                        .setFields("userEnteredValue"));
    }

    @Test
    void refusesToUpdateOutsideOfTheGrid() {
        assertThat(refusal(() -> change(updated(1000, 0, "x"))).getDetails().getMessage())
                .isEqualTo("Invalid requests[0].updateCells: GridCoordinate.rowIndex[1000] is after last row in"
                        + " grid[1000]");
    }

    @Test
    void clearsWhatTheRowsOfARangeDoNotCover() throws IOException {
        change(new Request()
                .setUpdateCells(new UpdateCellsRequest()
                        .setRange(new GridRange()
                                .setSheetId(0)
                                .setStartRowIndex(1)
                                .setEndRowIndex(3)
                                .setStartColumnIndex(0)
                                .setEndColumnIndex(1))
                        .setRows(List.of())
                        .setFields("userEnteredValue")));
        assertThat(tab.get("A2")).isNull();
        assertThat(tab.get("A3")).isNull();
        assertThat(tab.get("B2")).isEqualTo(3.0);
    }

    @Test
    void changesAllOrNothing() {
        var refusal = refusal(() -> change(
                new Request().setDeleteDimension(new DeleteDimensionRequest().setRange(range("ROWS", 0, 2))),
                new Request().setDeleteSheet(new DeleteSheetRequest().setSheetId(99))));
        assertThat(refusal.getStatusCode()).isEqualTo(400);
        assertThat(refusal.getDetails().getMessage()).isEqualTo("Invalid requests[1].deleteSheet: No grid with id: 99");
        assertThat(tab.get("A1")).isEqualTo("Serial");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        var refusal = refusal(() -> change(new Request().setMergeCells(new MergeCellsRequest())));
        assertThat(refusal.getStatusCode()).isEqualTo(400);
        assertThat(refusal.getDetails().getMessage())
                .isEqualTo("Invalid JSON payload received. Unknown name \"mergeCells\" at 'requests[0]':"
                        + " Cannot find field.");
    }

    @Test
    void refusesToDeleteTheLastTabOrATitleTwice() {
        assertThat(refusal(() -> change(new Request().setDeleteSheet(new DeleteSheetRequest().setSheetId(0))))
                        .getDetails()
                        .getMessage())
                .isEqualTo("Invalid requests[0].deleteSheet: You can't remove all the sheets in a document.");
        var again = new AddSheetRequest().setProperties(new SheetProperties().setTitle("devices"));
        assertThat(refusal(() -> change(new Request().setAddSheet(again)))
                        .getDetails()
                        .getMessage())
                .isEqualTo("Invalid requests[0].addSheet: A sheet with the name \"devices\" already exists."
                        + " Please enter another name.");
    }

    @Test
    void createsSpreadsheets() throws IOException {
        var created = client.spreadsheets()
                .create(new Spreadsheet()
                        .setProperties(
                                new SpreadsheetProperties().setTitle("Mine").setTimeZone("Europe/Oslo")))
                .execute();
        assertThat(created.getProperties().getTitle()).isEqualTo("Mine");
        assertThat(created.getProperties().getTimeZone()).isEqualTo("Europe/Oslo");
        assertThat(created.getSheets().get(0).getProperties().getTitle()).isEqualTo("Sheet1");
        assertThat(client.spreadsheets()
                        .get(created.getSpreadsheetId())
                        .execute()
                        .getProperties()
                        .getTitle())
                .isEqualTo("Mine");
    }
}
