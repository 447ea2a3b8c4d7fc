package dev.syncline.dev.sheets;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.model.CellData;
import com.google.api.services.sheets.v4.model.ValueRange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Google's own client reads from the stand-in what it would read from Google. */
class ReadingTest {
    private static final String ID = "devices-1";

    private static SheetsStandIn standIn;
    private static Sheets client;

    private StandInTab tab;

    @BeforeAll
    static void start() {
        standIn = SheetsStandIn.start(0);
        client = GoogleClient.reading(standIn);
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @BeforeEach
    void fill() {
        var spreadsheet = standIn.create(ID, "Our devices", ZoneId.of("America/New_York"));
        tab = spreadsheet
                .tab("Devices")
                .fill(List.of(
                        List.of("Serial", "Price", "Bought", "Seen", "Fine", "Double"),
                        Arrays.asList(
                                "007",
                                1234.5,
                                LocalDate.of(2026, 1, 5),
                                LocalDateTime.of(2026, 1, 5, 18, 30),
                                true,
                                "=B2*2"),
                        List.of(),
                        Arrays.asList("abc", null, null, null, false, "=B4/0")));
        tab.format("B2:B4", "CURRENCY", "\"$\"#,##0.00");
        spreadsheet.tab("It's new").fill(List.of(List.of("x")));
    }

    private static ValueRange get(String range, String render) throws IOException {
        return client.spreadsheets()
                .values()
                .get(ID, range)
                .setValueRenderOption(render)
                .execute();
    }

    @Test
    void showsWhatThePageShows() throws IOException {
        var values = get("Devices", "FORMATTED_VALUE");
        assertThat(values.getRange()).isEqualTo("Devices!A1:Z1000");
        assertThat(values.getMajorDimension()).isEqualTo("ROWS");
        assertThat(values.getValues())
                .containsExactly(
                        List.of("Serial", "Price", "Bought", "Seen", "Fine", "Double"),
                        List.of("007", "$1,234.50", "2026-01-05", "2026-01-05 18:30:00", "TRUE", "2469"),
                        List.of(),
                        List.of("abc", "", "", "", "FALSE", "#DIV/0!"));
    }

    @Test
    void givesBareValues() throws IOException {
        assertThat(get("Devices!A2:F2", "UNFORMATTED_VALUE").getValues())
                .containsExactly(List.of(
                        "007",
                        new BigDecimal("1234.5"),
                        new BigDecimal("46027"),
                        new BigDecimal("46027.770833333336"),
                        true,
                        new BigDecimal("2469")));
        assertThat(get("Devices!F4", "UNFORMATTED_VALUE").getValues()).containsExactly(List.of("#DIV/0!"));
    }

    @Test
    void givesDatesAsTextOnDemand() throws IOException {
        var values = client.spreadsheets()
                .values()
                .get(ID, "Devices!B2:C2")
                .setValueRenderOption("UNFORMATTED_VALUE")
                .setDateTimeRenderOption("FORMATTED_STRING")
                .execute();
        assertThat(values.getValues()).containsExactly(List.of(new BigDecimal("1234.5"), "2026-01-05"));
    }

    @Test
    void givesFormulas() throws IOException {
        assertThat(get("Devices!E2:F2", "FORMULA").getValues()).containsExactly(List.of(true, "=B2*2"));
    }

    @Test
    void givesColumns() throws IOException {
        var values = client.spreadsheets()
                .values()
                .get(ID, "Devices!A:B")
                .setMajorDimension("COLUMNS")
                .execute();
        assertThat(values.getRange()).isEqualTo("Devices!A1:B1000");
        assertThat(values.getValues())
                .containsExactly(List.of("Serial", "007", "", "abc"), List.of("Price", "$1,234.50"));
    }

    @Test
    void knowsTabsWithQuotes() throws IOException {
        var values = get("'It''s new'!A1:B2", "FORMATTED_VALUE");
        assertThat(values.getRange()).isEqualTo("'It''s new'!A1:B2");
        assertThat(values.getValues()).containsExactly(List.of("x"));
        assertThat(get("It's new", "FORMATTED_VALUE").getValues()).containsExactly(List.of("x"));
    }

    @Test
    void leavesValuesOutWhereThereAreNone() throws IOException {
        assertThat(get("Devices!A3:C3", "FORMATTED_VALUE").getValues()).isNull();
    }

    @Test
    void readsSeveralRanges() throws IOException {
        var values = client.spreadsheets()
                .values()
                .batchGet(ID)
                .setRanges(List.of("Devices!A2", "'It''s new'!1:1"))
                .execute();
        assertThat(values.getSpreadsheetId()).isEqualTo(ID);
        assertThat(values.getValueRanges())
                .extracting(ValueRange::getRange)
                .containsExactly("Devices!A2", "'It''s new'!A1:Z1");
    }

    @Test
    void tellsOfTheSpreadsheet() throws IOException {
        var spreadsheet = client.spreadsheets().get(ID).execute();
        assertThat(spreadsheet.getProperties().getTitle()).isEqualTo("Our devices");
        assertThat(spreadsheet.getProperties().getTimeZone()).isEqualTo("America/New_York");
        assertThat(spreadsheet.getProperties().getLocale()).isEqualTo("en_US");
        var properties = spreadsheet.getSheets().get(0).getProperties();
        assertThat(properties.getSheetId()).isZero();
        assertThat(properties.getTitle()).isEqualTo("Devices");
        assertThat(properties.getIndex()).isZero();
        assertThat(properties.getSheetType()).isEqualTo("GRID");
        assertThat(properties.getGridProperties().getRowCount()).isEqualTo(1_000);
        assertThat(properties.getGridProperties().getColumnCount()).isEqualTo(26);
        assertThat(spreadsheet.getSheets().get(0).getData()).isNull();
        assertThat(spreadsheet.getSheets()).hasSize(2);
    }

    @Test
    void tellsTheCellsThatAFieldMaskAsksFor() throws IOException {
        var spreadsheet = client.spreadsheets()
                .get(ID)
                .setRanges(List.of("Devices!B2:F4"))
                .setFields("sheets(properties.title,data(startRow,startColumn,rowData/values(effectiveValue,"
                        + "effectiveFormat.numberFormat.type)))")
                .execute();

        assertThat(spreadsheet.getProperties()).isNull();
        assertThat(spreadsheet.getSheets()).hasSize(1);
        var data = spreadsheet.getSheets().get(0).getData().get(0);
        assertThat(data.getStartRow()).isEqualTo(1);
        assertThat(data.getStartColumn()).isEqualTo(1);
        assertThat(data.getRowData()).hasSize(3);
        List<CellData> first = data.getRowData().get(0).getValues();
        assertThat(first.get(0).getEffectiveValue().getNumberValue()).isEqualTo(1234.5);
        assertThat(first.get(0).getEffectiveFormat().getNumberFormat().getType())
                .isEqualTo("CURRENCY");
        assertThat(first.get(0).getFormattedValue()).isNull();
        assertThat(first.get(1).getEffectiveFormat().getNumberFormat().getType())
                .isEqualTo("DATE");
        assertThat(first.get(3).getEffectiveValue().getBoolValue()).isTrue();
        assertThat(data.getRowData().get(1).getValues())
                .as("row 3 is blank but for its format")
                .hasSize(1);
        List<CellData> last = data.getRowData().get(2).getValues();
        assertThat(last).as("blank cells keep their places").hasSize(5);
        assertThat(last.get(4).getEffectiveValue().getErrorValue().getType()).isEqualTo("DIVIDE_BY_ZERO");
    }

    @Test
    void tellsAllCellsWithIncludeGridData() throws IOException {
        var spreadsheet = client.spreadsheets().get(ID).setIncludeGridData(true).execute();
        var cell = spreadsheet
                .getSheets()
                .get(0)
                .getData()
                .get(0)
                .getRowData()
                .get(1)
                .getValues()
                .get(5);
        assertThat(cell.getUserEnteredValue().getFormulaValue()).isEqualTo("=B2*2");
        assertThat(cell.getEffectiveValue().getNumberValue()).isEqualTo(2469);
        assertThat(cell.getFormattedValue()).isEqualTo("2469");
    }

    @Test
    void seesRowsComeAndGo() throws IOException {
        tab.insertRow(2);
        assertThat(get("Devices!A3:F3", "FORMULA").getValues().get(0).get(5)).isEqualTo("=B3*2");
        tab.deleteRow(2).deleteRow(2);
        assertThat(get("Devices!A2:F3", "FORMATTED_VALUE").getValues())
                .containsExactly(List.of(), List.of("abc", "", "", "", "FALSE", "#DIV/0!"));
    }
}
