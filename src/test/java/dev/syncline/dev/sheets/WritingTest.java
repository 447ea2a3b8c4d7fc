package dev.syncline.dev.sheets;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import com.google.api.client.util.Data;
import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.model.BatchClearValuesRequest;
import com.google.api.services.sheets.v4.model.BatchUpdateValuesRequest;
import com.google.api.services.sheets.v4.model.ClearValuesRequest;
import com.google.api.services.sheets.v4.model.UpdateValuesResponse;
import com.google.api.services.sheets.v4.model.ValueRange;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.syncline.dev.sheets.GoogleClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

/** Google's own client writes values into the stand-in as it would at Google. */
class WritingTest {
    private static final String ID = "written";

    private static SheetsStandIn standIn;
    private static Sheets.Spreadsheets.Values values;

    private StandInSpreadsheet spreadsheet;
    private StandInTab tab;

    @BeforeAll
    static void start() {
        standIn = SheetsStandIn.start(0);
        values = GoogleClient.writing(standIn).spreadsheets().values();
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @BeforeEach
    void fill() {
        spreadsheet = standIn.create(ID, "Written", ZoneOffset.UTC);
        tab = spreadsheet.tab("Devices").fill(List.of(List.of("Serial", "Owner"), List.of("a", "Ada")));
    }

    private static ValueRange rows(List<?>... rows) {
        return new ValueRange().setValues(Arrays.asList((List<Object>[]) rows));
    }

    @CanIgnoreReturnValue
    private static UpdateValuesResponse update(String range, String input, List<?>... rows) throws IOException {
        return values.update(ID, range, rows(rows)).setValueInputOption(input).execute();
    }

    @Test
    void writesRawValuesAsTheyAre() throws IOException {
        var answer = update("Devices!A3:C3", "RAW", List.of("007", "=1+2", 1.5));

        assertThat(answer.getSpreadsheetId()).isEqualTo(ID);
        assertThat(answer.getUpdatedRange()).isEqualTo("Devices!A3:C3");
        assertThat(answer.getUpdatedRows()).isEqualTo(1);
        assertThat(answer.getUpdatedColumns()).isEqualTo(3);
        assertThat(answer.getUpdatedCells()).isEqualTo(3);
        assertThat(tab.get("A3")).isEqualTo("007");
        assertThat(tab.get("B3")).isEqualTo("=1+2");
        assertThat(tab.get("C3")).isEqualTo(1.5);
    }

    @Test
    void takesWhatAUserEntersForWhatItMeans() throws IOException {
        update("Devices!A3:D3", "USER_ENTERED", List.of("007", "=1+2", "2026-09-05", "12%"));
        assertThat(tab.get("A3")).isEqualTo(7.0);
        assertThat(tab.get("B3")).isEqualTo(3.0);
        assertThat(tab.get("C3")).isEqualTo(46270.0);
        assertThat(tab.shown("C3")).isEqualTo("2026-09-05");
        assertThat(tab.shown("D3")).isEqualTo("12%");
    }

    @Test
    void skipsNullAndClearsByAnEmptyText() throws IOException {
        var answer = update("Devices!A2:B2", "RAW", List.of(Data.NULL_STRING, ""));
        assertThat(answer.getUpdatedCells()).isEqualTo(1);
        assertThat(tab.get("A2")).isEqualTo("a");
        assertThat(tab.get("B2")).isNull();
    }

    @Test
    void writesColumns() throws IOException {
        var columns = rows(List.of("x", "y"), List.of("z")).setMajorDimension("COLUMNS");
        var answer = values.update(ID, "Devices!D1", columns)
                .setValueInputOption("RAW")
                .execute();
        assertThat(answer.getUpdatedRange()).isEqualTo("Devices!D1:E2");
        assertThat(tab.get("D2")).isEqualTo("y");
        assertThat(tab.get("E1")).isEqualTo("z");
    }

    @Test
    void givesBackWhatItWrote() throws IOException {
        var answer = values.update(ID, "Devices!A3", rows(List.of("$2")))
                .setValueInputOption("USER_ENTERED")
                .setIncludeValuesInResponse(true)
                .setResponseValueRenderOption("FORMATTED_VALUE")
                .execute();
        assertThat(answer.getUpdatedData().getRange()).isEqualTo("Devices!A3");
        assertThat(answer.getUpdatedData().getValues()).containsExactly(List.of("$2"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Devices!A1:A1 | Requested writing within range [Devices!A1], but tried writing to row [2]",
                "Devices!A1:A2 | Requested writing within range [Devices!A1:A2], but tried writing to column [B]",
                "Devices!A1000 | Requested writing within range [Devices!A1000], but tried writing to row [1001]",
                "Devices!Z1    | Requested writing within range [Devices!Z1], but tried writing to column [AA]",
                "Devices!A1001 | Range (Devices!A1001) exceeds grid limits. Max rows: 1000, max columns: 26",
                "Nowhere!A1    | Unable to parse range: Nowhere!A1"
            })
    void refusesWhatDoesNotFit(String range, String message) {
        var refusal = refusal(() -> update(range, "RAW", List.of(1, 2), List.of(3, 4)));
        assertThat(refusal.getDetails().getMessage()).isEqualTo(message);
        assertThat(refusal.getStatusCode()).isEqualTo(400);
        assertThat(tab.get("A1")).isEqualTo("Serial");
    }

    @Test
    void refusesTooLongACell() {
        var refusal = refusal(() -> update("Devices!A3", "RAW", List.of("x".repeat(50_001))));
        assertThat(refusal.getDetails().getMessage())
                .isEqualTo("Your input contains more than the maximum of 50000 characters in a single cell.");
    }

    @Test
    void refusesToWriteInAProtectedTab() {
        tab.protect(true);
        var refusal = refusal(() -> update("Devices!A3", "RAW", List.of("x")));
        assertThat(refusal.getStatusCode()).isEqualTo(400);
        assertThat(refusal.getDetails().getMessage()).startsWith("You are trying to edit a protected cell or object.");
    }

    @Test
    void wantsToKnowHowToTakeTheValues() {
        var refusal = refusal(
                () -> values.update(ID, "Devices!A3", rows(List.of("x"))).execute());
        assertThat(refusal.getDetails().getMessage()).isEqualTo("'valueInputOption' is required but not specified");
        var unknown = refusal(() -> update("Devices!A3", "COOKED", List.of("x")));
        assertThat(unknown.getDetails().getMessage())
                .isEqualTo("Invalid value at 'value_input_option'"
                        + " (type.googleapis.com/google.apps.sheets.v4.ValueInputOption), \"COOKED\"");
    }

    @Test
    void updatesSeveralRangesOrNone() throws IOException {
        var both = new BatchUpdateValuesRequest()
                .setValueInputOption("RAW")
                .setData(List.of(
                        rows(List.of("b")).setRange("Devices!A3"),
                        rows(List.of("c", "d")).setRange("Devices!A4:B4")));
        var answer = values.batchUpdate(ID, both).execute();
        assertThat(answer.getTotalUpdatedRows()).isEqualTo(2);
        assertThat(answer.getTotalUpdatedCells()).isEqualTo(3);
        assertThat(answer.getTotalUpdatedSheets()).isEqualTo(1);
        assertThat(answer.getResponses())
                .extracting(UpdateValuesResponse::getUpdatedRange)
                .containsExactly("Devices!A3", "Devices!A4:B4");

        both.setData(List.of(
                rows(List.of("new")).setRange("Devices!A3"), rows(List.of("x")).setRange("Nowhere!A1")));
        var refusal = refusal(() -> values.batchUpdate(ID, both).execute());
        assertThat(refusal.getDetails().getMessage()).isEqualTo("Invalid data[1]: Unable to parse range: Nowhere!A1");
        assertThat(tab.get("A3")).isEqualTo("b");
    }

    /** The sheet of Google's documentation: a table in A1:C2 and one in B4:D6. */
    @ParameterizedTest(name = "{0}: after {1}, at {2}")
    @CsvSource({
        "Tables,        Tables!B4:D6, Tables!B7:C7",
        "Tables!A1,     Tables!A1:C2, Tables!A3:B3",
        "Tables!B4,     Tables!B4:D6, Tables!B7:C7",
        "Tables!C5:D5,  Tables!B4:D6, Tables!B7:C7",
        "Tables!B2:D4,  Tables!B4:D6, Tables!B7:C7",
        "Tables!A3:G10, Tables!B4:D6, Tables!B7:C7",
        "Tables!E4,     ,             Tables!E4:F4",
        "Tables!A4,     ,             Tables!A4:B4"
    })
    void appendsToTheEndOfTheTable(String range, String table, String written) throws IOException {
        spreadsheet
                .tab("Tables")
                .fill(List.of(
                        List.of("x", "y", "z"),
                        List.of(1, 2, 3),
                        List.of(),
                        Arrays.asList(null, "x", "y", "z"),
                        Arrays.asList(null, 1, 2, 3),
                        Arrays.asList(null, 4, 5, 6)));
        var answer = values.append(ID, range, rows(List.of("new", 9)))
                .setValueInputOption("RAW")
                .execute();
        assertThat(answer.getTableRange()).isEqualTo(table);
        assertThat(answer.getUpdates().getUpdatedRange()).isEqualTo(written);
        assertThat(answer.getUpdates().getUpdatedCells()).isEqualTo(2);
    }

    @Test
    void appendsToABlankTabAtItsBeginning() throws IOException {
        spreadsheet.tab("Blank");
        var answer = values.append(ID, "Blank", rows(List.of("first")))
                .setValueInputOption("RAW")
                .execute();
        assertThat(answer.getTableRange()).isNull();
        assertThat(answer.getUpdates().getUpdatedRange()).isEqualTo("Blank!A1");
    }

    @Test
    void overwritesOrInsertsWhenItAppends() throws IOException {
        tab.set("D3", "beside");
        values.append(ID, "Devices!A1:B1", rows(List.of("b")))
                .setValueInputOption("RAW")
                .setInsertDataOption("INSERT_ROWS")
                .execute();
        assertThat(tab.get("A3")).isEqualTo("b");
        assertThat(tab.get("D3")).isNull();
        assertThat(tab.get("D4")).isEqualTo("beside");

        values.append(ID, "Devices!A1:B1", rows(List.of("c")))
                .setValueInputOption("RAW")
                .setInsertDataOption("OVERWRITE")
                .execute();
        assertThat(tab.get("A4")).isEqualTo("c");
        assertThat(tab.get("D4")).isEqualTo("beside");
    }

    @Test
    void growsTheGridWhenItAppends() throws IOException {
        tab.resize(2, 2);
        values.append(ID, "Devices", rows(List.of("b", "c", "d")))
                .setValueInputOption("RAW")
                .execute();
        assertThat(values.get(ID, "Devices").execute().getRange()).isEqualTo("Devices!A1:C3");
    }

    @Test
    void growsNoFurtherThanTenMillionCells() {
        tab.resize(10_000_000 / 26 - 1_000, 26);
        spreadsheet.tab("Second").resize(1_009, 26).set("A1009", "last");
        var refusal = refusal(() -> values.append(ID, "Second!A1009", rows(List.of("x")))
                .setValueInputOption("RAW")
                .execute());
        assertThat(refusal.getDetails().getMessage())
                .isEqualTo("This action would increase the number of cells in the workbook above the limit of"
                        + " 10000000 cells.");
    }

    @Test
    void clearsValuesAndKeepsFormats() throws IOException {
        tab.type("A3", "12%");
        var answer = values.clear(ID, "Devices!A2:B", new ClearValuesRequest()).execute();
        assertThat(answer.getClearedRange()).isEqualTo("Devices!A2:B1000");
        assertThat(tab.get("A2")).isNull();
        update("Devices!A3", "RAW", List.of(0.5));
        assertThat(tab.shown("A3")).isEqualTo("50%");

        var several = new BatchClearValuesRequest().setRanges(List.of("Devices!A1", "Devices!A3"));
        assertThat(values.batchClear(ID, several).execute().getClearedRanges())
                .containsExactly("Devices!A1", "Devices!A3");
        assertThat(tab.get("A1")).isNull();
        assertThat(tab.get("B1")).isEqualTo("Owner");

        several.setRanges(List.of("Devices!B1", "Devices!A1001:B"));
        assertThat(refusal(() -> values.batchClear(ID, several).execute())
                        .getDetails()
                        .getMessage())
                .isEqualTo("Invalid range[1]: Range (Devices!A1001:B) exceeds grid limits."
                        + " Max rows: 1000, max columns: 26");
        assertThat(tab.get("B1")).isEqualTo("Owner");
    }

    @Test
    void readsManyRangesWhoseAddressIsTooLong() throws IOException {
        var ranges = IntStream.range(1, 400)
                .mapToObj(row -> "Devices!A%d:B%d".formatted(row, row))
                .toList();
        assertThat(values.batchGet(ID).setRanges(ranges).execute().getValueRanges())
                .hasSize(399);
    }
}
