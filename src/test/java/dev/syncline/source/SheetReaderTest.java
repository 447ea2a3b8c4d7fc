package dev.syncline.source;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.dev.sheets.SheetsStandIn;
import dev.syncline.dev.sheets.StandInTab;
import dev.syncline.google.SheetsDesk;
import dev.syncline.google.SheetsSettings;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Tabs read through Google's own client, from a stand-in that speaks its protocol. */
@QuarkusTest
class SheetReaderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ID = "roster-1";
    private static final SheetAddress DEVICES = new SheetAddress(ID, "Devices", 1);
    private static final int COLUMNS = 26;
    /** The API gives a new tab so many rows. */
    private static final int ROWS = 1000;

    private static final SheetLimits WHOLE = new SheetLimits(25_000, PATIENCE);
    private static final SheetLimits IN_TWO_PAGES = new SheetLimits(25_000, ROWS / 2 * COLUMNS, PATIENCE);

    /** Of the calls that a reading in two pages takes: outline, formats, page, page, check. */
    private static final int SECOND_PAGE = 4;

    private static final int CALLS_OF_TWO_PAGES = 5;

    @Inject
    MongoDatabase database;

    private final SheetsStandIn google = SheetsStandIn.start(0);
    private StandInTab tab;

    @BeforeEach
    void start() {
        tab = google.create(ID, "Our devices", ZoneId.of("America/New_York")).tab("Devices");
    }

    @AfterEach
    void stop() {
        google.close();
    }

    @Test
    @DisplayName("S0-27, S0-28: cells arrive exactly as they are kept, and each at its place")
    void cellsArriveAsTheyAre() {
        // Given
        String longest = "x".repeat(50_000);
        tab.fill(List.of(
                List.of("Serial", "Text", "Number", "Fine", "Error", "Bought", "Seen"),
                Arrays.asList(
                        "007",
                        "123456789012345678",
                        1234.5,
                        true,
                        "=1/0",
                        LocalDate.of(2026, 1, 31),
                        LocalDateTime.of(2026, 1, 31, 18, 0)),
                List.of(),
                Arrays.asList(" ABC-1 ", null, 15, false, null, null, null),
                Arrays.asList(null, "👩‍🚀 Zoë\nline", 1e-7),
                List.of("long", longest)));

        // When
        SheetTab read = read(DEVICES, WHOLE);

        // Then
        assertThat(read.spreadsheet()).isEqualTo(ID);
        assertThat(read.title()).isEqualTo("Devices");
        assertThat(read.zone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(read.dateColumns()).containsExactlyInAnyOrder(5, 6);
        assertThat(read.calls()).isEqualTo(3);
        assertThat(read.retries()).isZero();
        assertThat(read.rows()).hasSize(6);
        assertThat(read.rows().get(1))
                .containsExactly(
                        "007",
                        "123456789012345678",
                        new BigDecimal("1234.5"),
                        true,
                        "#DIV/0!",
                        new BigDecimal("46053"),
                        new BigDecimal("46053.75"));
        assertThat(read.rows().get(2)).isEmpty();
        assertThat(read.rows().get(3)).containsExactly(" ABC-1 ", null, new BigDecimal("15"), false);
        assertThat(read.rows().get(4).get(0)).isNull();
        assertThat(read.rows().get(4).get(1)).isEqualTo("👩‍🚀 Zoë\nline");
        assertThat((BigDecimal) read.rows().get(4).get(2)).isEqualByComparingTo("0.0000001");
        assertThat(read.rows().get(5)).containsExactly("long", longest);
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000_000, ROWS / 2 * COLUMNS, 100 * COLUMNS, 30 * COLUMNS})
    @DisplayName("S0-36: 600 rows with a gap of 5 that ends at row 501 are all read, however they are read")
    void aGapIsNoEnd(int cellsAtOnce) {
        // Given: rows 497 to 501 are blank
        List<List<?>> rows = rows(606);
        IntStream.rangeClosed(497, 501).forEach(row -> rows.set(row - 1, List.of()));
        tab.fill(rows);

        // When
        SheetTab read = read(DEVICES, new SheetLimits(600, cellsAtOnce, PATIENCE));

        // Then
        assertThat(read.rows()).hasSize(606);
        assertThat(read.rows().stream().filter(row -> !row.isEmpty())).hasSize(601);
        assertThat(read.rows().subList(496, 501)).containsOnly(List.of());
        assertThat(read.rows().get(501).get(0)).isEqualTo("serial-502");
        assertThat(read.rows().get(605).get(0)).isEqualTo("serial-606");
    }

    @Test
    @DisplayName("S0-36: one row more than the cap is refused, and none is cut off")
    void moreThanTheCapIsRefused() {
        // Given: 600 rows with data
        tab.fill(rows(601));

        // When
        SyncException failure = failure(DEVICES, new SheetLimits(599, PATIENCE));

        // Then
        assertThat(failure.code()).isEqualTo(ErrorCode.SHEET_TOO_LARGE);
        assertThat(failure.detail()).isEqualTo("The tab has more than 599 rows with data below its header");
        assertThat(read(DEVICES, new SheetLimits(600, PATIENCE)).rows()).hasSize(601);
    }

    @Test
    @DisplayName("S0-36: a large grid that is nearly blank is no large sheet")
    void blankRowsDoNotCount() {
        // Given
        tab.fill(rows(101)).resize(50_000, COLUMNS);

        // When
        SheetTab read = read(DEVICES, new SheetLimits(100, 10_000 * COLUMNS, PATIENCE));

        // Then: five pages, and what comes with them
        assertThat(read.rows()).hasSize(101);
        assertThat(read.calls()).isEqualTo(8);
    }

    @Test
    @DisplayName("Pitfall 13: a row that is put in between two pages is read, and none is read twice")
    void anInsertedRowIsNoticed() {
        tab.fill(rows(800));
        google.faults().before(SECOND_PAGE, () -> tab.insertRow(2).set("A2", "new"));

        SheetTab read = read(DEVICES, IN_TWO_PAGES);

        assertThat(serials(read)).hasSize(801).doesNotHaveDuplicates().contains("new", "serial-500", "serial-800");
        // The grid has one row more by then, which is a third page.
        assertThat(read.calls()).isEqualTo(2 * CALLS_OF_TWO_PAGES + 1);
        assertThat(read.retries()).isZero();
    }

    @Test
    @DisplayName("Pitfall 13: a row that is taken out between two pages hides no other")
    void aDeletedRowIsNoticed() {
        tab.fill(rows(800));
        google.faults().before(SECOND_PAGE, () -> tab.deleteRow(10));

        SheetTab read = read(DEVICES, IN_TWO_PAGES);

        assertThat(serials(read)).hasSize(799).contains("serial-501").doesNotContain("serial-10");
    }

    @Test
    @DisplayName("Pitfall 13: rows that are sorted between two pages are all read")
    void aSortIsNoticed() {
        // Given
        List<List<?>> rows = rows(800);
        tab.fill(rows);
        List<List<?>> sorted = new ArrayList<>(rows.subList(0, 1));
        for (int i = rows.size() - 1; i > 0; i--) {
            sorted.add(rows.get(i));
        }
        google.faults().before(SECOND_PAGE, () -> tab.fill(sorted));

        // When
        SheetTab read = read(DEVICES, IN_TWO_PAGES);

        // Then
        assertThat(serials(read)).hasSize(800).doesNotHaveDuplicates();
        assertThat(read.rows().get(1).get(0)).isEqualTo("serial-800");
    }

    @Test
    @DisplayName("Pitfall 13: a column that is put in between two pages shifts no cell")
    void aNewColumnIsNoticed() {
        // Given
        tab.fill(rows(800));
        List<List<?>> shifted =
                rows(800).stream().<List<?>>map(SheetReaderTest::withNewColumn).toList();
        google.faults().before(SECOND_PAGE, () -> tab.fill(shifted));

        // When
        SheetTab read = read(DEVICES, IN_TWO_PAGES);

        // Then
        assertThat(read.rows().get(0)).containsExactly("Serial", "New", "Status");
        assertThat(read.rows().get(799)).containsExactly("serial-800", "new", "Active");
    }

    @Test
    @DisplayName("Pitfall 13: a tab that becomes smaller while it is read is read again")
    void aSmallerTabIsNoticed() {
        tab.fill(rows(800));
        google.faults().before(SECOND_PAGE, () -> tab.resize(400, COLUMNS));

        SheetTab read = read(DEVICES, IN_TWO_PAGES);

        assertThat(read.rows()).hasSize(400);
    }

    @Test
    @DisplayName("Pitfall 13: columns that move between the formats and the cells are noticed in one call too")
    void aHeaderThatMovesIsNoticed() {
        // Given
        tab.fill(List.of(List.of("Serial", "Bought"), List.of("a", LocalDate.of(2026, 1, 31))));
        List<List<?>> moved = List.of(List.of("Bought", "Serial"), List.of(LocalDate.of(2026, 1, 31), "a"));
        google.faults().before(3, () -> tab.fill(moved));

        // When
        SheetTab read = read(DEVICES, WHOLE);

        // Then
        assertThat(read.rows().get(0)).containsExactly("Bought", "Serial");
        assertThat(read.dateColumns()).containsExactly(0);
        assertThat(read.calls()).isEqualTo(6);
    }

    @Test
    @DisplayName("Who cannot read a sheet in peace says so, after three readings")
    void aBusySheetIsGivenUp() {
        // Given
        tab.fill(rows(800));
        for (int reading = 0; reading < 3; reading++) {
            String serial = "edit-" + reading;
            google.faults().before(reading * CALLS_OF_TWO_PAGES + SECOND_PAGE, () -> tab.set("A2", serial));
        }

        // When
        SyncException failure = failure(DEVICES, IN_TWO_PAGES);

        // Then
        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_CHANGED);
        assertThat(google.calls()).hasSize(3 * CALLS_OF_TWO_PAGES);
    }

    @Test
    @DisplayName("S0-42: repeats are counted in what was read")
    void repeatsAreCounted() {
        tab.fill(rows(10));
        google.faults().matching("values").cut(1);
        google.faults().matching("fields=properties").fail(503, "backendError", 1);

        SheetTab read = read(DEVICES, WHOLE);

        assertThat(read.rows()).hasSize(10);
        assertThat(read.calls()).isEqualTo(5);
        assertThat(read.retries()).isEqualTo(2);
    }

    @Test
    @DisplayName("S0-11, S0-26: a tab that there is not is named, with those that there are")
    void anUnknownTabIsNamed() {
        google.spreadsheet(ID).tab("It's new").fill(rows(1));

        SyncException failure = failure(new SheetAddress(ID, "Laptops", 1), WHOLE);

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_SYNC_CONFIGURATION);
        assertThat(failure.detail()).isEqualTo("The spreadsheet has no tab 'Laptops'; it has 'Devices', 'It's new'");
    }

    @Test
    void aTabMayHaveAnyName() {
        google.spreadsheet(ID).tab("It's A1").fill(rows(3));

        assertThat(read(new SheetAddress(ID, "it's a1", 1), WHOLE).rows()).hasSize(3);
        assertThat(read(new SheetAddress(ID, "It's A1", 1), IN_TWO_PAGES).title())
                .isEqualTo("It's A1");
    }

    @Test
    @DisplayName("S0-11: a spreadsheet that there is not, or is not shared, is told with whom to share it")
    void whatIsNotSharedIsTold() {
        SyncException missing = failure(new SheetAddress("another", "Devices", 1), WHOLE);
        assertThat(missing.code()).isEqualTo(ErrorCode.SHEET_NOT_FOUND);
        assertThat(missing.detail())
                .isEqualTo("Google has no such spreadsheet, or none that is shared with " + google.accountEmail());

        google.spreadsheet(ID).unshare(google.accountEmail());
        SyncException unshared = failure(DEVICES, WHOLE);
        assertThat(unshared.code()).isEqualTo(ErrorCode.SHEETS_AUTH_REVOKED);
        assertThat(unshared.detail()).isEqualTo("The spreadsheet is not shared with " + google.accountEmail());
    }

    @Test
    void aBlankTabHasNoRows() {
        assertThat(read(DEVICES, WHOLE).rows()).isEmpty();
        assertThat(read(DEVICES, IN_TWO_PAGES).rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 1000, 1001, 5000})
    void aHeaderThatIsNotThereIsTheCallersBusiness(int headerRow) {
        tab.fill(rows(3));

        SheetAddress address = new SheetAddress(ID, "Devices", headerRow);

        assertThat(read(address, WHOLE).rows()).hasSize(3);
        assertThat(read(address, IN_TWO_PAGES).rows()).hasSize(3);
    }

    @Test
    void aColumnIsOneOfDatesIfMostOfItsNumbersAre() {
        // Given: two dates and a number; a date and two numbers; a date far below what is looked at
        LocalDate day = LocalDate.of(2026, 1, 31);
        List<List<?>> rows = new ArrayList<>(List.of(
                List.of("Serial", "Mostly", "Hardly", "Late"),
                Arrays.asList("a", day, day, null),
                Arrays.asList("b", day, 2, null),
                Arrays.asList("c", 3, 3, null)));
        while (rows.size() < 40) {
            rows.add(List.of("d"));
        }
        rows.add(List.of("e", "", "", day));
        tab.fill(rows);

        // When
        SheetTab read = read(DEVICES, WHOLE);

        // Then
        assertThat(read.dateColumns()).containsExactly(1);
    }

    private static List<List<?>> rows(int count) {
        List<List<?>> rows = new ArrayList<>();
        rows.add(List.of("Serial", "Status"));
        for (int row = 2; row <= count; row++) {
            rows.add(List.of("serial-" + row, "Active"));
        }
        return rows;
    }

    private static List<?> withNewColumn(List<?> row) {
        return List.of(row.get(0), row.get(0).equals("Serial") ? "New" : "new", row.get(1));
    }

    private static List<Object> serials(SheetTab read) {
        return read.rows().stream().map(row -> row.get(0)).toList();
    }

    private SheetTab read(SheetAddress address, SheetLimits limits) {
        return reader().read(address, limits).await().atMost(PATIENCE);
    }

    private SyncException failure(SheetAddress address, SheetLimits limits) {
        var reading = reader().read(address, limits);
        return catchThrowableOfType(SyncException.class, () -> reading.await().atMost(PATIENCE));
    }

    private SheetReader reader() {
        var settings = SheetsSettings.at(google.root(), google.accountKey());
        return new SheetReader(SheetsDesk.api(settings, database, new SimpleMeterRegistry()));
    }
}
