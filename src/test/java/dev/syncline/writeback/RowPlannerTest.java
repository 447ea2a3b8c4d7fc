package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorCode;
import dev.syncline.writeback.BatchPlanner.Planned;
import dev.syncline.writeback.KnownRows.Known;
import dev.syncline.writeback.LogEntry.LoggedCell;
import dev.syncline.writeback.WrittenRow.WrittenCell;

import static dev.syncline.writeback.Rows.CODE;
import static dev.syncline.writeback.Rows.COST;
import static dev.syncline.writeback.Rows.MODEL;
import static dev.syncline.writeback.Rows.NAME;
import static dev.syncline.writeback.Rows.STATUS;
import static dev.syncline.writeback.Rows.candidate;
import static dev.syncline.writeback.Rows.reading;
import static dev.syncline.writeback.Rows.row;
import static dev.syncline.writeback.Rows.value;
import static dev.syncline.writeback.Rows.values;
import static dev.syncline.writeback.Rows.written;
import static org.assertj.core.api.Assertions.assertThat;

class RowPlannerTest {
    private static final TabReading ONE_ROW = reading(row("A-1", "Ann", 5, "Open"));

    // --- which cells

    @Test
    @DisplayName("S2-20: of a row that is there only the cells are sent that differ")
    void sendsWhatDiffers() {
        RowPlan.Write plan = write(plan(candidate(values("A-1", "Ann", 7, "Open")), ONE_ROW));

        assertThat(plan.change().cells()).isEqualTo(Map.of(COST, value(7)));
        assertThat(plan.change().row()).isEqualTo(2);
        assertThat(plan.change().key()).isEqualTo("A-1");
        assertThat(plan.cells()).containsExactly(new LoggedCell("Cost", value(5), value(7), false));
    }

    @Test
    @DisplayName("S2-20: a missing value clears its own cell and no other")
    void clearsTheCellOfAMissingValue() {
        RowPlan.Write plan = write(plan(candidate(values("A-1", null, 5, "Open")), ONE_ROW));

        assertThat(plan.change().cells()).isEqualTo(Map.of(NAME, CellValue.BLANK));
    }

    @Test
    void leavesAColumnWithoutAValueAlone() {
        RowValues some = new RowValues(
                "A-1",
                Map.of(CODE, value("A-1"), COST, value(7)),
                List.of(new CellRemark(ErrorCode.LABEL_UNKNOWN, "Status", "no label")));

        RowPlan.Write plan = write(plan(candidate(some), ONE_ROW));

        assertThat(plan.change().cells()).containsOnlyKeys(COST);
        assertThat(plan.remarks()).extracting(CellRemark::column).containsExactly("Status");
    }

    @Test
    void keepsARowThatHoldsEverything() {
        RowPlan.Keep plan = (RowPlan.Keep) plan(candidate(values("A-1", "Ann", 5, "Open")), ONE_ROW);

        assertThat(plan.row()).isEqualTo(2);
        assertThat(plan.after())
                .containsExactly(
                        new WrittenCell("code", value("A-1")),
                        new WrittenCell("cost", value(5)),
                        new WrittenCell("name", value("Ann")),
                        new WrittenCell("status", value("Open")));
    }

    @Test
    void keepsTheLabelThatAPersonPreferred() {
        TabReading preferred = reading(row("A-1", "Ann", 5, "Still open"));

        assertThat(plan(candidate(values("A-1", "Ann", 5, "Open")), preferred)).isInstanceOf(RowPlan.Keep.class);
    }

    @Test
    void writesANumberOverTheSameNumberAsText() {
        TabReading typed = reading(row("A-1", "Ann", "5", "Open"));

        assertThat(write(plan(candidate(values("A-1", "Ann", 5, "Open")), typed))
                        .change()
                        .cells())
                .isEqualTo(Map.of(COST, value(5)));
    }

    @Test
    void neverWritesTheKeyOfARowThatIsThere() {
        TabReading numeric = reading(row(1001, "Ann", 5, "Open"));

        RowPlan.Write plan = write(plan(candidate(values("1001", "Bea", 5, "Open")), numeric));

        assertThat(plan.change().cells()).containsOnlyKeys(NAME);
    }

