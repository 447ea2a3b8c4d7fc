package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.dev.sheets.StandInTab;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;
import dev.syncline.writeback.TabState.Blocked;

import static dev.syncline.writeback.Bench.COST;
import static dev.syncline.writeback.Bench.DATE;
import static dev.syncline.writeback.Bench.KEY;
import static dev.syncline.writeback.Bench.NAME;
import static dev.syncline.writeback.Bench.NOTES;
import static dev.syncline.writeback.Bench.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Tabs as they are read before they are written to. */
@QuarkusTest
class TabReaderTest {
    @Inject
    MongoDatabase database;

    private Bench bench;
    private StandInTab tab;

    @BeforeEach
    void start() {
        bench = new Bench(database);
        tab = bench.tab;
    }

    @Test
    void cellsAreReadAsTheyWereEntered() {
        // Given
        bench.withRows("a", "b");
        tab.set("F3", "0912").set("C3", null).set("D3", "=1+1").set("A3", true);

        // When
        TabReading reading = bench.read();

        // Then
        assertThat(reading.lastRow()).isEqualTo(3);
        assertThat(reading.rowsOf("b")).containsExactly(3);
        assertThat(reading.rowsOf("c")).isEmpty();
        assertThat(reading.place(KEY)).isEqualTo(7);
        assertThat(reading.cell(2, NAME)).isEqualTo(CellValue.text("Supplier of a"));
        assertThat(reading.cell(2, DATE)).isEqualTo(CellValue.number(45_002));
        assertThat(reading.cell(2, NOTES)).isEqualTo(CellValue.BLANK);
        assertThat(reading.cell(3, NOTES)).isEqualTo(CellValue.text("0912"));
        assertThat(reading.cell(3, DATE)).isEqualTo(CellValue.BLANK);
        assertThat(reading.cell(3, COST)).isEqualTo(CellValue.formula("=1+1"));
        assertThat(reading.cell(3, NAME)).isEqualTo(CellValue.truth(true));
        assertThat(reading.cell(9, NAME)).isEqualTo(CellValue.BLANK);
    }

    @Test
    @DisplayName("S2-32: the first reading of a run takes three calls, each further one a single call")
    void readingsAreCheap() {
        bench.withRows("a").forgetting();

        assertThat(bench.read().gid()).isZero();
        assertThat(bench.google.calls()).hasSize(3);

        assertThat(bench.read().rowsOf("a")).containsExactly(2);
        assertThat(bench.google.calls()).hasSize(4);
    }

    @Test
    void keysAreComparedAsText() {
        bench.withRows("a", "b", "c", "d");
        tab.set("H2", 1001).set("H3", "  1002 ").set("H4", 1.5).set("H5", "=1000+4");

        TabReading reading = bench.read();

        assertThat(reading.rowsOf("1001")).containsExactly(2);
        assertThat(reading.rowsOf("1002")).containsExactly(3);
        assertThat(reading.rowsOf("1.5")).containsExactly(4);
        assertThat(reading.rowsOf("1004")).isEmpty();
    }

    @Test
    void aKeyThatStandsTwiceIsFoundTwice() {
        bench.withRows("a", "b", "a");

        assertThat(bench.read().rowsOf("a")).containsExactly(2, 4);
    }

    @Test
    @DisplayName("S2-46: columns are found by their labels, as a person finds them")
    void columnsAreFoundByTheirLabels() {
        // Given: a column more at the left; labels in other letters, and accents in another encoding
        bench.withRows("a");
        tab.fill(List.of(
                List.of("New", " SERVICE ID", "notes ", "Cost\nbefore  tax", "service Date", "Supplier", "total"),
                List.of("", "a", "n", 7, 1, "s", "=1")));

        TabReading reading = bench.read();

        assertThat(reading.place(NAME)).isEqualTo(5);
        assertThat(reading.cell(2, COST)).isEqualTo(CellValue.number(7));
        assertThat(Header.normal("Ngày đi")).isEqualTo(Header.normal("NGÀY  ĐI"));
    }

    @Test
    @DisplayName("S2-46: a header that is not the expected one blocks its tab, and says what is wrong with it")
    void anotherHeaderBlocks() {
        bench.withRows("a");
        tab.set("A1", "Vendor").set("H1", "Notes").set("E1", null);

        assertThat(bench.state(SERVICES))
                .isEqualTo(
                        new Blocked(
                                ErrorCode.HEADER_MISMATCH,
                                "Labels in row 1 of the tab 'Operator_Mix': missing: 'Supplier', 'Service id', 'Total'; more than"
                                        + " once: 'Notes' in columns F, H; not expected, but there: 'Vendor', 'Their own', 'Their sum'"));
    }

