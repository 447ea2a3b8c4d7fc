package dev.syncline.source;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.google.api.services.sheets.v4.model.GridProperties;
import com.google.api.services.sheets.v4.model.Sheet;
import com.google.api.services.sheets.v4.model.SheetProperties;
import com.google.api.services.sheets.v4.model.Spreadsheet;
import com.google.api.services.sheets.v4.model.SpreadsheetProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SheetPartsTest {
    @ParameterizedTest
    @CsvSource({"0, A", "25, Z", "26, AA", "51, AZ", "52, BA", "701, ZZ", "702, AAA", "18277, ZZZ"})
    void columnsHaveLetters(int column, String letters) {
        assertThat(SheetRange.letters(column)).isEqualTo(letters);
    }

    @Test
    void rangesQuoteTheTab() {
        assertThat(SheetRange.tab("It's")).isEqualTo("'It''s'");
        assertThat(SheetRange.rows("A1", 2, 33)).isEqualTo("'A1'!2:33");
        assertThat(SheetRange.column("Devices", 27)).isEqualTo("'Devices'!AB:AB");
    }

    @Test
    void aZoneOfGooglesOwnKindIsUnderstood() {
        assertThat(SheetOutline.of(spreadsheet("GMT-07:00"), "devices").zone()).isEqualTo(ZoneId.of("GMT-07:00"));
        assertThat(SheetOutline.of(spreadsheet(" "), "Devices").zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(SheetOutline.of(spreadsheet(null), "Devices").zone()).isEqualTo(ZoneOffset.UTC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Olympus Mons", "GMT-99:00"})
    void aZoneThatNobodyKnowsIsRefused(String zone) {
        SyncException failure =
                catchThrowableOfType(SyncException.class, () -> SheetOutline.of(spreadsheet(zone), "Devices"));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_SYNC_CONFIGURATION);
        assertThat(failure.detail())
                .isEqualTo("The spreadsheet's time zone '" + zone + "' is not known; choose another in its settings");
    }

    @Test
    void aChartIsNoTable() {
        Spreadsheet spreadsheet = spreadsheet("Etc/UTC");
        spreadsheet.getSheets().get(0).getProperties().setGridProperties(null).setSheetType("OBJECT");

        SyncException failure =
                catchThrowableOfType(SyncException.class, () -> SheetOutline.of(spreadsheet, "Devices"));

        assertThat(failure.detail()).isEqualTo("The tab 'Devices' has no cells: it is a OBJECT");
    }

    @Test
    void textThatStandsInManyCellsIsKeptOnce() {
        // Given: as a parser makes them, each its own
        List<List<Object>> values = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            values.add(new ArrayList<>(Arrays.asList(new String("Active"), new String("x".repeat(65)))));
        }

        // When
        SheetCells cells = new SheetCells(1, 10);
        cells.add(1, values);

        // Then
        assertThat(cells.rows().get(2).get(0)).isSameAs(cells.rows().get(0).get(0));
        assertThat(cells.rows().get(2).get(1))
                .isEqualTo(cells.rows().get(0).get(1))
                .isNotSameAs(cells.rows().get(0).get(1));
        assertThat(values).containsOnly(List.of());
    }

    @Test
    void theColumnThatTellsMostRowsApartNamesThem() {
        List<List<Object>> rows = List.of(
                List.of("Status", "Serial", "Copy"),
                Arrays.asList("Active", "a", "a"),
                List.of(),
                Arrays.asList("Lost", "b"),
                Arrays.asList("Active", "c", "c"));

        RowNames names = RowNames.of(rows, 1);

        assertThat(names.column()).isEqualTo(1);
        assertThat(names.header()).containsExactly("Status", "Serial", "Copy");
        assertThat(names.names()).containsExactly("Serial", "a", null, "b", "c");
    }

    @Test
    void limitsAndAddressesMustBePossible() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SheetLimits(0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new SheetAddress("id", " ", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SheetAddress("id", "Devices", 0));
    }

    private static Spreadsheet spreadsheet(String zone) {
        GridProperties grid = new GridProperties().setRowCount(1000).setColumnCount(26);
        Sheet sheet = new Sheet()
                .setProperties(new SheetProperties()
                        .setTitle("Devices")
                        .setSheetType("GRID")
                        .setGridProperties(grid));
        return new Spreadsheet()
                .setProperties(new SpreadsheetProperties().setTimeZone(zone))
                .setSheets(List.of(sheet));
    }
}