    @Test
    void leavesAFormulaOfAPersonAndSaysSo() {
        TabReading computed = reading(row("A-1", "Ann", CellValue.formula("=2+3"), "Open"));

        RowPlan.Write plan = write(plan(candidate(values("A-1", "Bea", 5, "Open")), computed));

        assertThat(plan.change().cells()).containsOnlyKeys(NAME);
        assertThat(plan.remarks())
                .containsExactly(new CellRemark(ErrorCode.FORMULA_KEPT, "Cost", "row 2 has a formula there"));
        assertThat(plan.after()).extracting(WrittenCell::column).doesNotContain("cost");
    }

    @Test
    @DisplayName("S2-40: what we once wrote into a cell is still known after it was left alone")
    void remembersWhatItWroteBeforeTheFormula() {
        TabReading computed = reading(row("A-1", "Ann", CellValue.formula("=2+3"), "Open"));

        RowPlan.Write plan = write(
                plan(ConflictPolicy.overwrite, values("A-1", "Bea", 5, "Open"), computed, written("Ann", 4, "Open")));

        assertThat(plan.after()).contains(new WrittenCell("cost", CellValue.number(4)));
    }

    // --- which row

    @Test
    @DisplayName("S2-26: the row is where its key is, whatever number the record knows")
    void findsARowThatHasMoved() {
        TabReading moved = reading(row("B-1"), row("C-1"), row("A-1", "Ann", 5, "Open"));

        RowPlan.Write plan = write(plan(candidate(values("A-1", "Bea", 5, "Open"), 2), moved));

        assertThat(plan.change().row()).isEqualTo(4);
    }

    @Test
    @DisplayName("S2-26: a row that is gone is a lasting failure, and nothing is written in its place")
    void refusesARowThatIsGone() {
        RowPlan plan = plan(candidate(values("A-2", "Ann", 5, "Open"), 3), ONE_ROW);

        assertThat(plan)
                .isEqualTo(new RowPlan.Refuse(
                        ErrorCode.ROW_GONE,
                        "the record was in row 3 of the tab \"Things\", and no row has its key 'A-2' now"));
    }

    @Test
    void knowsARowsNumberThatLiesDeeper() {
        Model deep = new Model(
                "Thing",
                "things",
                MODEL.spreadsheet(),
                "Things",
                1,
                CODE,
                "sheet.row",
                List.of(),
                "echo",
                List.of(),
                MODEL.columns());
        Document source = new Document("_id", "r1").append("sheet", new Document("row", 3));

        assertThat(new Candidate(Rows.item("r1"), deep, source, values("A-1", "Ann", 5, "Open")).notedRow())
                .contains(3);
    }

    @Test
    @DisplayName("S2-24: a record that was never written is appended, also for an update")
    void appendsWhatWasNeverWritten() {
        RowPlan.Write plan = write(plan(candidate(values("A-2", "Bea", null, "Done")), ONE_ROW));

        assertThat(plan.change().isAppend()).isTrue();
        assertThat(plan.change().cells())
                .isEqualTo(Map.of(CODE, value("A-2"), NAME, value("Bea"), STATUS, value("Done")));
        assertThat(plan.cells())
                .allSatisfy(cell -> assertThat(cell.from()).isEqualTo(CellValue.BLANK))
                .extracting(LoggedCell::column)
                .containsExactly("Code", "Name", "Status");
        assertThat(plan.after()).extracting(WrittenCell::column).containsExactly("code", "cost", "name", "status");
    }

    @Test
    @DisplayName("S2-27: a row's number of 0 counts as none")
    void takesNoRowForZero() {
        assertThat(write(plan(candidate(values("A-2", "Bea", 1, "Done"), 0), ONE_ROW))
                        .change()
                        .isAppend())
                .isTrue();
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        TabReading twice = reading(row("A-1", "Ann"), row("B-1"), row("A-1", "Eve"));

        assertThat(plan(candidate(values("A-1", "Ann", 5, "Open")), twice))
                .isEqualTo(new RowPlan.Refuse(
                        ErrorCode.KEY_DUPLICATED, "the record's key stands in the rows [2, 4] of the tab \"Things\""));
    }

    @Test
    void refusesTheSecondRecordOfOneKey() {
        Candidate first = candidate(values("A-9", "Ann", 5, "Open"));
        Candidate second = candidate(values("A-9", "Eve", 6, "Open"));

        List<Planned> planned = new BatchPlanner(
                        new RowPlanner(ConflictPolicy.overwrite), Map.of(MODEL, ONE_ROW), new Known(Map.of(), Map.of()))
                .plan(List.of(first, second));

        assertThat(planned.get(0).plan()).isInstanceOf(RowPlan.Write.class);
        assertThat(planned.get(1).plan())
                .isEqualTo(new RowPlan.Refuse(
                        ErrorCode.KEY_DUPLICATED, "another record of the model has the key 'A-9', too"));
    }