    @Test
    @DisplayName("where the header is gone, nothing is told of the customer who stands in its place")
    void aRowOfACustomerIsNotTold() {
        bench.withRows("a");
        tab.fill(List.of(List.of("An Nguyen", "an@example.com", 3, 4, "=1", "Notes", "", "key-1")));

        assertThat(bench.state(SERVICES))
                .isEqualTo(new Blocked(
                        ErrorCode.HEADER_MISMATCH,
                        "Labels in row 1 of the tab 'Operator_Mix': missing: 'Cost before tax', 'Service date', 'Supplier',"
                                + " 'Service id', 'Total'; the row may be no header at all"));
    }

    @Test
    @DisplayName("S2-46: the header is looked at in every reading, and a mended one is accepted in the same run")
    void theHeaderIsCheckedEachTime() {
        bench.withRows("a");
        assertThat(bench.read().keys()).isEqualTo(1);

        tab.set("H1", "Id");
        assertThat(bench.state(SERVICES)).isInstanceOf(Blocked.class);

        tab.set("H1", "Service id");
        assertThat(bench.read().keys()).isEqualTo(1);
    }

    @Test
    @DisplayName("S2-46: columns that a person has moved since the last reading are found again")
    void movedColumnsAreFoundAgain() {
        bench.withRows("a");
        assertThat(bench.read().place(NOTES)).isEqualTo(5);

        tab.fill(List.of(
                List.of("Service id", "Supplier", "Notes", "Service date", "Cost before tax", "Total"),
                List.of("a", "s", "n", 1, 2, "=3")));

        assertThat(bench.read().place(NOTES)).isEqualTo(2);
        assertThat(bench.read().cell(2, COST)).isEqualTo(CellValue.number(2));
    }

    @Test
    void aTabThatIsGoneIsToldWithThoseThatThereAre() {
        bench.withRows("a");
        bench.spreadsheet.tab("Archive");
        bench.spreadsheet.tab("Revenue 2026");
        assertThat(bench.read().keys()).isEqualTo(1);

        tab.delete();

        assertThat(bench.state(SERVICES))
                .isEqualTo(new Blocked(
                        ErrorCode.TAB_MISSING,
                        "The spreadsheet has no tab 'Operator_Mix'; it has 'Archive', 'Revenue 2026'"));
    }

    @Test
    void aTabThatIsRenamedMeanwhileIsMissing() {
        bench.withRows("a");
        assertThat(bench.read().keys()).isEqualTo(1);

        tab.rename("Other");

        assertThat(bench.state(SERVICES)).isInstanceOf(Blocked.class);
        assertThat(((Blocked) bench.state(SERVICES)).code()).isEqualTo(ErrorCode.TAB_MISSING);
    }

    @Test
    void aKeyColumnWithoutAKeyBlocks() {
        bench.withRows("a", "b");
        tab.set("H2", null).set("H3", "=1+1");

        assertThat(bench.state(SERVICES))
                .isEqualTo(new Blocked(
                        ErrorCode.KEY_COLUMN_EMPTY,
                        "None of the 2 rows of the tab 'Operator_Mix' has a key in the column 'Service id';"
                                + " a formula is none"));
    }

    @Test
    void aTabWithoutRowsMayBeWrittenTo() {
        bench.withRows();

        assertThat(bench.read().lastRow()).isEqualTo(1);
    }

    @Test
    void aHeaderBelowTheGridIsMissing() {
        bench.withRows("a");
        Model deep = Bench.model("Deep", "Operator_Mix", 5_000);

        assertThat(bench.state(deep))
                .isEqualTo(new Blocked(ErrorCode.HEADER_MISMATCH, "The tab 'Operator_Mix' has no row 5000"));
    }

    @Test
    void tooManyRowsBlock() {
        bench.withRows(IntStream.range(0, 2_001).mapToObj(i -> "k" + i).toArray(String[]::new));

        assertThat(bench.state(SERVICES))
                .isEqualTo(new Blocked(
                        ErrorCode.SHEET_TOO_LARGE, "The tab 'Operator_Mix' has more than 2000 rows below its header"));
    }

