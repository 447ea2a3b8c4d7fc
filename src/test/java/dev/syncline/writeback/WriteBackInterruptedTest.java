package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.awaitility.Awaitility;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.CapturedLog;
import dev.syncline.status.RunCalls;
import dev.syncline.writeback.QueueItem.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Runs of write-back that something comes in the way of: a fault, a stop, another worker, a change at the wrong moment. */
@QuarkusTest
@TestProfile(WriteBackProfile.class)
class WriteBackInterruptedTest {
    @Inject
    WriteBackDesk desk;

    @BeforeEach
    void clear() {
        desk.clear();
    }

    @Test
    @DisplayName(
            "S2-13: a fault of ours is a 500 that tells nothing of it; what was done stays done, the rest waits again")
    void givesBackWhatItHadNotFinished() {
        desk.create(WriteBackDesk.codes(30));
        desk.failAfter(1);

        Response answer;
        List<ExtLogRecord> logged;
        try (CapturedLog log = new CapturedLog()) {
            answer = WriteBackDesk.send("/api/sync/write-back?wait=true", "{}");
            logged = log.records();
        }

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(logged)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.getFormattedMessage()).doesNotContain(SteeredSheetWriter.SECRET))
                .noneMatch(line -> line.getThrown() != null);
        assertThat(logged)
                .anyMatch(line -> line.getFormattedMessage().contains("fault: java.lang.IllegalStateException"));
        assertThat(answer.asString())
                .doesNotContain(SteeredSheetWriter.SECRET)
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
        assertThat(desk.items())
                .filteredOn(item -> item.status() == Status.COMPLETED)
                .hasSize(25);
        assertThat(desk.items())
                .filteredOn(item -> item.status() != Status.COMPLETED)
                .hasSize(5)
                .extracting(QueueItem::status, QueueItem::retries, QueueItem::owner)
                .containsOnly(tuple(Status.PENDING, 0, null));
    }

    @Test
    void touchesNoSheetUnlessTheLogSaysSoBefore() {
        desk.create("A-1");
        desk.loseLogAfter(0);

        int status = WriteBackDesk.send("/api/sync/write-back?wait=true", "{}").statusCode();

        assertThat(status).isEqualTo(500);
        assertThat(desk.writes()).isEmpty();
        assertThat(desk.item("A-1"))
                .extracting(QueueItem::status, QueueItem::retries)
                .containsExactly(Status.PENDING, 0);
    }

    @Test
    void hasWrittenWhatItCannotLogAnyMore() {
        desk.create("A-1");
        desk.loseLogAfter(1);

        JsonPath answer = desk.run();

        assertThat(answer.getInt("result.succeeded")).isEqualTo(1);
        assertThat(desk.item("A-1").status()).isEqualTo(Status.COMPLETED);
        assertThat(desk.log("A-1")).extracting(LogEntry::status).containsExactly(LogEntry.Status.BEGUN);
        assertThat(desk.keys(1)).containsExactly("A-1");

        desk.loseLogAfter(Integer.MAX_VALUE);
        desk.undo(answer);

        assertThat(desk.keys(1)).containsOnlyNulls();
    }

    @Test
    void stopsAtOnceWhenItIsTold() {
        desk.create(WriteBackDesk.codes(30));
        desk.sheets().faults().matching("values:batchGet").delay(Duration.ofSeconds(2));
        String run = WriteBackDesk.send("/api/sync/write-back", "{}").path("task_id");
        Awaitility.await().until(() -> desk.items().stream().anyMatch(item -> item.status() == Status.PROCESSING));

        SignedIn.as(SamplePerson.admin)
                .post("/api/runs/" + run + "/cancel")
                .then()
                .statusCode(202);
        Instant asked = Instant.now();
        JsonPath ended = RunCalls.awaitEnd(run);

        assertThat(ended.getString("state")).isEqualTo("CANCELLED");
        assertThat(Instant.now()).isBefore(asked.plusMillis(1500));
        assertThat(desk.items())
                .hasSize(30)
                .extracting(QueueItem::status, QueueItem::retries)
                .containsOnly(tuple(Status.PENDING, 0));
        assertThat(desk.writes()).isEmpty();
    }

    @Test
    @DisplayName("S2-22: a run that is told to stop sends nothing more, not even what it has announced in the log")
    void sendsNothingOnceItIsToStop() {
        desk.create("A-1");
        JsonPath written = desk.run();
        desk.set("A-1", "notes", "new");
        desk.queue(Action.UPDATE, "A-1");
        desk.sheets().forgetCalls();

        desk.afterBegun(WriteBackInterruptedTest::cancelAndWait);
        String update = WriteBackDesk.send("/api/sync/write-back", "{}").path("task_id");
        String updated = RunCalls.awaitEnd(update).getString("state");
        desk.afterBegun(WriteBackInterruptedTest::cancelAndWait);
        String undo = WriteBackDesk.send(
                        "/api/sync/write-back/undo", "{\"run\": \"%s\"}".formatted(WriteBackDesk.id(written)))
                .path("task_id");
        String undone = RunCalls.awaitEnd(undo).getString("state");

        assertThat(List.of(updated, undone)).containsOnly("CANCELLED");
        assertThat(desk.writes()).isEmpty();
        assertThat(desk.keys(1)).containsExactly("A-1");
        assertThat(desk.items())
                .filteredOn(item -> item.status() == Status.PENDING)
                .singleElement()
                .extracting(QueueItem::retries)
                .isEqualTo(0);
        assertThat(desk.log("A-1"))
                .filteredOn(entry -> !entry.run().equals(WriteBackDesk.id(written)))
                .hasSize(2)
                .allSatisfy(entry -> {
                    assertThat(entry.code()).isEqualTo("INTERRUPTED");
                    assertThat(entry.cells()).isEmpty();
                });
    }

    /** The run looks for it every 50 ms. */
    private static void cancelAndWait() {
        String run =
                SignedIn.as(SamplePerson.admin).get("/api/runs?state=RUNNING").path("items[0].id");
        SignedIn.as(SamplePerson.admin)
                .post("/api/runs/" + run + "/cancel")
                .then()
                .statusCode(202);
        Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
    }

    @Test
    @DisplayName(
            "S2-9, S2-29: an attempt whose process died is told as failed, and the item is written; the third was the last")
    void goesOnWhereAProcessDied() {
        desk.create("A-1", "A-2", "A-3");
        leftBehind("A-1", Duration.ofMinutes(11), 1);
        leftBehind("A-2", Duration.ofMinutes(11), 3);
        leftBehind("A-3", Duration.ofMinutes(9), 1);

        JsonPath answer = desk.run();

        assertThat(desk.items())
                .extracting(QueueItem::recordId, QueueItem::status)
                .containsExactlyInAnyOrder(
                        tuple("A-1", Status.COMPLETED), tuple("A-2", Status.FAILED), tuple("A-3", Status.PROCESSING));
        assertThat(desk.log("A-1"))
                .extracting(LogEntry::status, LogEntry::code)
                .containsExactlyInAnyOrder(
                        tuple(LogEntry.Status.FAILED, "WORKER_DIED"), tuple(LogEntry.Status.SUCCESS, null));
        assertThat(answer.getList("run.warnings.code", String.class)).containsExactly("WORKER_DIED");
        assertThat(answer.getList("run.warnings[0].sample", String.class)).containsExactly("Request/A-2");
    }

    private void leftBehind(String code, Duration ago, int attempts) {
        desk.change(code, "status", "PROCESSING");
        desk.change(code, "owner", "a dead one");
        desk.change(code, "retries", attempts);
        desk.change(code, "claimedAt", Date.from(Instant.now().minus(ago)));
    }

    @Test
    @DisplayName(
            "S2-22: a worker that comes too late changes nothing of the item, and has the record looked at once more")
    void queuesAgainWhatItWasTooLateFor() {
        desk.create("A-1");
        desk.sheets().faults().matching(":batchUpdate").before(1, () -> desk.change("A-1", "owner", "another"));

        desk.run();

        assertThat(desk.item("A-1"))
                .extracting(QueueItem::status, QueueItem::owner, QueueItem::changes)
                .containsExactly(Status.PROCESSING, "another", 2);
    }

    @Test
    @DisplayName(
            "S2-23: a change that comes while its record is written is written next, by the same run, and logged for itself")
    void writesAChangeThatComesMeanwhile() {
        desk.create("A-1");
        desk.sheets().faults().matching(":batchUpdate").before(1, this::changeAgain);

        JsonPath answer = desk.run();

        assertThat(desk.cell("Notes", 2)).isEqualTo("came meanwhile");
        assertThat(desk.keys(2)).containsExactly("A-1", null);
        assertThat(desk.item("A-1").status()).isEqualTo(Status.COMPLETED);
        assertThat(answer.getInt("run.counts.added")).isEqualTo(1);
        assertThat(answer.getInt("run.counts.updated")).isEqualTo(1);
        assertThat(desk.log("A-1").stream().sorted(Comparator.comparing(LogEntry::at)))
                .extracting(entry -> entry.cells().size())
                .containsExactly(2, 1);

        desk.undo(answer);

        assertThat(desk.keys(1)).containsOnlyNulls();
        assertThat(desk.cell("Notes", 2)).isNull();
    }

    private void changeAgain() {
        desk.set("A-1", "notes", "came meanwhile");
        desk.queue(Action.UPDATE, "A-1");
    }
}