    @Test
    void refusesAKeyThatAnotherRecordsRowHas() {
        Known known = new Known(Map.of(), Map.of("Thing/A-1", Set.of("Thing/r1", "Thing/r2")));

        assertThat(plan(known, values("A-1", "Ann", 5, "Open"), ONE_ROW))
                .isEqualTo(new RowPlan.Refuse(
                        ErrorCode.KEY_DUPLICATED,
                        "another record of the model was written to the row with the key 'A-1'"));
        assertThat(plan(
                        new Known(Map.of(), Map.of("Thing/A-1", Set.of("Thing/r1"))),
                        values("A-1", "Ann", 5, "Open"),
                        ONE_ROW))
                .isInstanceOf(RowPlan.Keep.class);
    }

    // --- keys that change

    @Test
    void givesTheRowTheKeyThatTheRecordHasNow() {
        TabReading moved = reading(row("B-1"), row("A-1", "Ann", 5, "Open"));

        RowPlan.Write plan = write(new RowPlanner(ConflictPolicy.overwrite)
                .plan(candidate(values("A-9", "Ann", 7, "Open"), 2), moved, written("Ann", 5, "Open")));

        assertThat(plan.change().row()).isEqualTo(3);
        assertThat(plan.change().key()).isEqualTo("A-1");
        assertThat(plan.change().cells()).isEqualTo(Map.of(CODE, value("A-9"), COST, value(7)));
        assertThat(plan.cells())
                .containsExactly(
                        new LoggedCell("Code", value("A-1"), value("A-9"), false),
                        new LoggedCell("Cost", value(5), value(7), false));
        assertThat(plan.after()).contains(new WrittenCell("code", value("A-9")));
    }

    @Test
    void refusesAChangedKeyWhoseEarlierOneStandsTwice() {
        TabReading twice = reading(row("A-1", "Ann"), row("A-1", "Eve"));

        assertThat(plan(ConflictPolicy.overwrite, values("A-9", "Ann", 5, "Open"), twice, written("Ann", 5, "Open")))
                .isEqualTo(new RowPlan.Refuse(
                        ErrorCode.KEY_DUPLICATED,
                        "the key that the record had stands in the rows [2, 3] of the tab \"Things\""));
    }

    @Test
    void takesNoRowThatIsAnotherRecordsByNow() {
        Known known = new Known(
                Map.of("Thing/r1", written("Ann", 5, "Open")), Map.of("Thing/A-1", Set.of("Thing/r1", "Thing/r2")));

        RowPlan.Write plan = write(plan(known, values("A-9", "Ann", 5, "Open"), ONE_ROW));

        assertThat(plan.change().isAppend()).isTrue();
    }

    @Test
    void takesNoRowOfAnotherSpreadsheetForItsOwn() {
        WrittenRow elsewhere = new WrittenRow(
                "Thing/r1", "another", "A-1", 2, List.of(new WrittenCell("cost", value(9))), Instant.EPOCH, "a run");

        RowPlan.Write plan = write(
                plan(new Known(Map.of("Thing/r1", elsewhere), Map.of()), values("A-1", "Ann", 7, "Open"), ONE_ROW));

        assertThat(plan.cells()).containsExactly(new LoggedCell("Cost", value(5), value(7), false));
    }

    // --- conflicts

    @Test
    @DisplayName("S2-40: by default the record wins over a person's change, and the old value is recorded")
    void overwritesAndRecordsWhatAPersonHadChanged() {
        TabReading edited = reading(row("A-1", "Anna", 5, "Open"));

        RowPlan.Write plan = write(
                plan(ConflictPolicy.overwrite, values("A-1", "Ann", 7, "Open"), edited, written("Ann", 5, "Open")));

        assertThat(plan.cells())
                .containsExactly(
                        new LoggedCell("Cost", value(5), value(7), false),
                        new LoggedCell("Name", value("Anna"), value("Ann"), true));
    }

