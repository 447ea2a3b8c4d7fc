package dev.syncline.writeback;

import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.syncline.writeback.LogEntry.LoggedCell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Runs of write-back that are undone. */
@QuarkusTest
@TestProfile(WriteBackProfile.class)
class WriteBackUndoTest {
    @Inject
    WriteBackDesk desk;

    @BeforeEach
    void clear() {
        desk.clear();
        desk.create("A-1", "A-2");
    }

    @Test
    void restoresWhatARunHasChanged() {
        desk.set("A-1", "pax", 4);
        desk.run();
        JsonPath second = change("A-1", "A-2");

        JsonPath undone = desk.undo(second);

        assertThat(desk.cell("Customer", 2)).isEqualTo("Customer A-1");
        assertThat(desk.cell("Customer", 3)).isEqualTo("Customer A-2");
        assertThat(desk.cell("Pax", 2)).isEqualTo(4.0);
        assertThat(undone.getString("run.state")).isEqualTo("SUCCEEDED");
        assertThat(undone.getInt("run.counts.read")).isEqualTo(2);
        assertThat(undone.getInt("run.counts.updated")).isEqualTo(2);
        assertThat(desk.stored("A-1").get("sheetRowIndex")).isEqualTo(2);
        assertThat(undos("A-1"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.status()).isEqualTo(LogEntry.Status.SUCCESS))
                .satisfies(entry -> assertThat(entry.row()).isEqualTo(2))
                .satisfies(entry -> assertThat(entry.cells())
                        .containsExactly(new LoggedCell(
                                "Customer", CellValue.text("new A-1"), CellValue.text("Customer A-1"), false)));
    }

    @Test
    void leavesWhatPeopleHaveWrittenSince() {
        desk.run();
        desk.set("A-1", "notes", "ours");
        JsonPath second = change("A-1", "A-2");
        desk.tab().set(WriteBackDesk.a1("Customer", 2), "a person's");

        JsonPath undone = desk.undo(second);

        assertThat(desk.cell("Customer", 2)).isEqualTo("a person's");
        assertThat(desk.cell("Notes", 2)).isNull();
        assertThat(desk.cell("Customer", 3)).isEqualTo("Customer A-2");
        assertThat(undone.getString("run.state")).isEqualTo("PARTIAL");
        assertThat(undone.getString("run.warnings[0].code")).isEqualTo("CELL_CHANGED_SINCE");
        assertThat(undone.getList("run.warnings[0].sample", String.class)).containsExactly("Request/A-1: Customer");
    }

    @Test
    void clearsRowsThatWereAppended() {
        desk.undo(desk.run());

        assertThat(desk.keys(2)).containsOnlyNulls();
        assertThat(desk.cell("Customer", 2)).isNull();
        assertThat(desk.stored("A-1")).doesNotContainKey("sheetRowIndex");
        assertThat(desk.all(WrittenRows.COLLECTION)).isEmpty();
    }

    @Test
    void leavesAppendedRowsThatPeopleUse() {
        JsonPath first = desk.run();
        desk.tab().set(WriteBackDesk.a1("Their own", 2), "a person's");

        JsonPath undone = desk.undo(first);

        assertThat(desk.keys(2)).containsExactly("A-1", null);
        assertThat(desk.cell("Customer", 2)).isEqualTo("Customer A-1");
        assertThat(desk.stored("A-1").get("sheetRowIndex")).isEqualTo(2);
        assertThat(undone.getString("run.warnings[0].code")).isEqualTo("CELL_CHANGED_SINCE");
        assertThat(undone.getList("run.warnings[0].sample", String.class)).containsExactly("Request/A-1: column D");
    }

    @Test
    void leavesAppendedRowsThatALaterRunHasWrittenTo() {
        JsonPath first = desk.run();
        JsonPath second = change("A-1");

        desk.undo(first);

        assertThat(desk.keys(2)).containsExactly("A-1", null);
        assertThat(desk.cell("Customer", 2)).isEqualTo("new A-1");

        desk.undo(second);
        desk.undo(first);

        assertThat(desk.keys(2)).containsOnlyNulls();
    }

    @Test
    void writesAgainWhatWasUndone() {
        JsonPath first = desk.run();
        desk.undo(first);

        desk.queue(Action.UPDATE, "A-1");
        desk.run();

        assertThat(desk.keys(5)).containsOnlyOnce("A-1");
        assertThat(desk.stored("A-1").get("sheetRowIndex")).isNotNull();
    }

    @Test
    void undoesAnUndo() {
        desk.run();
        JsonPath second = change("A-1");
        JsonPath undone = desk.undo(second);

        desk.undo(undone);

        assertThat(desk.cell("Customer", 2)).isEqualTo("new A-1");
    }

    @Test
    void appendsAgainWhatAnUndoHasCleared() {
        JsonPath undone = desk.undo(desk.run());

        JsonPath redone = desk.undo(undone);

        assertThat(redone.getInt("run.counts.updated")).isEqualTo(2);
        assertThat(desk.keys(6)).containsOnlyOnce("A-1", "A-2");
        int row = ((Number) desk.stored("A-1").get("sheetRowIndex")).intValue();
        assertThat(desk.cell("Request ID", row)).isEqualTo("A-1");
        assertThat(desk.cell("Customer", row)).isEqualTo("Customer A-1");
    }

    @Test
    void findsRowsThatHaveMoved() {
        desk.run();
        JsonPath second = change("A-1", "A-2");
        desk.tab().insertRow(2);

        desk.undo(second);

        assertThat(desk.cell("Customer", 3)).isEqualTo("Customer A-1");
        assertThat(desk.cell("Customer", 4)).isEqualTo("Customer A-2");
    }

    @Test
    void restoresWhatWasWrittenWithoutAnAnswer() {
        desk.run();
        desk.sheets().faults().matching(":batchUpdate").cut(1);
        JsonPath lost = change("A-1");
        assertThat(desk.cell("Customer", 2)).isEqualTo("new A-1");

        desk.undo(lost);

        assertThat(desk.cell("Customer", 2)).isEqualTo("Customer A-1");
    }

    @Test
    void tellsWhatItCouldNotRestore() {
        desk.run();
        JsonPath second = change("A-1", "A-2");
        desk.tab().deleteRow(2);

        JsonPath undone = desk.undo(second);

        assertThat(desk.cell("Customer", 2)).isEqualTo("Customer A-2");
        assertThat(undone.getInt("run.counts.rejected")).isEqualTo(1);
        assertThat(undos("A-1"))
                .extracting(LogEntry::status, LogEntry::code)
                .containsExactly(tuple(LogEntry.Status.FAILED, "ROW_GONE"));
    }

    @Test
    void refusesWhatCannotBeUndone() {
        desk.run();
        JsonPath idle = desk.run();

        undoOf(WriteBackDesk.id(idle)).statusCode(409).body(Matchers.containsString("RUN_NOT_UNDOABLE"));
        undoOf("no-such-run").statusCode(404);
    }

    private static ValidatableResponse undoOf(String run) {
        return WriteBackDesk.send("/api/sync/write-back/undo?wait=true", "{\"run\": \"%s\"}".formatted(run))
                .then();
    }

    /** Gives each of these requests another customer, and writes them. */
    private JsonPath change(String... codes) {
        for (String code : codes) {
            desk.set(code, "customerName", "new " + code);
        }
        desk.queue(Action.UPDATE, codes);
        return desk.run();
    }

    private List<LogEntry> undos(String recordId) {
        return desk.log(recordId).stream()
                .filter(entry -> entry.action().equals("UNDO"))
                .toList();
    }
}
