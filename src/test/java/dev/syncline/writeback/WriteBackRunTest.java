package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.dev.sheets.Faults;
import dev.syncline.writeback.LogEntry.LoggedCell;
import dev.syncline.writeback.QueueItem.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Runs of write-back, from queued changes to what stands in the sheets and in the database afterwards. */
@QuarkusTest
@TestProfile(WriteBackProfile.class)
class WriteBackRunTest {
    @Inject
    WriteBackDesk desk;

    @Inject
    SteeredWriteBackConfig config;

    @BeforeEach
    void clear() {
        desk.clear();
    }

    // --- what is written

    @Test
    @DisplayName("S2-4: a new record's row is appended, its number stored, the item completed, and the real row logged")
    void appendsARow() {
        desk.tab().fill(List.of(WriteBackDesk.REQUEST_LABELS, theirs("K-0"), theirs("K-1")));
        desk.create("A-1");

        JsonPath answer = desk.run();

        assertThat(desk.keys(3)).containsExactly("K-0", "K-1", "A-1");
        assertThat(desk.cell("Customer", 4)).isEqualTo("Customer A-1");
        assertThat(desk.stored("A-1").get("sheetRowIndex")).isEqualTo(4);
        QueueItem item = desk.item("A-1");
        assertThat(item.status()).isEqualTo(Status.COMPLETED);
        assertThat(item.processedAt()).isNotNull();
        assertThat(item.row()).isEqualTo(4);
        assertThat(desk.log("A-1"))
                .extracting(LogEntry::status, LogEntry::action, LogEntry::row, LogEntry::key, LogEntry::actor)
                .containsExactly(tuple(
                        LogEntry.Status.SUCCESS, "WRITE_BACK_CREATE", 4, "A-1", answer.getString("run.trigger.actor")));
        assertResult(answer, 1, 1, 0, 0);
        assertThat(answer.getInt("run.counts.added")).isEqualTo(1);
    }

    @Test
    @DisplayName("S2-5: an update writes the record as it is now, not as it was queued")
    void writesTheCurrentRecord() {
        desk.create("A-1");
        desk.run();
        desk.set("A-1", "customerName", "as queued");
        desk.queue(Action.UPDATE, "A-1");
        desk.set("A-1", "customerName", "as it is now");

        JsonPath answer = desk.run();

        assertThat(desk.cell("Customer", 2)).isEqualTo("as it is now");
        assertResult(answer, 1, 1, 0, 0);
        assertThat(answer.getInt("run.counts.updated")).isEqualTo(1);
        assertThat(newest("A-1").cells())
                .containsExactly(new LoggedCell(
                        "Customer", CellValue.text("Customer A-1"), CellValue.text("as it is now"), false));
    }

    @Test
    @DisplayName("S2-24: an update that was queued before its record was ever written becomes its row")
    void appendsForAnUpdate() {
        desk.request("A-1");
        desk.queue(Action.UPDATE, "A-1");

        desk.run();
        desk.set("A-1", "notes", "and more");
        desk.queue(Action.UPDATE, "A-1");
        desk.run();

        assertThat(desk.keys(2)).containsExactly("A-1", null);
        assertThat(desk.cell("Notes", 2)).isEqualTo("and more");
        assertThat(desk.stored("A-1").get("sheetRowIndex")).isEqualTo(2);
    }

    @Test
    void keepsWhatIsInTheSheetAlready() {
        desk.create("A-1");
        desk.run();
        desk.queue(Action.UPDATE, "A-1");
        desk.sheets().forgetCalls();

        JsonPath answer = desk.run();

        assertResult(answer, 1, 0, 0, 1);
        assertThat(desk.writes()).isEmpty();
        assertThat(newest("A-1"))
                .extracting(LogEntry::status, LogEntry::code)
                .containsExactly(LogEntry.Status.SKIPPED, "unchanged");
    }

    @Test
    @DisplayName("S2-26: a row that people have moved is found by its key, and the record's number is mended")
    void mendsTheRowsNumber() {
        desk.create("A-1", "A-2");
        desk.run();
        desk.tab().insertRow(2);
        desk.set("A-1", "notes", "moved");
        desk.queue(Action.UPDATE, "A-1", "A-2");

        desk.run();

        assertThat(desk.cell("Notes", 3)).isEqualTo("moved");
        assertThat(desk.stored("A-1").get("sheetRowIndex")).isEqualTo(3);
        assertThat(desk.stored("A-2").get("sheetRowIndex")).isEqualTo(4);
    }

