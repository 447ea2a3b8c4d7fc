package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.dev.sheets.StandInTab;
import dev.syncline.google.SheetsDesk;
import dev.syncline.google.SheetsSession;
import dev.syncline.google.SheetsSettings;
import dev.syncline.google.StubGoogle;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.writeback.RowResult.Rejected;
import dev.syncline.writeback.RowResult.Unknown;
import dev.syncline.writeback.RowResult.Unsent;
import dev.syncline.writeback.RowResult.Written;

import static dev.syncline.writeback.Bench.COST;
import static dev.syncline.writeback.Bench.DATE;
import static dev.syncline.writeback.Bench.KEY;
import static dev.syncline.writeback.Bench.NAME;
import static dev.syncline.writeback.Bench.NOTES;
import static dev.syncline.writeback.Bench.SERVICES;
import static dev.syncline.writeback.Bench.append;
import static dev.syncline.writeback.Bench.update;
import static org.assertj.core.api.Assertions.assertThat;

/** Rows that are written while nobody else works on the tab. */
@QuarkusTest
class SheetWriterTest {
    private static final int LONGEST_DETAIL = 200;
    private static final String BLANK = "Cell[entered=null, format=null]";

    @Inject
    MongoDatabase database;

    private Bench bench;
    private StandInTab tab;

    @BeforeEach
    void start() {
        bench = new Bench(database);
        tab = bench.tab;
    }