    @Test
    @DisplayName("S2-47: names of tabs with blanks and apostrophes, and one that looks like a cell")
    void tabsOfAnyName() {
        // Given
        bench.withRows("a");
        List<Model> models = new ArrayList<>();
        for (String name : List.of("It's \"ours\" & theirs", "O'Neill's tab!A1", "A1", "Dịch vụ 2026")) {
            bench.spreadsheet
                    .tab(name)
                    .fill(List.of(
                            List.of("Service id", "Supplier", "Notes", "Service date", "Cost before tax", "Total"),
                            List.of("key of " + name, "s")));
            models.add(Bench.model(name, name, 1));
        }

        // When
        Map<Model, TabState> states = bench.states(models);

        // Then
        for (Model model : models) {
            TabReading reading = ((TabState.Readable) states.get(model)).reading();
            assertThat(reading.rowsOf("key of " + model.tab())).containsExactly(2);
        }
    }

    @Test
    @DisplayName("S2-46: a blocked tab does not stop the others of its spreadsheet")
    void oneBlockedTabStopsNoOther() {
        bench.withRows("a");
        Model other = Bench.model("Other", "Nowhere", 1);

        Map<Model, TabState> states = bench.states(List.of(SERVICES, other));

        assertThat(states.get(SERVICES)).isInstanceOf(TabState.Readable.class);
        assertThat(states.get(other)).isInstanceOf(Blocked.class);
    }

    @Test
    @DisplayName("S2-34: a text that begins with = is told from a formula, by one call for the rows in question")
    void textIsToldFromFormulas() {
        // Given: a text that we wrote, and a formula of a person
        bench.withRows("a", "b");
        TabReading before = bench.read();
        bench.write(Bench.update(before, "a", Map.of(NOTES, CellValue.text("=1+1"), NAME, CellValue.text("=x"))));
        tab.set("F3", "=1+1");
        bench.google.forgetCalls();

        // When
        TabReading doubtful = bench.read();
        TabReading exact = bench.exact(doubtful, 2, 3);

        // Then
        assertThat(doubtful.cell(2, NOTES)).isEqualTo(CellValue.formula("=1+1"));
        assertThat(exact.cell(2, NOTES)).isEqualTo(CellValue.text("=1+1"));
        assertThat(exact.cell(2, NAME)).isEqualTo(CellValue.text("=x"));
        assertThat(exact.cell(3, NOTES)).isEqualTo(CellValue.formula("=1+1"));
        assertThat(exact.rowsOf("b")).containsExactly(3);
        assertThat(bench.google.calls()).hasSize(2);
    }

    @Test
    @DisplayName("S2-30: rows that people remove between two calls leave a text in doubt, and nothing fails")
    void rowsThatAreGoneStayInDoubt() {
        bench.withRows("a", "b", "c");
        tab.set("F4", "=1+1");
        TabReading reading = bench.read();
        tab.resize(3, 8);

        TabReading exact = bench.exact(reading, 4);

        assertThat(exact.cell(4, NOTES)).isEqualTo(CellValue.formula("=1+1"));
    }

    @Test
    void manyTextsAreAskedForInParts() {
        // Given: 30 texts that look like formulas, each asked for with its key
        String[] keys = IntStream.range(0, 30).mapToObj(i -> "k" + i).toArray(String[]::new);
        bench.withRows(keys);
        TabReading before = bench.read();
        bench.write(Stream.of(keys)
                .map(key -> Bench.update(before, key, Map.of(NOTES, CellValue.text("=" + key))))
                .toList());
        TabReading doubtful = bench.read();
        bench.google.forgetCalls();

        TabReading exact = bench.exact(doubtful, 2);

        assertThat(bench.google.calls()).hasSize(2);
        assertThat(exact.cell(2, NOTES)).isEqualTo(CellValue.text("=k0"));
        assertThat(exact.cell(31, NOTES)).isEqualTo(CellValue.text("=k29"));
    }

    @Test
    void whatIsCertainIsNotAskedFor() {
        // Given: in a column of numbers no text is ours
        bench.withRows("a", "b");
        tab.set("D3", "=1+1");
        TabReading reading = bench.read();
        bench.google.forgetCalls();

        assertThat(bench.exact(reading, 2, 3)).isSameAs(reading);
        assertThat(bench.google.calls()).isEmpty();
    }

    @Test
    @DisplayName("S2-30: a spreadsheet that there is not, or that is not shared, fails with its own code")
    void aSpreadsheetThatMayNotBeRead() {
        bench.withRows("a");
        bench.spreadsheet.unshare(bench.google.accountEmail());

        SyncException failure = catchThrowableOfType(SyncException.class, () -> bench.state(SERVICES));

        assertThat(failure.code()).isEqualTo(ErrorCode.SHEETS_AUTH_REVOKED);
    }
}