    @Test
    @DisplayName("S2-40: where conflicts are refused nothing of the row is written, and the columns are named")
    void refusesAndNamesTheColumns() {
        TabReading edited = reading(row("A-1", "Anna", 6, "Open"));

        RowPlan plan = plan(ConflictPolicy.refuse, values("A-1", "Ann", 7, "Done"), edited, written("Ann", 5, "Open"));

        assertThat(plan)
                .isEqualTo(new RowPlan.Refuse(
                        ErrorCode.CELL_CONFLICT, "people have changed Cost, Name in row 2 since it was last written"));
    }

    @Test
    @DisplayName("S2-40: a person may decide that a refused row is overwritten")
    void overwritesWhenTold() {
        TabReading edited = reading(row("A-1", "Anna", 5, "Open"));
        Candidate decided = new Candidate(
                Rows.item("r1", true),
                MODEL,
                candidate(values("A-1", "Ann", 5, "Open")).source(),
                values("A-1", "Ann", 5, "Open"));

        RowPlan plan = new RowPlanner(ConflictPolicy.refuse).plan(decided, edited, written("Ann", 5, "Open"));

        assertThat(write(plan).cells()).containsExactly(new LoggedCell("Name", value("Anna"), value("Ann"), true));
    }

    @Test
    void seesNoConflictWhereAPersonWroteTheSame() {
        TabReading edited = reading(row("A-1", "Anna", 5, "Open"));

        RowPlan plan = plan(ConflictPolicy.refuse, values("A-1", "Anna", 5, "Open"), edited, written("Ann", 5, "Open"));

        assertThat(plan).isInstanceOf(RowPlan.Keep.class);
    }

    @Test
    void seesNoConflictInAnotherLabelOfTheSameKey() {
        TabReading preferred = reading(row("A-1", "Ann", 5, "Still open"));

        RowPlan plan =
                plan(ConflictPolicy.refuse, values("A-1", "Ann", 5, "Done"), preferred, written("Ann", 5, "Open"));

        assertThat(write(plan).cells())
                .containsExactly(new LoggedCell("Status", value("Still open"), value("Done"), false));
    }

    @Test
    void seesNoConflictWhereItNeverWrote() {
        RowPlan plan = plan(ConflictPolicy.refuse, values("A-1", "Bea", 7, "Done"), ONE_ROW, null);

        assertThat(write(plan).change().cells()).containsOnlyKeys(NAME, COST, STATUS);
    }

    @Test
    void aFaultIsOneRowsAlone() {
        // Given: a model whose tab nobody has read, which cannot be
        Model unread = new Model(
                "Unread",
                "unread",
                MODEL.spreadsheet(),
                "Unread",
                1,
                CODE,
                "sheetRowIndex",
                List.of(),
                "sheetSyncedAt",
                List.of(),
                MODEL.columns());
        Candidate good = candidate(values("A-1", "Ann", 5, "Open"));
        Candidate odd = new Candidate(Rows.item("Unread", "r2"), unread, good.source(), good.values());

        List<Planned> planned = new BatchPlanner(
                        new RowPlanner(ConflictPolicy.overwrite), Map.of(MODEL, ONE_ROW), new Known(Map.of(), Map.of()))
                .plan(List.of(odd, good));

        assertThat(planned.get(1).plan()).isInstanceOf(RowPlan.Keep.class);
        assertThat(planned.get(0).plan()).isInstanceOf(RowPlan.Faulty.class);
        assertThat(((RowPlan.Faulty) planned.get(0).plan()).failed())
                .extracting(ItemOutcome.Failed::code, ItemOutcome.Failed::lasting)
                .containsExactly(ErrorCode.INTERNAL_ERROR, false);
    }

    private static RowPlan plan(Candidate candidate, TabReading reading) {
        return new RowPlanner(ConflictPolicy.overwrite).plan(candidate, reading, null);
    }

    private static RowPlan plan(Known known, RowValues values, TabReading reading) {
        return new BatchPlanner(new RowPlanner(ConflictPolicy.overwrite), Map.of(MODEL, reading), known)
                .plan(List.of(candidate(values)))
                .get(0)
                .plan();
    }

    private static RowPlan plan(
            ConflictPolicy policy, RowValues values, TabReading reading, @Nullable WrittenRow last) {
        return new RowPlanner(policy).plan(candidate(values), reading, last);
    }

    private static RowPlan.Write write(RowPlan plan) {
        return (RowPlan.Write) plan;
    }
}
