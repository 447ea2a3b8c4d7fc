package dev.syncline.writeback;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.syncline.dev.sheets.StandInTab;
import dev.syncline.platform.CapturedLog;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.writeback.RowResult.Moved;
import dev.syncline.writeback.RowResult.Written;

import static dev.syncline.writeback.Bench.COST;
import static dev.syncline.writeback.Bench.NAME;
import static dev.syncline.writeback.Bench.NOTES;
import static dev.syncline.writeback.Bench.SERVICES;
import static dev.syncline.writeback.Bench.append;
import static dev.syncline.writeback.Bench.update;
import static org.assertj.core.api.Assertions.assertThat;

/** People work on the tab while it is written to: between our reading and the very call. */
@QuarkusTest
class MovedRowsTest {
    @Inject
    MongoDatabase database;

    private Bench bench;
    private StandInTab tab;

    @BeforeEach
    void start() {
        bench = new Bench(database).withRows("a", "b", "c", "d", "e");
        tab = bench.tab;
        tab.set("F3", "note of b").set("F5", "=1+2");
    }

    /** In the moment in which the write arrives at Google, and before it is carried out. */
    private void meanwhile(int write, Consumer<StandInTab> action) {
        bench.google.faults().matching(":batchUpdate").before(write, () -> action.accept(tab));
    }

    static Stream<Arguments> movements() {
        return Stream.of(
                Arguments.of("inserted", (Consumer<StandInTab>) tab -> tab.insertRow(2)),
                Arguments.of("inserted and filled", (Consumer<StandInTab>)
                        tab -> tab.insertRow(4).set("H4", "theirs").set("B4", "t")),
                Arguments.of("deleted", (Consumer<StandInTab>) tab -> tab.deleteRow(2)),
                Arguments.of("two deleted", (Consumer<StandInTab>)
                        tab -> tab.deleteRow(2).deleteRow(2)),
                Arguments.of("sorted", (Consumer<StandInTab>) MovedRowsTest::turnRound));
    }

    /** The last row first. */
    private static void turnRound(StandInTab tab) {
        for (int row = 2; row <= 6; row++) {
            tab.set("J" + row, 100 - row);
        }
        tab.sort(2, "J");
        for (int row = 2; row <= 6; row++) {
            tab.set("J" + row, null);
        }
    }

    @ParameterizedTest(name = "rows are {0}")
    @MethodSource("movements")
    @DisplayName(
            "S2-14, S2-20, S2-26: what was written into a row that a person had moved is put back, and the row is found again")
    void movedRowsAreLeftAsTheyWere(String name, Consumer<StandInTab> movement) {
        // Given: the same happens to a tab that nobody writes to
        Bench untouched = new Bench(database).withRows("a", "b", "c", "d", "e");
        untouched.tab.set("F3", "note of b").set("F5", "=1+2");
        movement.accept(untouched.tab);
        meanwhile(1, movement);

        // When
        TabReading reading = bench.exact(bench.read(), 4, 5);
        Map<String, RowResult> results = bench.write(List.of(
                update(reading, "d", Map.of(NOTES, CellValue.text("for d"), NAME, CellValue.text("new d"))),
                update(reading, "c", Map.of(NOTES, CellValue.text("for c"), NAME, CellValue.text("new c")))));

        // Then: as if we had not been there, but for rows that had stayed
        for (String key : List.of("c", "d")) {
            if (results.get(key) instanceof Written written) {
                assertThat(tab.get("F" + written.row())).isEqualTo("for " + key);
                assertThat(tab.get("H" + written.row())).isEqualTo(key);
                untouched.tab.set("F" + written.row(), "for " + key).set("A" + written.row(), "new " + key);
            }
        }
        assertThat(results.values()).anyMatch(result -> result instanceof Moved);
        assertThat(tab.snapshot()).isEqualTo(untouched.tab.snapshot());

        // And the next attempt writes into the right row
        TabReading again = bench.read();
        RowResult result = bench.write(update(again, "d", Map.of(NOTES, CellValue.text("for d"))));
        assertThat(result).isInstanceOf(Written.class);
        assertThat(tab.get("H" + ((Written) result).row())).isEqualTo("d");
    }