    private static String[] keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i).toArray(String[]::new);
    }

    @Test
    @DisplayName("S2-14, S2-20: an update changes its own cells; columns of others and formulas stay byte for byte")
    void anUpdateTouchesNothingElse() {
        // Given: formats of theirs, too
        bench.withRows("a", "b", "c");
        tab.format("B1:B4", "NUMBER", "0.00").format("E1:E4", "NUMBER", "#,##0");
        List<List<Object>> before = tab.snapshot();

        // When: all that we own, but for the key
        RowResult result = bench.write(update(
                bench.read(),
                "b",
                Map.of(
                        NAME, CellValue.text("New"),
                        DATE, CellValue.number(46_000),
                        COST, CellValue.number(7_000_000),
                        NOTES, CellValue.text("n"))));

        // Then
        assertThat(result).isEqualTo(new Written(3));
        assertThat(tab.get("A3")).isEqualTo("New");
        assertThat(tab.get("D3")).isEqualTo(7_000_000.0);
        assertThat(tab.get("F3")).isEqualTo("n");
        assertThat(tab.entered("E3")).isEqualTo("=D3*2");
        assertThat(tab.get("E3")).isEqualTo(14_000_000.0);
        assertThat(changed(before, tab.snapshot())).containsExactly("3:0", "3:2", "3:3", "3:5");
    }

    /** Row from 1 and column from 0 of each cell that is another one. */
    private static List<String> changed(List<List<Object>> before, List<List<Object>> after) {
        List<String> changed = new ArrayList<>();
        for (int row = 0; row < Math.max(before.size(), after.size()); row++) {
            for (int column = 0; column < 30; column++) {
                if (!String.valueOf(at(before, row, column)).equals(String.valueOf(at(after, row, column)))) {
                    changed.add((row + 1) + ":" + column);
                }
            }
        }
        return changed;
    }

    private static Object at(List<List<Object>> rows, int row, int column) {
        return row < rows.size() && column < rows.get(row).size()
                ? rows.get(row).get(column)
                : BLANK;
    }

    @Test
    @DisplayName("S2-20: what the record has not any more clears its own cell, and no other")
    void aMissingValueClearsItsCell() {
        bench.withRows("a", "b");
        List<List<Object>> before = tab.snapshot();

        assertThat(bench.write(update(bench.read(), "a", Map.of(COST, CellValue.BLANK))))
                .isEqualTo(new Written(2));

        assertThat(tab.get("D2")).isNull();
        assertThat(changed(before, tab.snapshot())).containsExactly("2:3");
    }

    @Test
    @DisplayName("S2-15: dates and amounts are real numbers, shown in the pattern of their column")
    void numbersAreShownInTheirPattern() {
        bench.withRows("a");

        bench.write(List.of(
                update(bench.read(), "a", Map.of(DATE, CellValue.number(46_023), COST, CellValue.number(1_234_567))),
                append(bench.read(), "b", Map.of(DATE, CellValue.number(46_024), COST, CellValue.number(890)))));

        assertThat(tab.get("C2")).isEqualTo(46_023.0);
        assertThat(tab.shown("C2")).isEqualTo("01/01/2026");
        assertThat(tab.shown("D2")).isEqualTo("1,234,567");
        assertThat(tab.shown("C3")).isEqualTo("02/01/2026");
        assertThat(tab.get("D3")).isEqualTo(890.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=HYPERLINK(\"http://x\")",
                "+84901234567",
                "0912345678",
                "1-2",
                "-5",
                "@x",
                "'apostrophe",
                "1e5",
                "12%",
                "TRUE",
                "2026-01-05",
                " blanks ",
                "=",
                "1.000",
                "$5"
            })
    @DisplayName("S2-34: text stays the text that it is, in updates and in new rows")
    void textStaysText(String text) {
        bench.withRows("a");

        bench.write(List.of(
                update(bench.read(), "a", Map.of(NOTES, CellValue.text(text))),
                append(bench.read(), "b", Map.of(NOTES, CellValue.text(text)))));

        assertThat(tab.get("F2")).isEqualTo(text);
        assertThat(tab.get("F3")).isEqualTo(text);
        assertThat(bench.exact(bench.read(), 2, 3).cell(3, NOTES)).isEqualTo(CellValue.text(text));
    }

    @Test
    @DisplayName(
            "S2-4, S2-20: a new row goes below the last one, in our cells alone, and its number comes from the answer")
    void aNewRowGoesToTheEnd() {
        // Given: a last row in which only others have written
        bench.withRows("a");
        tab.set("B5", "their remark");
        List<List<Object>> before = tab.snapshot();

        RowResult result =
                bench.write(append(bench.read(), "new", Map.of(NAME, CellValue.text("N"), NOTES, CellValue.text("n"))));

        assertThat(result).isEqualTo(new Written(6));
        assertThat(tab.get("A6")).isEqualTo("N");
        assertThat(tab.get("H6")).isEqualTo("new");
        assertThat(changed(before, tab.snapshot())).containsExactly("6:0", "6:5", "6:7");
        assertThat(bench.read().rowsOf("new")).containsExactly(6);
    }

    @Test
    void newRowsMakeTheGridGrow() {
        bench.withRows("a");
        tab.resize(2, 8);

        Map<String, RowResult> results = bench.write(List.of(
                append(bench.read(), "b", Map.of(COST, CellValue.number(5))),
                append(bench.read(), "c", Map.of(COST, CellValue.number(6)))));

        assertThat(results).containsEntry("b", new Written(3)).containsEntry("c", new Written(4));
        assertThat(tab.shown("D4")).isEqualTo("6");
    }

    @Test
    void theFirstRowOfAnEmptyTab() {
        bench.withRows();

        assertThat(bench.write(append(bench.read(), "a", Map.of()))).isEqualTo(new Written(2));
    }

    @Test
    @DisplayName("S2-32: a hundred updates of one tab in batches of 25 take ten calls, reading included")
    void aHundredUpdatesTakeTenCalls() {
        // Given
        bench.withRows(keys(100)).forgetting();

        // When
        for (int from = 0; from < 100; from += 25) {
            TabReading reading = bench.read();
            Map<String, RowResult> results = bench.write(IntStream.range(from, from + 25)
                    .mapToObj(i -> update(reading, "k" + i, Map.of(NOTES, CellValue.text("note " + i))))
                    .toList());
            assertThat(results.values()).allMatch(result -> result instanceof Written);
        }

        // Then: outline, header, four readings, four writes
        assertThat(bench.google.calls()).hasSize(10);
        assertThat(bench.writes()).hasSize(4);
        assertThat(tab.get("F101")).isEqualTo("note 99");
    }

    @Test
    @DisplayName("S2-32: updates and new rows of several tabs go in one call")
    void severalTabsInOneCall() {
        bench.withRows("a");
        StandInTab revenue = bench.spreadsheet
                .tab("It's revenue")
                .fill(List.of(
                        List.of(),
                        List.of("Service id", "Supplier", "Notes", "Service date", "Cost before tax", "Total"),
                        List.of("r1", "s")));
        Model other = Bench.model("Revenue", "It's revenue", 2);
        TabReading services = bench.read();
        TabReading revenues = bench.readable(other);

        Map<String, RowResult> results = bench.write(List.of(
                update(services, "a", Map.of(NOTES, CellValue.text("x"))),
                append(services, "b", Map.of()),
                update(revenues, "r1", Map.of(NOTES, CellValue.text("y"))),
                append(revenues, "r2", Map.of(NAME, CellValue.text("z")))));

        assertThat(results)
                .containsEntry("a", new Written(2))
                .containsEntry("b", new Written(3))
                .containsEntry("r1", new Written(3))
                .containsEntry("r2", new Written(4));
        assertThat(bench.writes()).hasSize(1);
        assertThat(revenue.get("C3")).isEqualTo("y");
        assertThat(revenue.get("B4")).isEqualTo("z");
    }

    @Test
    void largeRowsGoInSeveralCalls() {
        bench = new Bench(database, 10_000);
        bench.withRows(keys(6));
        TabReading reading = bench.read();

        Map<String, RowResult> results = bench.write(Stream.of(keys(6))
                .map(key -> update(reading, key, Map.of(NOTES, CellValue.text("ö".repeat(2_000)))))
                .toList());

        assertThat(results.values()).hasSize(6).allMatch(result -> result instanceof Written);
        assertThat(bench.writes()).hasSize(3);
    }

    @Test
    @DisplayName("S2-26: a key that stands there already is not sent again, for by it the row is known")
    void theKeyIsNotSentAgain() {
        bench.withRows("1001");
        tab.set("H2", 1001);
        TabReading reading = bench.read();

        RowResult alone = bench.write(update(reading, "1001", Map.of(KEY, CellValue.text("1001"))));
        RowResult together =
                bench.write(update(reading, "1001", Map.of(KEY, CellValue.text("1001"), NOTES, CellValue.text("n"))));

        assertThat(alone).isEqualTo(new Written(2));
        assertThat(together).isEqualTo(new Written(2));
        assertThat(tab.get("H2")).isEqualTo(1001.0);
        assertThat(bench.writes()).hasSize(1);
    }

    @Test
    @DisplayName("S2-33: of a batch that Google rejects the one bad row fails alone, with Google's words")
    void aBadRowFailsAlone() {
        // Given: a text that is too long for a cell, among 25 rows
        bench.withRows(keys(25));
        TabReading reading = bench.read();
        List<RowChange> changes = Stream.of(keys(25))
                .map(key -> update(
                        reading,
                        key,
                        Map.of(NOTES, CellValue.text(key.equals("k7") ? "x".repeat(50_001) : "fine " + key))))
                .toList();

        // When
        Map<String, RowResult> results = bench.write(changes);

        // Then
        assertThat(results).hasSize(25);
        assertThat(results.get("k7")).isInstanceOf(Rejected.class);
        Rejected bad = (Rejected) results.get("k7");
        assertThat(bad.code()).isEqualTo(ErrorCode.WRITE_REJECTED);
        assertThat(bad.detail())
                .contains("Your input contains more than the maximum of 50000 characters in a single cell")
                .hasSizeLessThanOrEqualTo(LONGEST_DETAIL);
        assertThat(results.values().stream().filter(result -> result instanceof Written))
                .hasSize(24);
        assertThat(tab.get("F8")).isEqualTo("fine k6");
        assertThat(tab.get("F9")).isNull();
        assertThat(tab.get("F26")).isEqualTo("fine k24");
        assertThat(bench.writes()).hasSizeLessThanOrEqualTo(11);
    }

    @Test
    @DisplayName("S2-33: several bad rows fail each for itself, for that says nothing of the others")
    void severalBadRows() {
        bench.withRows(keys(8));
        TabReading reading = bench.read();

        Map<String, RowResult> results = bench.write(IntStream.range(0, 8)
                .mapToObj(i ->
                        update(reading, "k" + i, Map.of(NOTES, CellValue.text(i < 5 ? "x".repeat(50_001) : "fine"))))
                .toList());

        assertThat(results.values().stream().filter(result -> result instanceof Written))
                .hasSize(3);
        assertThat(tab.get("F9")).isEqualTo("fine");
    }

    @Test
    void aProtectedTabIsToldAfterFewCalls() {
        bench.withRows(keys(25));
        TabReading reading = bench.read();
        tab.protect(true);
        List<List<Object>> before = tab.snapshot();

        Map<String, RowResult> results = bench.write(Stream.of(keys(25))
                .map(key -> update(reading, key, Map.of(NOTES, CellValue.text("n"))))
                .toList());

        assertThat(results.values()).hasSize(25).allMatch(result -> code(result) == ErrorCode.RANGE_PROTECTED);
        assertThat(tab.snapshot()).isEqualTo(before);
        assertThat(bench.writes()).hasSizeLessThanOrEqualTo(10);
    }

    private static ErrorCode code(RowResult result) {
        return ((Rejected) result).code();
    }

    @Test
    void aProtectedRowFailsAlone() {
        bench.withRows(keys(6));
        tab.protect("A4:H4", true);
        TabReading reading = bench.read();

        Map<String, RowResult> results = bench.write(Stream.of(keys(6))
                .map(key -> update(reading, key, Map.of(NOTES, CellValue.text("n"))))
                .toList());

        assertThat(code(results.get("k2"))).isEqualTo(ErrorCode.RANGE_PROTECTED);
        assertThat(results.values().stream().filter(result -> result instanceof Written))
                .hasSize(5);
    }

    @Test
    void aFullSpreadsheetTakesUpdatesAndNoNewRows() {
        // Given: no blank row, and no room for one
        bench.withRows(keys(4));
        tab.resize(5, 8);
        bench.spreadsheet.limitCells(40);
        TabReading reading = bench.read();
        List<RowChange> changes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            changes.add(append(reading, "new" + i, Map.of()));
            changes.add(update(reading, "k" + i, Map.of(NOTES, CellValue.text("n"))));
        }

        // When
        Map<String, RowResult> results = bench.write(changes);

        // Then
        assertThat(results.get("k3")).isEqualTo(new Written(5));
        assertThat(results.values().stream().filter(result -> result instanceof Written))
                .hasSize(4);
        assertThat(code(results.get("new0"))).isEqualTo(ErrorCode.SHEET_FULL);
        assertThat(code(results.get("new3"))).isEqualTo(ErrorCode.SHEET_FULL);
        assertThat(tab.get("F5")).isEqualTo("n");
    }

    @Test
    @DisplayName("S2-25: a new row whose answer was lost is found by its key, and not added again")
    void aNewRowIsAddedOnce() {
        // Given: Google does it, and the line breaks
        bench.withRows("a");
        bench.google.faults().matching(":batchUpdate").cut(1);
        RowChange change = append(bench.read(), "new", Map.of(NOTES, CellValue.text("n")));
        Unknown lost = (Unknown) bench.write(change);
        assertThat(lost.failure().code()).isEqualTo(ErrorCode.SOURCE_CUT);
        assertThat(bench.writes()).hasSize(1);

        // When: the next attempt reads
        TabReading again = bench.read();

        // Then
        assertThat(again.rowsOf("new")).containsExactly(3);
        assertThat(again.cell(3, NOTES)).isEqualTo(CellValue.text("n"));
    }

    @Test
    @DisplayName("S2-30: a spreadsheet that may only be read fails with its own code")
    void aSpreadsheetThatMayOnlyBeRead() {
        bench.withRows("a");
        bench.spreadsheet.shareToRead(bench.google.accountEmail());
        RowChange change = update(bench.read(), "a", Map.of(NOTES, CellValue.text("n")));

        Unsent result = (Unsent) bench.write(change);

        assertThat(result.failure().code()).isEqualTo(ErrorCode.SHEETS_AUTH_REVOKED);
        assertThat(result.failure().detail()).endsWith("as an editor");
        assertThat(result.mayWait()).isFalse();
    }

    @Test
    @DisplayName("S2-25: what is known of earlier calls stays known when a later one fails, after which none follows")
    void whatIsKnownStaysKnown() {
        // Given: three calls, of which the second gets no answer
        bench = new Bench(database, 10_000);
        bench.withRows(keys(6));
        TabReading reading = bench.read();
        bench.google
                .faults()
                .matching(":batchUpdate")
                .before(1, () -> bench.google.faults().matching(":batchUpdate").cut(1));

        // When
        Map<String, RowResult> results = bench.write(Stream.of(keys(6))
                .map(key -> update(reading, key, Map.of(NOTES, CellValue.text("ö".repeat(2_000)))))
                .toList());

        // Then
        assertThat(results).hasSize(6).containsEntry("k0", new Written(2)).containsEntry("k1", new Written(3));
        assertThat(List.of(results.get("k2"), results.get("k3"))).hasOnlyElementsOfType(Unknown.class);
        assertThat(List.of(results.get("k4"), results.get("k5")))
                .allSatisfy(result -> assertThat(((Unsent) result).mayWait()).isTrue());
        assertThat(bench.writes()).hasSize(2);
        assertThat(bench.tab.get("F6")).isNull();
    }

    @Test
    @DisplayName("S2-25: rows that a failing call was about stay in doubt when others are halved")
    void whatIsKnownOfAHalfStaysKnown() {
        bench.withRows(keys(4));
        TabReading reading = bench.read();
        bench.google.faults().matching(":batchUpdate").fail(400, "badRequest", 1);
        bench.google
                .faults()
                .matching(":batchUpdate")
                .before(2, () -> bench.google.faults().matching(":batchUpdate").fail(503, "backendError", 1));

        Map<String, RowResult> results = bench.write(Stream.of(keys(4))
                .map(key -> update(reading, key, Map.of(NOTES, CellValue.text("n"))))
                .toList());

        assertThat(results).containsEntry("k0", new Written(2)).containsEntry("k1", new Written(3));
        assertThat(List.of(results.get("k2"), results.get("k3"))).hasOnlyElementsOfType(Unknown.class);
    }

    @Test
    void aRowCanBeTakenAwayWithItsKey() {
        // Given
        bench.withRows("a", "b");
        Map<Column, CellValue> nothing = new HashMap<>();
        SERVICES.columns().forEach(column -> nothing.put(column, CellValue.BLANK));

        // When
        RowResult result = bench.write(update(bench.read(), "b", nothing));

        // Then
        assertThat(result).isEqualTo(new Written(3));
        assertThat(tab.get("H3")).isNull();
        assertThat(tab.get("A3")).isNull();
        assertThat(tab.get("B3")).isEqualTo("theirs b");
        assertThat(tab.entered("E3")).isEqualTo("=D3*2");
    }

    @Test
    void twoChangesOfOneKeyDoNotMeet() {
        bench.withRows("a");
        TabReading reading = bench.read();
        RowChange first = append(reading, "new", Map.of(NOTES, CellValue.text("1")));
        RowChange second = new RowChange("other", reading, null, "new ", first.cells());

        Map<String, RowResult> results = bench.write(List.of(first, second));

        assertThat(results.get("new")).isEqualTo(new Written(3));
        assertThat(results.get("other")).isInstanceOf(RowResult.Moved.class);
        assertThat(tab.get("H4")).isNull();
    }

    @Test
    void nothingIsNoCall() {
        bench.withRows("a").forgetting();

        assertThat(bench.write(List.of())).isEmpty();
        assertThat(bench.google.calls()).isEmpty();
    }

    @Test
    @DisplayName("S2-27: an answer that does not show the rows is a failure, and the tab is read again")
    void anAnswerWithoutTheRows() {
        bench.withRows("a");
        RowChange change = append(bench.read(), "new", Map.of());
        try (StubGoogle stub = new StubGoogle().then(StubGoogle.json("{\"replies\": [{}]}"))) {
            SheetsSession session = SheetsDesk.api(
                            SheetsSettings.at(stub.root(), stub.accountKey("writer@x")),
                            database,
                            new SimpleMeterRegistry())
                    .session(Bench.PATIENCE);

            Map<String, RowResult> results = bench.writer
                    .write(session, "services", List.of(change))
                    .await()
                    .atMost(Bench.PATIENCE);

            assertThat(((Unknown) results.get("new")).failure().code()).isEqualTo(ErrorCode.SOURCE_FAILED);
            assertThat(stub.requests()).hasSize(1);
        }
    }
}
