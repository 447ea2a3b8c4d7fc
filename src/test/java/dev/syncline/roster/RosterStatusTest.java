package dev.syncline.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Multi;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.ingest.Warning;
import dev.syncline.platform.CapturedLog;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;
import dev.syncline.run.RunScope;
import dev.syncline.status.ApiProfile;
import dev.syncline.status.RunCalls;
import dev.syncline.status.ScriptedSync;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code GET /api/sync/status}: what stands there follows from the runs, and from nothing that a process remembers. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class RosterStatusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Tally COUNTS = new Tally(9, 4, 2, 3, 0, 0, 0);

    @Inject
    ScriptedRoster roster;

    @Inject
    MongoDatabase database;

    @BeforeEach
    @AfterEach
    void forget() {
        RunCalls.cancelAll();
        roster.reset();
        for (String collection : List.of("runs", "column_changes")) {
            var unused = database.collection(collection)
                    .deleteMany(Filters.empty())
                    .await()
                    .atMost(PATIENCE);
        }
    }

    private static Multi<Progress> finished(Warning... warnings) {
        return Multi.createFrom().item(new Progress(Progress.FINISHED, COUNTS, 0, null, List.of(warnings)));
    }

    private void fail(ErrorCode code) {
        roster.does(scope -> {
            throw new SyncException(code, "as the test has it");
        });
    }

    // --- states

    @Test
    void isIdleBeforeTheFirstRun() {
        assertThat(RosterCalls.status().getMap("data")).isEqualTo(Map.of("status", "idle", "warnings", List.of()));
    }

    @Test
    @DisplayName(
            "S0-4, S0-5: within a second of the 202 it is running, with the same run, requester and trigger; then success")
    void runsAndSucceeds() {
        roster.does(scope -> ScriptedSync.rowByRow(5, Duration.ofMillis(200)));
        String run = RosterCalls.start();
        long accepted = System.nanoTime();

        JsonPath status = RosterCalls.status();

        assertThat(Duration.ofNanos(System.nanoTime() - accepted)).isLessThan(Duration.ofSeconds(1));
        assertThat(status.getMap("data"))
                .containsEntry("status", "running")
                .containsEntry("runId", run)
                .containsEntry("requestedBy", "manager@example.org")
                .containsEntry("trigger", "manual")
                .containsEntry("mode", "live")
                .containsEntry("sheetId", ScriptedRoster.SHEET)
                .containsKeys("queuedAt", "startedAt")
                .doesNotContainKeys("completedAt", "errorCode");
        JsonPath ended = RosterCalls.awaitEnd(run);
        assertThat(ended.getMap("data"))
                .containsEntry("status", "success")
                .containsEntry("completedAt", RosterCalls.run(run).getString("completedAt"))
                .containsEntry("dataAsOf", RosterCalls.run(run).getString("startedAt"))
                .doesNotContainKeys("errorCode", "message", "recommendation", "referenceId");
        assertThat(ended.getInt("data.metrics.rowsProcessed")).isEqualTo(5);
        assertThat(ended.getLong("data.metrics.durationMs"))
                .isEqualTo(RosterCalls.run(run).getLong("durationMs"));
    }

    @Test
    @DisplayName("S0-6: the newest run decides, whichever process wrote it")
    void showsWhatIsStored() {
        String first = RosterCalls.runToEnd();
        var unused = database.collection("runs")
                .updateOne(
                        Filters.eq("_id", first),
                        new Document("$set", new Document("trigger.actor", "elsewhere@example.org")))
                .await()
                .atMost(PATIENCE);

        assertThat(RosterCalls.status().getString("data.requestedBy")).isEqualTo("elsewhere@example.org");
    }

    @Test
    @DisplayName("S0-43: every role may read it, and nobody else")
    void needsASession() {
        SignedIn.nobody().get("/api/sync/status").then().statusCode(401);
        SignedIn.as(SamplePerson.stranger).get("/api/sync/status").then().statusCode(403);
        for (SamplePerson person : List.of(SamplePerson.viewer, SamplePerson.manager, SamplePerson.lead)) {
            SignedIn.as(person).get("/api/sync/status").then().statusCode(200);
        }
    }

    @Test
    @DisplayName("S0-22: a run whose process is gone is closed as interrupted, and a new one is accepted")
    void isNotStuckOnRunning() {
        roster.does(ScriptedSync::hanging);
        String run = RosterCalls.start();
        Awaitility.await().until(() -> RosterCalls.run(run).getString("state").equals("RUNNING"));
        Awaitility.await().atMost(PATIENCE).until(() -> giveAway(run));

        JsonPath status = RosterCalls.awaitEnd(run);

        assertThat(status.getMap("data"))
                .containsEntry("status", "error")
                .containsEntry("errorCode", "INTERRUPTED")
                .containsEntry("recommendation", ErrorCode.INTERRUPTED.nextStep());
        roster.reset();
        RosterCalls.press("?wait=true").then().statusCode(200);
    }

    private boolean giveAway(String run) {
        Document update = new Document("$set", new Document("owner", "a-process-that-is-gone/1"))
                .append("$inc", new Document("version", 1L))
                .append("$currentDate", new Document("updatedAt", true));
        return database.collection("runs")
                        .updateOne(Filters.eq("_id", run), update)
                        .await()
                        .atMost(PATIENCE)
                        .getModifiedCount()
                == 1;
    }

    // --- every way to fail

    @ParameterizedTest
    @EnumSource(
            names = {
                "INVALID_SYNC_CONFIGURATION",
                "SHEET_NOT_FOUND",
                "SHEETS_AUTH_REVOKED",
                "SHEETS_RATE_LIMIT",
                "SHEET_TOO_LARGE",
                "SERIAL_AUDIT_FAILED",
                "TRANSFORM_VALIDATION_FAILED",
                "MONGO_WRITE_FAILED",
                "ROLLBACK_FAILED",
                "SYNC_TIMEOUT",
                "SOURCE_UNREACHABLE",
                "SOURCE_TIMEOUT",
                "SOURCE_FAILED",
                "FEED_EMPTY",
                "FEED_SHRUNK",
                "TOO_MANY_REJECTED",
                "DATABASE_UNAVAILABLE",
                "BASELINE_INVALID",
                "UNKNOWN_FAILURE"
            })
    @DisplayName("S0-11, S0-18: each code stands in status, run, audit feed and log, with next step and reference")
    void tellsEachCode(ErrorCode code) {
        fail(code);
        try (CapturedLog log = new CapturedLog()) {
            // When
            String run = RosterCalls.runToEnd();

            // Then
            assertThat(RosterCalls.status().getMap("data"))
                    .containsEntry("status", "error")
                    .containsEntry("runId", run)
                    .containsEntry("errorCode", code.name())
                    .containsEntry("message", "as the test has it")
                    .containsEntry("recommendation", code.nextStep())
                    .containsEntry("referenceId", run)
                    .containsKey("completedAt");
            assertThat(RosterCalls.run(run).getMap("error"))
                    .containsEntry("code", code.name())
                    .containsEntry("message", "as the test has it")
                    .containsEntry("nextStep", code.nextStep())
                    .containsEntry("reference", run);
            Map<String, Object> entry = RosterCalls.audit("?eventType=sync")
                    .getMap("data.find { it.action == 'SYNC_RUN_FAILED' && it.context.run == '" + run + "' }");
            assertThat(entry)
                    .containsEntry("status", "error")
                    .containsEntry("errorCode", code.name())
                    .containsEntry("actor", "manager@example.org");
            assertThat((Map<String, Object>) entry.get("context"))
                    .containsEntry("nextStep", code.nextStep())
                    .containsEntry("reference", run)
                    .containsEntry("message", "as the test has it");
            assertThat(log.records())
                    .filteredOn(line -> run.equals(line.getMdc("referenceId")))
                    .isNotEmpty()
                    .allSatisfy(line -> {
                        assertThat(line.getMdc("errorCode")).isEqualTo(code.name());
                        assertThat(line.getMdc("recommendation")).isEqualTo(code.nextStep());
                        assertThat(line.getFormattedMessage()).contains("code=" + code.name(), "reference=" + run);
                    });
        }
    }

    // --- warnings

    @Test
    @DisplayName("S0-47: after two failures in a row the status warns of a streak, and after a success no more")
    void warnsOfAStreak() {
        fail(ErrorCode.SHEET_NOT_FOUND);
        RosterCalls.runToEnd();
        assertThat(types()).doesNotContain("streak");

        RosterCalls.runToEnd();

        JsonPath status = RosterCalls.status();
        assertThat(types()).containsExactly("streak");
        assertThat(status.getString("data.warnings[0].message")).isEqualTo("The last 2 runs have failed");
        assertThat(status.getList("data.warnings[0].sample")).hasSize(2);
        roster.reset();
        RosterCalls.runToEnd();
        assertThat(types()).isEmpty();
    }

    @Test
    @DisplayName("S0-47: a run past the threshold is warned of, while it runs and when it has ended")
    void warnsOfASlowRun() {
        roster.does(scope -> ScriptedSync.rowByRow(8, Duration.ofMillis(300)));
        String run = RosterCalls.start();

        Awaitility.await().atMost(PATIENCE).until(() -> types().contains("duration"));
        assertThat(RosterCalls.awaitEnd(run).getString("data.warnings[0].type")).isEqualTo("duration");
        assertThat(RosterCalls.status().getString("data.warnings[0].code")).isEqualTo("RUN_SLOW");
    }

    @Test
    @DisplayName(
            "S0-39: changed columns are told in full until the next clean run; a failed one between does not hide them")
    void warnsOfChangedColumns() {
        // Given
        roster.does(this::changingColumns);
        String run = RosterCalls.runToEnd();

        // Then
        Map<String, Object> warning = RosterCalls.status().getMap("data.warnings[0]");
        assertThat(RosterCalls.status().getList("data.warnings")).hasSize(1);
        assertThat(warning)
                .containsEntry("type", "schema-change")
                .containsEntry("code", "COLUMNS_CHANGED")
                .containsEntry("message", "Columns of the sheet have changed: 2 added, 1 removed, 1 renamed");
        assertThat((Map<String, Object>) warning.get("change"))
                .containsEntry("runId", run)
                .containsEntry("added", List.of("Warranty", "Room"))
                .containsEntry("removed", List.of("Notes"))
                .containsEntry("renamed", List.of(Map.of("from", "Owner", "to", "Assigned to")))
                .containsEntry("versions", Map.of("before", "registry-3-a", "after", "registry-4-b"));
        fail(ErrorCode.SHEETS_RATE_LIMIT);
        RosterCalls.runToEnd();
        assertThat(types()).containsExactly("schema-change");
        roster.reset();
        RosterCalls.runToEnd();
        assertThat(types()).isEmpty();
    }

    private Multi<Progress> changingColumns(RunScope scope) {
        ColumnChange change = new ColumnChange(
                scope.run().id(),
                ScriptedRoster.SHEET,
                Instant.now(),
                List.of("Warranty", "Room"),
                List.of("Notes"),
                List.of(new ColumnChange.Renamed("Owner", "Assigned to")),
                "registry-3-a",
                "registry-4-b");
        Warning warning = Warning.of(ErrorCode.COLUMNS_CHANGED, "4 columns have changed", List.of("Warranty"));
        return database.collection(ColumnRegistry.CHANGES, ColumnChange.class)
                .insertOne(change)
                .onItem()
                .transformToMulti(stored -> finished(warning));
    }

    @Test
    @DisplayName("what a run remarks of its rows makes it no failure, and stands beside the success")
    void tellsTheRunsOwnRemarks() {
        roster.does(
                scope -> finished(Warning.of(ErrorCode.SERIAL_CONFLICT, "one serial twice", List.of("row 4, row 9"))));
        RosterCalls.runToEnd();

        JsonPath status = RosterCalls.status();

        assertThat(status.getString("data.status")).isEqualTo("success");
        assertThat(status.getList("data.warnings"))
                .containsExactly(Map.of(
                        "type",
                        "run",
                        "code",
                        "SERIAL_CONFLICT",
                        "message",
                        "one serial twice",
                        "sample",
                        List.of("row 4, row 9")));
    }

    private static List<String> types() {
        return RosterCalls.status().getList("data.warnings.type");
    }
}