    @Test
    void aRowThatIsMovedAgainWhileItIsPutBack() {
        // Given
        meanwhile(1, x -> tab.deleteRow(2));
        meanwhile(2, x -> tab.deleteRow(2));

        // When
        RowResult result = bench.write(update(bench.read(), "c", Map.of(NOTES, CellValue.text("for c"))));

        // Then: rows c, d, e are left
        assertThat(result).isInstanceOf(Moved.class);
        assertThat(List.of(entered("H2"), entered("H3"), entered("H4"))).containsExactly("c", "d", "e");
        assertThat(entered("F2")).isEqualTo("blank");
        // In a column of text nobody knows whether it was a formula.
        assertThat(entered("F3")).isEqualTo("=1+2");
        assertThat(entered("F4")).isEqualTo("blank");
    }

    private Object entered(String a1) {
        Object entered = tab.entered(a1);
        return entered == null ? "blank" : entered;
    }

    @Test
    @DisplayName("S2-26: what is to be put back has time of its own, when the write has used up what there was")
    void aPutBackHasItsOwnTime() {
        // Given: calls that take so long that only the write is in time
        TabReading reading = bench.read();
        meanwhile(1, x -> {
            tab.deleteRow(2);
            bench.google.faults().matching("values:batchGet").delay(Duration.ofSeconds(2));
        });

        // When
        Map<String, RowResult> results = bench.write(
                bench.session.within(Duration.ofSeconds(3)),
                List.of(update(reading, "c", Map.of(NOTES, CellValue.text("for c")))));

        // Then
        assertThat(results.get("c")).isInstanceOf(Moved.class);
        assertThat(List.of(entered("F2"), entered("F3"), entered("F4"))).containsExactly("note of b", "blank", "=1+2");
    }

    @Test
    @DisplayName("S2-26: what cannot be put back is told with the reason why, and without anybody's words")
    void tellsWhyItCannotPutBack() {
        TabReading reading = bench.read();
        meanwhile(1, x -> {
            tab.deleteRow(2);
            bench.google.faults().matching("batchGet|fields").fail(503, "backendError", 100);
        });

        List<String> logged;
        try (CapturedLog log = new CapturedLog()) {
            bench.write(update(reading, "c", Map.of(NOTES, CellValue.text("for c"))));
            logged = log.records().stream()
                    .map(ExtLogRecord::getFormattedMessage)
                    .toList();
        }

        assertThat(logged).anyMatch(line -> line.contains("the last call for it failed with SOURCE_FAILED"));
        assertThat(logged)
                .filteredOn(line -> line.startsWith("Cells are not put back yet"))
                .hasSize(3)
                .containsOnly("Cells are not put back yet: code=SOURCE_FAILED");
    }

    @Test
    void aFormulaOfTheTotalsIsPutBack() {
        // Given: a last row without a key, which comes into the place of ours
        tab.set("A7", "Total").set("D7", "=SUM(D2:D6)");
        meanwhile(1, x -> tab.deleteRow(2));

        // When
        RowResult result = bench.write(update(bench.read(), "e", Map.of(COST, CellValue.number(1))));

        // Then
        assertThat(result).isInstanceOf(Moved.class);
        assertThat(tab.get("A6")).isEqualTo("Total");
        assertThat(String.valueOf(tab.entered("D6"))).startsWith("=SUM(");
        assertThat(tab.get("D5")).isEqualTo(6_000.0);
    }

    @Test
    @DisplayName("S2-26: a row whose key a person changes in that moment is left as it was")
    void aKeyThatIsChanged() {
        meanwhile(1, x -> tab.set("H3", "b-2"));

        RowResult result = bench.write(update(bench.read(), "b", Map.of(NOTES, CellValue.text("new"))));

        assertThat(result).isInstanceOf(Moved.class);
        assertThat(tab.get("F3")).isEqualTo("note of b");
        assertThat(tab.get("H3")).isEqualTo("b-2");
    }

    @Test
    @DisplayName("S2-26: a row that is deleted in that moment is not written anywhere")
    void aRowThatIsDeleted() {
        meanwhile(1, x -> tab.deleteRow(4));

        RowResult result = bench.write(update(bench.read(), "c", Map.of(NAME, CellValue.text("new"))));

        assertThat(result).isInstanceOf(Moved.class);
        assertThat(tab.get("A4")).isEqualTo("Supplier of d");
        assertThat(bench.read().rowsOf("c")).isEmpty();
    }

