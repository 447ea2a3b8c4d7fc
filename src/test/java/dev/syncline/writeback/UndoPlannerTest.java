package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.google.api.services.sheets.v4.model.CellData;
import com.google.api.services.sheets.v4.model.ExtendedValue;
import com.google.api.services.sheets.v4.model.GridData;
import com.google.api.services.sheets.v4.model.RowData;
import com.google.api.services.sheets.v4.model.Sheet;
import com.google.api.services.sheets.v4.model.SheetProperties;
import com.google.api.services.sheets.v4.model.Spreadsheet;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.writeback.LogEntry.LoggedCell;
import dev.syncline.writeback.LogEntry.Status;

import static dev.syncline.writeback.Rows.CODE;
import static dev.syncline.writeback.Rows.COST;
import static dev.syncline.writeback.Rows.NAME;
import static dev.syncline.writeback.Rows.reading;
import static dev.syncline.writeback.Rows.row;
import static dev.syncline.writeback.Rows.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UndoPlannerTest {
    private static final LogEntry UPDATE = entry(cell("Name", "Ann", "Bea"), cell("Cost", 5, 7));
    private static final LogEntry APPEND =
            entry(cell("Code", null, "A-1"), cell("Name", null, "Ann"), cell("Cost", null, 5));

    @Test
    void givesCellsBackWhatTheyHeld() {
        UndoPlan.Restore plan =
                restore(UndoPlanner.plan(undo(UPDATE), reading(row("B-1"), row("A-1", "Bea", 7, "Open"))));

        assertThat(plan.change().row()).isEqualTo(3);
        assertThat(plan.change().cells()).isEqualTo(Map.of(NAME, value("Ann"), COST, value(5)));
        assertThat(plan.cells())
                .containsExactly(
                        new LoggedCell("Cost", value(7), value(5), false),
                        new LoggedCell("Name", value("Bea"), value("Ann"), false));
        assertThat(plan.left()).isEmpty();
        assertThat(plan.clearsRow()).isFalse();
    }

    @Test
    void leavesWhatPeopleHaveWrittenSince() {
        UndoPlan.Restore plan = restore(UndoPlanner.plan(undo(UPDATE), reading(row("A-1", "Eve", 7, "Open"))));

        assertThat(plan.change().cells()).isEqualTo(Map.of(COST, value(5)));
        assertThat(plan.left()).containsExactly("Name");
    }

    @Test
    void hasNothingToDoWhereCellsAreAsTheyWere() {
        assertThat(UndoPlanner.plan(undo(UPDATE), reading(row("A-1", "Ann", 5, "Open"))))
                .isEqualTo(new UndoPlan.Leave(List.of()));
    }

    @Test
    void goesBackThroughSeveralWritesOfARun() {
        LogEntry second = entry(cell("Name", "Bea", "Cid"));

        UndoPlan.Restore plan = restore(UndoPlanner.plan(undo(second, UPDATE), reading(row("A-1", "Cid", 7))));

        assertThat(plan.change().cells()).isEqualTo(Map.of(NAME, value("Ann"), COST, value(5)));
    }

    @Test
    void skipsAWriteThatDidNotCome() {
        LogEntry lost = entry(cell("Name", "Bea", "Cid"));

        UndoPlan.Restore plan = restore(UndoPlanner.plan(undo(lost, UPDATE), reading(row("A-1", "Bea", 7))));

        assertThat(plan.change().cells()).isEqualTo(Map.of(NAME, value("Ann"), COST, value(5)));
        assertThat(plan.left()).isEmpty();
    }

    @Test
    void clearsARowThatWasAppended() {
        UndoPlan.Restore plan = restore(UndoPlanner.plan(undo(APPEND), reading(row("A-1", "Ann", 5))));

        assertThat(plan.change().cells())
                .isEqualTo(Map.of(CODE, CellValue.BLANK, NAME, CellValue.BLANK, COST, CellValue.BLANK));
        assertThat(plan.clearsRow()).isTrue();
    }

    @Test
    void leavesAnAppendedRowThatPeopleUseAsItIs() {
        assertThat(UndoPlanner.plan(undo(APPEND), reading(row("A-1", "Anna", 5))))
                .isEqualTo(new UndoPlan.Leave(List.of("Name")));
    }

    @Test
    void leavesAnAppendedRowThatALaterRunHasFilled() {
        assertThat(UndoPlanner.plan(undo(APPEND), reading(row("A-1", "Ann", 5, "Open"))))
                .isEqualTo(new UndoPlan.Leave(List.of("Status")));
    }

    @Test
    void leavesAnAppendedRowBesideWhoseCellsPeopleHaveWritten() {
        UndoPlan plan = UndoPlanner.plan(undo(APPEND), reading(row("A-1", "Ann", 5)));

        assertThat(UndoPlanner.sparing(plan, there("A-1", "Ann", "5", ""))).isEqualTo(plan);
        assertThat(UndoPlanner.sparing(plan, there("A-1", "Ann", "5", "", "", "theirs")))
                .isEqualTo(new UndoPlan.Leave(List.of("column F")));
    }

    @Test
    void clearsNoRowThatHasMovedMeanwhile() {
        UndoPlan plan = UndoPlanner.plan(undo(APPEND), reading(row("A-1", "Ann", 5)));

        assertThat(UndoPlanner.sparing(plan, there("B-1")))
                .isEqualTo(new UndoPlan.Refuse(ErrorCode.ROW_MOVED, "row 2 was another one a moment before"));
    }

    @Test
    void hasNothingToDoForAnAppendedRowThatIsGone() {
        assertThat(UndoPlanner.plan(undo(APPEND), reading(row("B-1")))).isEqualTo(new UndoPlan.Leave(List.of()));
    }

    @Test
    void appendsARowAgainThatAnUndoHasCleared() {
        LogEntry cleared = entry(cell("Code", "A-1", null), cell("Name", "Ann", null), cell("Cost", 5, null));

        UndoPlan.Restore plan = restore(UndoPlanner.plan(undo(cleared), reading(row("B-1"))));

        assertThat(plan.change().isAppend()).isTrue();
        assertThat(plan.change().key()).isEqualTo("A-1");
        assertThat(plan.change().cells()).isEqualTo(Map.of(CODE, value("A-1"), NAME, value("Ann"), COST, value(5)));
    }

    @Test
    void givesARowItsEarlierKeyBack() {
        LogEntry renamed = entry("A-9", cell("Code", "A-1", "A-9"), cell("Cost", 5, 7));

        UndoPlan.Restore plan = restore(UndoPlanner.plan(undo(renamed), reading(row("B-1"), row("A-9", "Ann", 7))));

        assertThat(plan.change().row()).isEqualTo(3);
        assertThat(plan.change().key()).isEqualTo("A-9");
        assertThat(plan.change().cells()).isEqualTo(Map.of(CODE, value("A-1"), COST, value(5)));
        assertThat(plan.clearsRow()).isFalse();
    }

    @Test
    void findsARowWhoseKeyAnUndoHasGivenBack() {
        LogEntry undone = entry("A-9", cell("Code", "A-9", "A-1"), cell("Cost", 7, 5));

        UndoPlan.Restore plan = restore(UndoPlanner.plan(undo(undone), reading(row("A-1", "Ann", 5))));

        assertThat(plan.change().cells()).isEqualTo(Map.of(CODE, value("A-9"), COST, value(7)));
        assertThat(UndoPlanner.plan(undo(undone), reading(row("B-1")))).isInstanceOf(UndoPlan.Refuse.class);
    }

    @Test
    void refusesARowThatIsGone() {
        assertThat(UndoPlanner.plan(undo(UPDATE), reading(row("B-1"))))
                .isInstanceOfSatisfying(
                        UndoPlan.Refuse.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.ROW_GONE));
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        assertThat(UndoPlanner.plan(undo(UPDATE), reading(row("A-1"), row("A-1"))))
                .isInstanceOfSatisfying(
                        UndoPlan.Refuse.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.KEY_DUPLICATED));
    }

    @Test
    void refusesARunWhoseColumnsHaveOtherLabelsNow() {
        RowUndo renamed = undo(UPDATE, entry(cell("Full name", null, "Ann"), cell("Cost", 1, 5)));

        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> WriteBackUndo.checkLabels(renamed))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.RUN_NOT_UNDOABLE))
                .satisfies(refusal -> assertThat(refusal.detail()).contains("it has not now: Full name;"));
        assertThatCode(() -> WriteBackUndo.checkLabels(undo(UPDATE))).doesNotThrowAnyException();
    }

    /** @param cells of row 2, from column A on */
    private static CellsThere there(String... cells) {
        List<CellData> values = Stream.of(cells)
                .map(text -> new CellData()
                        .setUserEnteredValue(text.isEmpty() ? null : new ExtendedValue().setStringValue(text)))
                .toList();
        GridData row = new GridData().setStartRow(1).setRowData(List.of(new RowData().setValues(values)));
        Sheet tab =
                new Sheet().setProperties(new SheetProperties().setSheetId(7)).setData(List.of(row));
        return new CellsThere(new Spreadsheet().setSheets(List.of(tab)));
    }

    private static UndoPlan.Restore restore(UndoPlan plan) {
        return (UndoPlan.Restore) plan;
    }

    /** @param newestFirst what was done to the row */
    private static RowUndo undo(LogEntry... newestFirst) {
        return new RowUndo(Rows.MODEL, List.of(newestFirst));
    }

    private static LoggedCell cell(String column, Object from, Object to) {
        return new LoggedCell(column, value(from), value(to), false);
    }

    private static LogEntry entry(LoggedCell... cells) {
        return entry("A-1", cells);
    }

    private static LogEntry entry(String key, LoggedCell... cells) {
        return new LogEntry(
                "run:item:1",
                "run",
                "item",
                "Thing",
                "r1",
                key,
                "WRITE_BACK_UPDATE",
                Status.SUCCESS,
                "somebody",
                "a-spreadsheet",
                "Things",
                2,
                List.of(cells),
                null,
                null,
                Instant.EPOCH);
    }
}