    @Test
    @DisplayName("S2-7: a deleted record's row stays, and its item closes as skipped")
    void leavesTheRowOfADeletedRecord() {
        desk.create("A-1");
        desk.run();
        desk.remove("A-1");
        desk.queue(Action.DELETE, "A-1");
        desk.sheets().forgetCalls();

        JsonPath answer = desk.run();

        assertResult(answer, 1, 0, 0, 1);
        assertThat(desk.sheets().calls()).isEmpty();
        assertThat(desk.keys(1)).containsExactly("A-1");
        assertThat(desk.items())
                .extracting(QueueItem::status, QueueItem::outcome)
                .contains(tuple(Status.COMPLETED, "deleted"));
    }

    @Test
    void forgetsWhatItWroteForRecordsThatAreGone() {
        desk.create("A-1", "A-2", "A-3");
        desk.run();
        desk.remove("A-1");
        desk.remove("A-2");
        desk.queue(Action.DELETE, "A-1");
        desk.queue(Action.UPDATE, "A-2");

        desk.run();

        assertThat(desk.all(WrittenRows.COLLECTION))
                .extracting(row -> row.get("_id"))
                .containsExactly("Request/A-3");
    }

    @Test
    void givesARowTheKeyThatItsRecordHasNow() {
        desk.create("A-1", "A-2");
        desk.run();
        desk.set("A-1", "code", "A-9");
        desk.tab().insertRow(2);
        desk.queue(Action.UPDATE, "A-1");

        JsonPath renamed = desk.run();

        assertResult(renamed, 1, 1, 0, 0);
        assertThat(desk.keys(4)).containsExactly(null, "A-9", "A-2", null);
        assertThat(desk.stored("A-1").get("sheetRowIndex")).isEqualTo(3);

        JsonPath undone = desk.undo(renamed);
        assertThat(desk.keys(4)).containsExactly(null, "A-1", "A-2", null);

        desk.undo(undone);
        assertThat(desk.keys(4)).containsExactly(null, "A-9", "A-2", null);
    }

    @Test
    void writesNoOtherRecordsRow() {
        desk.create("A-1");
        desk.run();
        desk.insert(
                "requests", new Document("_id", "other").append("code", "A-1").append("customerName", "Other"));
        desk.queue(Action.UPDATE, "other");

        desk.run();
        QueueItem refused = desk.item("other");
        desk.remove("A-1");
        desk.queue(Action.UPDATE, "other");
        desk.run();

        assertThat(refused)
                .extracting(QueueItem::status, QueueItem::lastCode)
                .containsExactly(Status.FAILED, "KEY_DUPLICATED");
        assertThat(desk.cell("Customer", 2)).isEqualTo("Other");
    }

    @Test
    @DisplayName("S2-38: a record that is gone closes as skipped, with its reason in the log, and is no success")
    void skipsAnOrphan() {
        desk.queue(Action.UPDATE, "gone");

        JsonPath answer = desk.run();

        assertResult(answer, 1, 0, 0, 1);
        assertThat(desk.item("gone"))
                .extracting(QueueItem::status, QueueItem::outcome)
                .containsExactly(Status.COMPLETED, "orphan");
        assertThat(desk.log("gone"))
                .extracting(LogEntry::status, LogEntry::code)
                .containsExactly(tuple(LogEntry.Status.SKIPPED, "orphan"));
    }

    @Test
    @DisplayName("S2-37: a record that is locked when it is processed is skipped; unlocked, its changes flow again")
    void skipsALockedRecord() {
        desk.insert(
                "revenues",
                new Document("_id", "R-1").append("revenueId", "R-1").append("amountVND", 5));
        desk.queue("Revenue", Action.CREATE, "R-1");
        lock(true);

        JsonPath locked = desk.run();
        Object whileLocked = desk.revenues().get("I3");
        lock(false);
        desk.queue("Revenue", Action.UPDATE, "R-1");
        JsonPath unlocked = desk.run();

        assertResult(locked, 1, 0, 0, 1);
        assertThat(whileLocked).isNull();
        assertThat(desk.log("R-1"))
                .extracting(LogEntry::status, LogEntry::code)
                .containsExactlyInAnyOrder(
                        tuple(LogEntry.Status.SKIPPED, "locked"), tuple(LogEntry.Status.SUCCESS, null));
        assertResult(unlocked, 1, 1, 0, 0);
        assertThat(desk.revenues().get("I3")).isEqualTo("R-1");
    }