    @Test
    void aGridThatIsCutOff() {
        meanwhile(1, x -> tab.resize(4, 8));

        RowResult result = bench.write(update(bench.read(), "e", Map.of(NAME, CellValue.text("new"))));

        assertThat(result).isInstanceOf(Moved.class);
    }

    @Test
    void aTabThatIsDeleted() {
        bench.spreadsheet.tab("Other");
        TabReading reading = bench.read();
        meanwhile(1, x -> tab.delete());

        assertThat(bench.write(update(reading, "e", Map.of(NAME, CellValue.text("new")))))
                .isInstanceOf(Moved.class);
        assertThat(bench.state(SERVICES)).isInstanceOf(TabState.Blocked.class);
    }

    @Test
    @DisplayName("S2-27: the number of a new row that the answer does not show is looked up by its key")
    void theRowsNumberIsNeverGuessed() {
        // Given: the new row comes to stand above where the last one was
        TabReading reading = bench.read();
        meanwhile(1, x -> tab.deleteRow(2).deleteRow(2).deleteRow(2));

        RowResult result = bench.write(append(reading, "new", Map.of(NOTES, CellValue.text("n"))));

        assertThat(result).isEqualTo(new Written(4));
        assertThat(tab.get("H4")).isEqualTo("new");
    }

    @Test
    @DisplayName("S2-27: a new row that is nowhere has no number, and is tried again")
    void aNewRowThatIsNowhere() {
        TabReading reading = bench.read();
        bench.google.faults().matching("values:batchGet").before(1, () -> tab.set("H4", "taken")
                .set("H5", null));
        meanwhile(1, x -> tab.deleteRow(2).deleteRow(2).deleteRow(2));

        assertThat(bench.write(append(reading, "new", Map.of()))).isInstanceOf(Moved.class);
    }

    @Test
    @DisplayName("S2-25: a row that somebody else adds with the same key in that moment stays the only one")
    void aKeyThatIsAddedTwice() {
        TabReading reading = bench.read();
        meanwhile(1, x -> tab.set("H7", "new").set("F7", "theirs"));

        RowResult result = bench.write(append(reading, "new", Map.of(NOTES, CellValue.text("ours"))));

        assertThat(result).isInstanceOf(Moved.class);
        assertThat(bench.read().rowsOf("new")).containsExactly(7);
        assertThat(tab.get("F7")).isEqualTo("theirs");
        assertThat(tab.get("F8")).isNull();
        assertThat(tab.get("H8")).isNull();
    }

    @Test
    void newRowsFollowWhatOthersAdd() {
        TabReading reading = bench.read();
        meanwhile(1, x -> tab.set("H7", "theirs").set("C7", 3));

        assertThat(bench.write(append(reading, "new", Map.of()))).isEqualTo(new Written(8));
        assertThat(tab.get("H7")).isEqualTo("theirs");
        assertThat(tab.get("C7")).isEqualTo(3.0);
    }

    @Test
    void aRowThatIsTakenAwayAndHadMovedIsPutBack() {
        // Given
        Map<Column, CellValue> nothing = new HashMap<>();
        SERVICES.columns().forEach(column -> nothing.put(column, CellValue.BLANK));
        TabReading reading = bench.read();
        List<Object> c = row(4);
        meanwhile(1, x -> tab.insertRow(2));

        // When: b stands where c was, by then
        RowResult result = bench.write(update(reading, "c", nothing));

        // Then
        assertThat(result).isInstanceOf(Moved.class);
        assertThat(row(5)).isEqualTo(c);
        assertThat(tab.get("H4")).isEqualTo("b");
        assertThat(tab.get("F4")).isEqualTo("note of b");
        assertThat(tab.get("A4")).isEqualTo("Supplier of b");
        assertThat(tab.get("D4")).isEqualTo(3_000.0);
    }

    private List<Object> row(int row) {
        return Arrays.asList(
                tab.get("A" + row),
                tab.get("B" + row),
                tab.get("C" + row),
                tab.get("D" + row),
                tab.get("F" + row),
                tab.get("H" + row));
    }
}