    private void lock(boolean on) {
        desk.setIn("revenues", "R-1", "lockKT", on);
    }

    @Test
    @DisplayName(
            "S2-36: a status without a label and a missing seller are told on the item and on the run, and left alone")
    void warnsOfWhatHasNoWords() {
        desk.create("A-1");
        desk.run();
        desk.tab().set(WriteBackDesk.a1("Status", 2), "as people left it");
        desk.set("A-1", "status", "NO_SUCH_KEY");
        desk.set("A-1", "sellerId", "nobody");
        desk.set("A-1", "notes", "written all the same");
        desk.queue(Action.UPDATE, "A-1");

        JsonPath answer = desk.run();

        assertThat(desk.cell("Status", 2)).isEqualTo("as people left it");
        assertThat(desk.cell("Notes", 2)).isEqualTo("written all the same");
        assertThat(answer.getList("run.warnings.code", String.class))
                .containsExactlyInAnyOrder("LABEL_UNKNOWN", "REFERENCE_MISSING");
        assertThat(answer.getList("run.warnings.find { it.code == 'LABEL_UNKNOWN' }.sample", String.class))
                .containsExactly("Request/A-1: Status");
        assertThat(answer.getString("run.state")).isEqualTo("PARTIAL");
        assertThat(desk.items().stream()
                        .filter(item -> item.remarks() != null)
                        .findFirst()
                        .orElseThrow()
                        .remarks())
                .extracting(CellRemark::column)
                .containsExactlyInAnyOrder("Status", "Seller");
    }

    @Test
    @DisplayName(
            "S2-39: what came from the sheet is not sent back to it, and what we note on a record is no change of it")
    void makesNoEcho() {
        Instant now = Instant.now();
        desk.create("A-1");
        desk.set("A-1", "updatedAt", Date.from(now));
        desk.insert(
                "requests",
                new Document("_id", "A-2")
                        .append("code", "A-2")
                        .append("updatedAt", Date.from(now))
                        .append("sheetSyncedAt", Date.from(now)));

        desk.insert("requests", new Document("_id", "A-3").append("code", "A-3").append("updatedAt", Date.from(now)));

        JsonPath first = desk.run();
        JsonPath next = desk.run();

        assertResult(first, 2, 2, 0, 0);
        assertResult(next, 0, 0, 0, 0);
        assertThat(desk.keys(3)).containsExactly("A-1", "A-3", null);
        assertThat(desk.stored("A-1")).containsEntry("updatedAt", Date.from(now.truncatedTo(ChronoUnit.MILLIS)));
        assertThat(desk.items()).extracting(QueueItem::recordId).containsExactly("A-1", "A-3");
    }

    @Test
    @DisplayName("S2-40: a person's edit is overwritten by default, recorded with what it was, and told on the run")
    void overwritesAPersonsEdit() {
        desk.create("A-1");
        desk.run();
        desk.tab().set(WriteBackDesk.a1("Customer", 2), "a person's");
        desk.queue(Action.UPDATE, "A-1");

        JsonPath answer = desk.run();

        assertThat(desk.cell("Customer", 2)).isEqualTo("Customer A-1");
        assertThat(newest("A-1").cells())
                .containsExactly(
                        new LoggedCell("Customer", CellValue.text("a person's"), CellValue.text("Customer A-1"), true));
        assertThat(answer.getList("run.warnings.code", String.class)).containsExactly("CELL_CONFLICT");
    }

    @Test
    @DisplayName("S2-40: where edits are respected the item fails at once, until a person says that it may overwrite")
    void refusesToOverwriteAPersonsEdit() {
        config.setConflicts(ConflictPolicy.refuse);
        desk.create("A-1");
        desk.run();
        desk.tab().set(WriteBackDesk.a1("Customer", 2), "a person's");
        desk.set("A-1", "notes", "new");
        desk.queue(Action.UPDATE, "A-1");

        JsonPath refused = desk.run();
        Object meanwhile = desk.cell("Customer", 2);
        QueueItem failed = failed();
        retry(failed, true);
        desk.run();

        assertResult(refused, 1, 0, 1, 0);
        assertThat(meanwhile).isEqualTo("a person's");
        assertThat(failed.lastCode()).isEqualTo("CELL_CONFLICT");
        assertThat(failed.lastError()).contains("Customer").doesNotContain("a person's");
        assertThat(desk.cell("Customer", 2)).isEqualTo("Customer A-1");
        assertThat(desk.cell("Notes", 2)).isEqualTo("new");
    }

    private QueueItem failed() {
        return desk.items().stream()
                .filter(item -> item.status() == Status.FAILED)
                .findFirst()
                .orElseThrow();
    }

    private static void retry(QueueItem item, boolean overwrite) {
        SignedIn.as(SamplePerson.admin)
                .contentType("application/json")
                .body(Map.of("overwrite", overwrite))
                .post("/api/sync/queue/items/%s/retry".formatted(item.id()))
                .then()
                .statusCode(200);
    }

    // --- what fails

    @Test
    @DisplayName(
            "S2-6: a failing write counts, waits and keeps its error, and after the third attempt the item has failed")
    void failsForGoodAfterThreeAttempts() {
        desk.create("A-1");
        desk.sheets().faults().matching(":batchUpdate").fail(503, "backendError", 3);

        desk.run();
        QueueItem afterOne = desk.item("A-1");
        desk.letTimePass();
        desk.run();
        QueueItem afterTwo = desk.item("A-1");
        desk.letTimePass();
        JsonPath third = desk.run();
        QueueItem afterThree = desk.item("A-1");

        assertThat(List.of(afterOne, afterTwo, afterThree))
                .extracting(QueueItem::status, QueueItem::retries, QueueItem::lastCode)
                .containsExactly(
                        tuple(Status.PENDING, 1, "SOURCE_FAILED"),
                        tuple(Status.PENDING, 2, "SOURCE_FAILED"),
                        tuple(Status.FAILED, 3, "SOURCE_FAILED"));
        assertThat(afterOne.lastError()).isNotBlank();
        assertThat(afterOne.nextAttemptAt()).isAfter(Instant.now());
        assertThat(desk.log("A-1"))
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.detail()).isNotBlank())
                .extracting(LogEntry::status)
                .containsOnly(LogEntry.Status.FAILED);
        assertResult(third, 1, 0, 1, 0);
    }

    @Test
    @DisplayName("S2-6: an attempt that could not read the sheet does not count; its items wait, and the run says why")
    void readingsThatFailCostNoAttempt() {
        desk.create("A-1", "A-2");
        Instant before = Instant.now();
        desk.sheets().faults().matching("values:batchGet").fail(503, "backendError", 2);

        JsonPath answer = desk.run();

        assertResult(answer, 0, 0, 0, 0);
        assertThat(answer.getList("run.warnings.code", String.class)).containsExactly("SOURCE_FAILED");
        assertThat(desk.items()).hasSize(2).allSatisfy(item -> {
            assertThat(item.status()).isEqualTo(Status.PENDING);
            assertThat(item.retries()).isZero();
            assertThat(item.nextAttemptAt()).isAfter(before.plusSeconds(40));
        });
        assertThat(desk.log()).isEmpty();
    }

    @Test
    @DisplayName(
            "S2-25, S2-33: when a call fails each row is told as what is known of it: written, in doubt, or not sent")
    void tellsRowByRow() {
        desk.create("A-1", "A-2", "A-3", "A-4", "A-5", "A-6", "A-7", "A-8");
        Faults writes = desk.sheets().faults().matching(":batchUpdate");
        writes.fail(400, "badRequest", 2);
        writes.before(3, () -> writes.cut(1));
        writes.before(4, () -> writes.cut(1));

        JsonPath answer = desk.run();

        assertThat(answer.getList("run.warnings.code", String.class)).containsExactly("SOURCE_CUT");
        assertThat(desk.items())
                .extracting(QueueItem::status, QueueItem::retries)
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                Collections.nCopies(2, tuple(Status.COMPLETED, 0)),
                                Collections.nCopies(2, tuple(Status.PENDING, 1)),
                                Collections.nCopies(4, tuple(Status.PENDING, 0)))
                        .flatMap(List::stream)
                        .toList());
        for (QueueItem item : desk.items()) {
            LogEntry entry = newest(item.recordId());
            boolean isUnsent = item.status() == Status.PENDING && item.retries() == 0;
            assertThat(entry.status())
                    .isEqualTo(item.status() == Status.COMPLETED ? LogEntry.Status.SUCCESS : LogEntry.Status.FAILED);
            assertThat(entry.cells().isEmpty()).isEqualTo(isUnsent);
        }
    }

    @Test
    @DisplayName("S2-25: a write whose answer was lost is found by its key the next time, and not made twice")
    void doesNotAppendTwice() {
        desk.create("A-1");
        desk.sheets().faults().matching(":batchUpdate").cut(1);

        JsonPath lost = desk.run();
        desk.letTimePass();
        JsonPath found = desk.run();

        assertResult(lost, 1, 0, 1, 0);
        assertResult(found, 1, 0, 0, 1);
        assertThat(desk.keys(2)).containsExactly("A-1", null);
        assertThat(desk.stored("A-1").get("sheetRowIndex")).isEqualTo(2);
        assertThat(desk.item("A-1").status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    @DisplayName("S2-30: what another attempt cannot mend fails at once; the other items of the run are written")
    void failsAtOnceForGood() {
        desk.create("A-1", "A-2", "A-3", "A-4");
        desk.queue("Nobody's", Action.UPDATE, "x");
        desk.set("A-1", "pax", "not a number");
        desk.set("A-2", "code", null);
        desk.set("A-3", "sheetRowIndex", 77);

        JsonPath answer = desk.run();

        assertResult(answer, 5, 1, 4, 0);
        assertThat(desk.items())
                .extracting(QueueItem::recordId, QueueItem::status, QueueItem::lastCode)
                .containsExactlyInAnyOrder(
                        tuple("A-1", Status.FAILED, "VALUE_UNMAPPABLE"),
                        tuple("A-2", Status.FAILED, "KEY_MISSING"),
                        tuple("A-3", Status.FAILED, "ROW_GONE"),
                        tuple("A-4", Status.COMPLETED, null),
                        tuple("x", Status.FAILED, "MODEL_UNKNOWN"));
        assertThat(desk.keys(2)).containsExactly("A-4", null);
    }

    @Test
    @DisplayName("S2-30: items of a spreadsheet that is not shared fail at once, and hold up those of no other")
    void failsForOneSpreadsheetAlone() {
        desk.sheets()
                .spreadsheet(WriteBackProfile.REVENUES)
                .unshare(desk.sheets().accountEmail());
        desk.insert("revenues", new Document("_id", "R-1").append("revenueId", "R-1"));
        desk.queue("Revenue", Action.CREATE, "R-1");
        desk.create("A-1");

        JsonPath answer = desk.run();

        assertResult(answer, 2, 1, 1, 0);
        assertThat(desk.item("R-1"))
                .extracting(QueueItem::status, QueueItem::retries)
                .containsExactly(Status.FAILED, 1);
        assertThat(desk.item("A-1").status()).isEqualTo(Status.COMPLETED);
        assertThat(answer.getList("run.warnings.sample", List.class)).containsExactly(List.of("Revenue"));
    }

    @Test
    @DisplayName("S2-46: items of a tab whose header is not as configured wait, uncounted, and the run explains it")
    void waitsForTheHeader() {
        desk.tab().set(WriteBackDesk.a1("Notes", 1), "Remarks");
        desk.create("A-1");

        JsonPath answer = desk.run();
        QueueItem waiting = desk.item("A-1");
        desk.tab().set(WriteBackDesk.a1("Notes", 1), "Notes");
        JsonPath mended = desk.run();

        assertResult(answer, 0, 0, 0, 0);
        assertThat(waiting).extracting(QueueItem::status, QueueItem::retries).containsExactly(Status.PENDING, 0);
        assertThat(answer.getString("run.warnings[0].code")).isEqualTo("HEADER_MISMATCH");
        assertThat(answer.getString("run.warnings[0].message")).contains("Notes");
        assertResult(mended, 1, 1, 0, 0);
    }

    @Test
    @DisplayName("S2-46: a tab that was put right is no longer told as blocked, also if nothing waits for it")
    void looksAgainAtABlockedTab() {
        desk.tab().set(WriteBackDesk.a1("Notes", 1), "Remarks");
        desk.create("A-1");
        desk.run();
        SignedIn.as(SamplePerson.admin)
                .delete("/api/sync/queue/items/" + desk.item("A-1").id());

        JsonPath still = desk.run();
        desk.tab().set(WriteBackDesk.a1("Notes", 1), "Notes");
        JsonPath mended = desk.run();

        assertThat(still.getList("run.warnings.code", String.class)).containsExactly("HEADER_MISMATCH");
        assertThat(mended.getList("run.warnings")).isEmpty();
    }

    @Test
    @DisplayName(
            "what is queued is written also where changes that nobody told of cannot be looked for, and the run tells")
    void writesThoughTheTailFails() {
        desk.breakTail("Request");
        desk.create("A-1");

        JsonPath answer = desk.run();

        assertResult(answer, 1, 1, 0, 0);
        assertThat(answer.getList("run.warnings.code", String.class)).containsExactly("INTERNAL_ERROR");
        assertThat(answer.getList("run.warnings[0].sample", String.class)).containsExactly("Request");
    }

    @Test
    void waitsForATabThatDisappearsBetweenTwoBatches() {
        desk.create(WriteBackDesk.codes(30));
        desk.sheets().faults().matching("values:batchGet").before(3, () -> desk.tab()
                .rename("Elsewhere"));

        JsonPath answer = desk.run();

        assertResult(answer, 25, 25, 0, 0);
        assertThat(answer.getList("run.warnings.code", String.class)).containsExactly("TAB_MISSING");
        assertThat(desk.items())
                .filteredOn(item -> item.status() == Status.PENDING)
                .hasSize(5)
                .allSatisfy(item -> assertThat(item.retries()).isZero());
    }

    @Test
    @DisplayName(
            "S2-31: a run that Google asks to call less often stops, and gives back what it took as if it had never taken it")
    void stopsWhenCalledTooOften() {
        desk.create(WriteBackDesk.codes(30));
        desk.sheets().faults().rateLimit(50, Optional.empty());

        JsonPath answer = desk.run();

        assertResult(answer, 0, 0, 0, 0);
        assertThat(desk.items()).extracting(QueueItem::status).containsOnly(Status.PENDING);
        assertThat(desk.items()).extracting(QueueItem::retries).containsOnly(0);
        assertThat(answer.getList("run.warnings.code", String.class)).containsExactly("SHEETS_RATE_LIMIT");
    }

    // --- how much, how long

    @Test
    @DisplayName("S2-3: the answer's counts add up and are those of the tables")
    void countsAddUp() {
        desk.create("A-1", "A-2", "A-3");
        desk.queue(Action.UPDATE, "gone");
        desk.set("A-3", "pax", "not a number");

        JsonPath answer = desk.run();

        assertResult(answer, 4, 2, 1, 1);
        assertThat(answer.getMap("queueStats"))
                .isEqualTo(Map.of("pending", 0, "processing", 0, "completed", 3, "failed", 1));
        assertThat(desk.items())
                .filteredOn(item -> item.status() == Status.COMPLETED)
                .hasSize(3);
        assertThat(desk.log())
                .filteredOn(entry -> entry.status() == LogEntry.Status.SUCCESS)
                .hasSize(2);
    }

    @Test
    void takesNoFurtherItemsWhenItsTimeIsUp() {
        config.setRunFor(Duration.ofSeconds(1));
        desk.create(WriteBackDesk.codes(30));
        desk.sheets().faults().matching(":batchUpdate").delay(Duration.ofMillis(1100), 1);

        JsonPath answer = desk.run();

        assertResult(answer, 25, 25, 0, 0);
        assertThat(answer.getString("run.state")).isEqualTo("SUCCEEDED");
        assertThat(desk.items())
                .filteredOn(item -> item.status() == Status.PENDING)
                .hasSize(5);
    }

    @Test
    @DisplayName("C0-13: a dry run counts what a run would do, and writes nothing anywhere")
    void rehearses() {
        desk.create("A-1", "A-2");
        desk.run();
        desk.set("A-1", "notes", "new");
        desk.create("A-3");
        desk.queue(Action.UPDATE, "A-1", "A-2", "gone");
        List<LogEntry> before = desk.log();
        List<QueueItem> items = desk.items();
        desk.sheets().forgetCalls();

        JsonPath answer = desk.rehearse();

        assertResult(answer, 4, 2, 0, 2);
        assertThat(answer.getInt("run.counts.added")).isEqualTo(1);
        assertThat(desk.writes()).isEmpty();
        assertThat(desk.log()).isEqualTo(before);
        assertThat(desk.items()).isEqualTo(items);
        assertThat(desk.stored("A-3")).doesNotContainKey("sheetRowIndex");
    }

    @Test
    @DisplayName("S2-48: a backlog of 1,000 needs ten runs and so few calls that 60 a minute are enough for all in one")
    void drainsABacklog() {
        String[] codes = WriteBackDesk.codes(1000);
        desk.create(codes);

        int runs = 0;
        int mostCalls = 0;
        while (desk.items().stream().anyMatch(item -> item.status() == Status.PENDING)) {
            desk.sheets().forgetCalls();
            assertResult(desk.run(), 100, 100, 0, 0);
            mostCalls = Math.max(mostCalls, desk.sheets().calls().size());
            runs++;
        }

        // Every five minutes there is one: twelve an hour.
        assertThat(runs).isEqualTo(10);
        assertThat(mostCalls).isLessThanOrEqualTo(12);
        assertThat(desk.keys(1000)).containsExactly((Object[]) codes);
    }

    // --- what a run tells

    @Test
    @DisplayName("S2-10: what a run wrote and what it could not is for admins, and comes from the log")
    void tellsAdminsWhatItDid() {
        desk.create("A-1", "A-2");
        desk.set("A-1", "startDate", Date.from(Instant.parse("2026-03-01T00:00:00Z")));
        desk.set("A-2", "pax", "not a number");
        String run = WriteBackDesk.id(desk.run());

        JsonPath changes = get(run, "changes?limit=2");
        JsonPath rest = get(run, "changes?limit=2&cursor=" + changes.getString("nextCursor"));
        JsonPath rejections = get(run, "rejections");

        assertThat(changes.getList("items.key", String.class)).containsExactly("Request/A-1", "Request/A-1");
        assertThat(changes.getList("items.field", String.class)).hasSize(2).doesNotContainNull();
        assertThat(rest.getList("items.field", String.class))
                .doesNotContainAnyElementsOf(changes.getList("items.field", String.class));
        assertThat(List.of(changes, rest)).anySatisfy(page -> assertThat(page.getList("items.to", String.class))
                .contains("2026-03-01"));
        assertThat(rejections.getList("items.place", String.class)).containsExactly("Request/A-2");
        assertThat(rejections.getList("items.code", String.class)).containsExactly("VALUE_UNMAPPABLE");
        for (String part : List.of("changes", "rejections")) {
            SignedIn.as(SamplePerson.lead)
                    .get("/api/runs/%s/%s".formatted(run, part))
                    .then()
                    .statusCode(403);
        }
    }

    private static JsonPath get(String run, String part) {
        return SignedIn.as(SamplePerson.admin)
                .get("/api/runs/%s/%s".formatted(run, part))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    // --- small words

    private static List<String> theirs(String code) {
        List<String> row = new ArrayList<>(Collections.nCopies(15, "theirs"));
        row.add(code);
        return row;
    }

    private LogEntry newest(String recordId) {
        return desk.log(recordId).stream()
                .max(Comparator.comparing(LogEntry::at))
                .orElseThrow();
    }

    private static void assertResult(JsonPath answer, int processed, int succeeded, int failed, int skipped) {
        assertThat(answer.getMap("result"))
                .isEqualTo(
                        Map.of("processed", processed, "succeeded", succeeded, "failed", failed, "skipped", skipped));
    }
}
