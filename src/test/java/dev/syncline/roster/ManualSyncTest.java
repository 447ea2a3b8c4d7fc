package dev.syncline.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Multi;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.platform.CapturedLog;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;
import dev.syncline.status.ApiProfile;
import dev.syncline.status.RunCalls;
import dev.syncline.status.ScriptedSync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

/** The button: what it answers, what it leaves, and who may press it. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class ManualSyncTest {
    /** A browser in which names are hidden. */
    private static final String HIDDEN = "on.1769850000000";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Tally COUNTS = new Tally(12, 3, 2, 4, 2, 1, 5);

    @Inject
    ScriptedRoster roster;

    @Inject
    MongoDatabase database;

    @BeforeEach
    @AfterEach
    void reset() {
        RunCalls.cancelAll();
        roster.reset();
    }

    private long runs() {
        return database.collection("runs")
                .countDocuments(Filters.eq("sync", "roster"))
                .await()
                .atMost(PATIENCE);
    }

    private static Multi<Progress> counting() {
        return Multi.createFrom().item(new Progress(Progress.FINISHED, COUNTS, 0, null));
    }

    // --- the answer

    @Test
    @DisplayName("S0-1: 202 within 5 s though the sheet hangs, with all that a caller needs to go on")
    void answersAtOnce() {
        // Given
        roster.does(ScriptedSync::hanging);
        Instant before = Instant.now().minusMillis(1);

        // When
        long began = System.nanoTime();
        Response answer = SignedIn.as(SamplePerson.manager)
                .contentType("application/json")
                .body("{\"reason\":\"new devices\"}")
                .post("/api/sync/manual");
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        // Then
        assertThat(took).isLessThan(Duration.ofSeconds(5));
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonPath body = answer.jsonPath();
        String run = body.getString("data.runId");
        assertThat(body.getMap("data"))
                .containsEntry("taskId", run)
                .containsEntry("status", "running")
                .containsEntry("requestedBy", "manager@example.org")
                .containsEntry("trigger", "manual")
                .containsEntry("mode", "live")
                .containsEntry("anonymized", false)
                .containsEntry("sheetId", ScriptedRoster.SHEET)
                .containsEntry("rowsProcessed", null)
                .containsEntry("durationMs", null)
                .containsEntry("statusToken", run + ":1");
        assertThat(body.<Object>get("error")).isNull();
        assertThat(Instant.parse(body.getString("data.queuedAt"))).isBetween(before, Instant.now());
        assertThat(body.getMap("data.links"))
                .isEqualTo(Map.of(
                        "run",
                        "/api/runs/" + run,
                        "status",
                        "/api/sync/status",
                        "events",
                        "/api/events?run=" + run,
                        "cancel",
                        "/api/runs/" + run + "/cancel"));
        assertThat(RosterCalls.run(run).getString("reason")).isEqualTo("new devices");
    }

    @Test
    @DisplayName("S0-6: the status token is what the event stream resumes after")
    void givesATokenForTheStream() {
        roster.does(scope -> ScriptedSync.rowByRow(3, Duration.ofMillis(100)));
        String token = RosterCalls.press("").path("data.statusToken");
        String run = token.split(":")[0];

        given().get("/api/events?run=" + run + "&since=" + token)
                .then()
                .statusCode(200)
                .body(containsString("\"state\":\"SUCCEEDED\""));
        String last = RosterCalls.status().getString("data.statusToken");
        given().header("Last-Event-ID", last)
                .get("/api/events?run=" + run)
                .then()
                .statusCode(204);
    }

    @Test
    @DisplayName("S0-1, S0-7: who waits gets the final figures, and the run has the same")
    void answersWithTheEnd() {
        roster.does(scope -> counting());

        JsonPath body =
                RosterCalls.press("?wait=true").then().statusCode(200).extract().jsonPath();

        assertThat(body.getString("data.status")).isEqualTo("success");
        assertThat(body.getInt("data.rowsProcessed")).isEqualTo(9);
        JsonPath run = RosterCalls.run(body.getString("data.runId"));
        assertThat(body.getLong("data.durationMs")).isEqualTo(run.getLong("durationMs"));
        assertThat(run.getMap("counts"))
                .isEqualTo(Map.of(
                        "read",
                        12,
                        "added",
                        3,
                        "updated",
                        2,
                        "unchanged",
                        4,
                        "rejected",
                        2,
                        "duplicates",
                        1,
                        "absent",
                        5));
        assertThat(run.getString("state")).isEqualTo("PARTIAL");
    }

    @Test
    @DisplayName("S0-5: who waits for a run that fails gets the failure with its status, next step and reference")
    void answersWithTheFailure() {
        roster.does(scope -> {
            throw new SyncException(ErrorCode.SHEET_NOT_FOUND, "the sheet is not there");
        });

        JsonPath body =
                RosterCalls.press("?wait=true").then().statusCode(502).extract().jsonPath();

        assertThat(body.<Object>get("data")).isNull();
        String run = RosterCalls.status().getString("data.runId");
        assertThat(body.getMap("error"))
                .isEqualTo(Map.of(
                        "code",
                        "SHEET_NOT_FOUND",
                        "message",
                        "the sheet is not there",
                        "recommendation",
                        ErrorCode.SHEET_NOT_FOUND.nextStep(),
                        "referenceId",
                        run));
    }

    @Test
    @DisplayName("S0-41: a mode that is none is 400 and starts nothing; a dry run is marked as one everywhere")
    void knowsItsModes() {
        long before = runs();
        for (String mode : List.of("\"wet\"", "\"DRY-RUN\"", "\"\"", "1")) {
            SignedIn.as(SamplePerson.manager)
                    .contentType("application/json")
                    .body("{\"mode\":" + mode + "}")
                    .post("/api/sync/manual")
                    .then()
                    .statusCode(400)
                    .body("error.code", equalTo("INVALID_PARAMETER"))
                    .body("data", equalTo(null));
        }
        assertThat(runs()).isEqualTo(before);

        String run = SignedIn.as(SamplePerson.manager)
                .contentType("application/json")
                .body("{\"mode\":\"dry-run\"}")
                .post("/api/sync/manual?wait=true")
                .then()
                .statusCode(200)
                .body("data.mode", equalTo("dry-run"))
                .extract()
                .path("data.runId");
        assertThat(RosterCalls.run(run).getString("mode")).isEqualTo("dry-run");
        assertThat(RosterCalls.status().getString("data.mode")).isEqualTo("dry-run");
        assertThat(RosterCalls.audit("?eventType=sync")
                        .getString("data.find { it.context.run == '" + run + "' }.context.mode"))
                .isEqualTo("dry-run");
    }

    @Test
    @DisplayName("C0-08: a repeat with the same key gets the first run, and starts none")
    void repeatsTheAnswerToAKey() {
        String key = "roster-" + System.nanoTime();
        String run = keyed(key, "{}").then().statusCode(202).extract().path("data.runId");
        RosterCalls.awaitEnd(run);

        keyed(key, "{}")
                .then()
                .statusCode(202)
                .body("data.runId", equalTo(run))
                .body("data.status", equalTo("success"))
                .body("data.rowsProcessed", equalTo(9));
        keyed(key, "{\"mode\":\"dry-run\"}")
                .then()
                .statusCode(422)
                .body("error.code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    }

    private static Response keyed(String key, String body) {
        return SignedIn.as(SamplePerson.manager)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/api/sync/manual");
    }

    // --- one at a time

    @Test
    @DisplayName("S0-20: of twenty who press at once one starts a run, and each other is told which one it is")
    void startsOneRun() {
        roster.does(ScriptedSync::hanging);
        long before = runs();
        String manager = SignedIn.bearer(SamplePerson.manager);

        List<CompletableFuture<Response>> calls = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> SignedIn.nobody()
                        .header("Authorization", manager)
                        .contentType("application/json")
                        .post("/api/sync/manual")))
                .toList();
        List<Response> answers = calls.stream().map(CompletableFuture::join).toList();

        assertThat(runs()).isEqualTo(before + 1);
        String run = RosterCalls.status().getString("data.runId");
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 202)
                .singleElement()
                .satisfies(
                        answer -> assertThat(answer.<String>path("data.runId")).isEqualTo(run));
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .hasSize(19)
                .allSatisfy(answer -> {
                    assertThat(answer.<String>path("error.code")).isEqualTo("RUN_ACTIVE");
                    assertThat(answer.<String>path("error.details.activeRun.id"))
                            .isEqualTo(run);
                    assertThat(answer.<String>path("error.details.activeRun.actor"))
                            .isEqualTo("manager@example.org");
                    assertThat(answer.<String>path("error.details.activeRun.links.events"))
                            .isEqualTo("/api/events?run=" + run);
                });
    }

    @Test
    @DisplayName("S0-20: a run that was started elsewhere, by the common address, stands in the way as well")
    void sharesTheLockWithTheCommonAddress() {
        roster.does(ScriptedSync::hanging);
        String run = RunCalls.start("roster");

        RosterCalls.press("").then().statusCode(409).body("error.details.activeRun.id", equalTo(run));
        assertThat(RosterCalls.run(run).getBoolean("anonymized")).isFalse();
    }

    // --- who may

    @Test
    @DisplayName(
            "S0-2: nobody gets 401, who is not on the list and who has no such role 403; there is no run, and a record")
    void refusesOthers() {
        long before = runs();
        String shown = RosterCalls.status().getString("data.statusToken");
        String id = "refused-" + System.nanoTime();

        SignedIn.nobody()
                .header("x-request-id", id + "-1")
                .post("/api/sync/manual")
                .then()
                .statusCode(401)
                .body("error.code", equalTo("UNAUTHENTICATED"))
                .body("error.details.reason", equalTo("SESSION_MISSING"));
        SignedIn.nobody()
                .header("Authorization", "Bearer forged.forged.forged")
                .post("/api/sync/manual")
                .then()
                .statusCode(401);
        SignedIn.as(SamplePerson.stranger).post("/api/sync/manual").then().statusCode(403);
        SignedIn.as(SamplePerson.viewer)
                .post("/api/sync/manual")
                .then()
                .statusCode(403)
                .body("error.details.reason", equalTo("ROLE_INSUFFICIENT"));

        assertThat(runs()).isEqualTo(before);
        assertThat(RosterCalls.status().getString("data.statusToken")).isEqualTo(shown);
        List<Map<String, Object>> refusals = RosterCalls.audit("?eventType=auth&limit=100")
                .getList("data.findAll { it.context.target == 'POST /api/sync/manual' }");
        assertThat(refusals)
                .extracting(refusal -> refusal.get("errorCode"))
                .contains("SESSION_MISSING", "NOT_ALLOWLISTED", "ROLE_INSUFFICIENT");
        assertThat(refusals).allSatisfy(refusal -> assertThat((Map<String, Object>) refusal.get("context"))
                .containsEntry("ip", "127.0.0.1"));
    }

    // --- what it leaves

    @Test
    @DisplayName(
            "S0-7: the run says who, with names hidden or not as it was then, mode, times, counts, status and no error")
    void leavesOneRecordWithAllOfIt() {
        roster.does(scope -> counting());
        long before = runs();

        String run = SignedIn.as(SamplePerson.manager)
                .cookie(AnonymizationCookie.NAME, HIDDEN)
                .contentType("application/json")
                .post("/api/sync/manual?wait=true")
                .then()
                .statusCode(200)
                .body("data.anonymized", equalTo(true))
                .extract()
                .path("data.runId");

        assertThat(runs()).isEqualTo(before + 1);
        Document stored = database.collection("runs")
                .find(Filters.eq("_id", run))
                .collect()
                .first()
                .await()
                .atMost(PATIENCE);
        assertThat(stored)
                .containsEntry("state", "PARTIAL")
                .containsEntry("mode", "live")
                .containsEntry("input", new Document("sheet", ScriptedRoster.SHEET).append("anonymized", "true"))
                .containsKeys("startedAt", "completedAt", "durationMs")
                .doesNotContainKeys("error", "activeFor");
        assertThat(stored.get("trigger", Document.class))
                .containsEntry("kind", "manual")
                .containsEntry("actor", "manager@example.org");
        JsonPath shown = RosterCalls.run(run);
        assertThat(shown.getBoolean("anonymized")).isTrue();
        assertThat(shown.getString("trigger.actor")).isEqualTo("manager@example.org");
        JsonPath status = RosterCalls.status();
        assertThat(status.getBoolean("data.anonymized")).isTrue();
        assertThat(status.getMap("data.metrics"))
                .containsEntry("added", 3)
                .containsEntry("updated", 2)
                .containsEntry("unchanged", 4)
                .containsEntry("rowsSkipped", 2)
                .containsEntry("conflicts", 1);
    }

    @Test
    @DisplayName("S0-8, S0-14, S0-16: log, run and status have the same counts; each line says whose, which and why")
    void logsWhatTheRunSays() {
        roster.does(scope -> counting());
        try (CapturedLog log = new CapturedLog()) {
            // When
            String run = SignedIn.as(SamplePerson.manager)
                    .header("x-request-id", "press-1")
                    .contentType("application/json")
                    .post("/api/sync/manual?wait=true")
                    .then()
                    .statusCode(200)
                    .header("x-request-id", "press-1")
                    .extract()
                    .path("data.runId");

            // Then
            List<ExtLogRecord> lines = log.records().stream()
                    .filter(line -> run.equals(line.getMdc("runId")))
                    .toList();
            assertThat(lines).hasSizeGreaterThanOrEqualTo(2).allSatisfy(line -> {
                assertThat(line.getMdc("run")).isEqualTo(run);
                assertThat(line.getMdc("sync")).isEqualTo("roster");
                assertThat(line.getMdc("requestId")).isEqualTo("press-1");
                assertThat(line.getMdc("userEmail")).isEqualTo("manager@example.org");
                assertThat(line.getMdc("taskType")).isEqualTo("manual");
                assertThat(line.getMdc("sheetId")).isEqualTo(ScriptedRoster.SHEET);
            });
            assertThat(lines)
                    .filteredOn(line -> line.getFormattedMessage().startsWith("attempt 1 ends"))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.getFormattedMessage())
                                .endsWith("read=12 added=3 updated=2 unchanged=4 rejected=2 duplicates=1 absent=5");
                        assertThat(line.getMdc("added")).isEqualTo("3");
                        assertThat(line.getMdc("updated")).isEqualTo("2");
                        assertThat(line.getMdc("unchanged")).isEqualTo("4");
                        assertThat(line.getMdc("durationMs"))
                                .isEqualTo(RosterCalls.run(run).getString("durationMs"));
                        assertThat(Long.parseLong(line.getMdc("queueLatencyMs")))
                                .isBetween(0L, 10_000L);
                    });
            assertThat(RosterCalls.run(run).getMap("counts"))
                    .containsEntry("read", 12)
                    .containsEntry("absent", 5);
            assertThat(RosterCalls.status().getMap("data.metrics"))
                    .containsEntry("rowCount", 12)
                    .containsEntry("rowsProcessed", 9)
                    .containsEntry("missing", 5);
            assertThat(RosterCalls.run(run).getString("trigger.requestId")).isEqualTo("press-1");
        }
    }

    @Test
    @DisplayName("S0-16: a request id is made where the caller brings none, and goes the same way")
    void makesARequestId() {
        Response answer = RosterCalls.press("?wait=true");

        String id =
                answer.then().header("x-request-id", notNullValue()).extract().header("x-request-id");
        assertThat(RosterCalls.run(answer.path("data.runId")).getString("trigger.requestId"))
                .isEqualTo(id);
    }

    @Test
    @DisplayName("S0-13, S0-7: it stands in the audit feed the moment it ends, once, with actor, counts and flag")
    void standsInTheAuditFeed() {
        roster.does(scope -> counting());

        String run =
                RosterCalls.press("?wait=true").then().statusCode(200).extract().path("data.runId");

        Map<String, Object> entry = onlyEnd(run);
        assertThat(entry)
                .containsEntry("eventType", "sync")
                .containsEntry("action", "SYNC_RUN_COMPLETED")
                .containsEntry("status", "success")
                .containsEntry("actor", "manager@example.org")
                .containsEntry("errorCode", null)
                .containsEntry("timestamp", RosterCalls.run(run).getString("completedAt"));
        assertThat((Map<String, Object>) entry.get("context"))
                .containsEntry("run", run)
                .containsEntry("trigger", "manual")
                .containsEntry("mode", "live")
                .containsEntry("anonymized", false)
                .containsEntry("rowCount", 12)
                .containsEntry("added", 3)
                .containsEntry("updated", 2)
                .containsEntry("unchanged", 4)
                .containsEntry("skipped", 2)
                .containsEntry("conflicts", 1)
                .containsEntry("absent", 5)
                .containsKeys("startedAt", "completedAt", "durationMs", "requestId");
        // And when it is recorded for good it is the same one
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> recorded(run) == 1);
        assertThat(onlyEnd(run)).isEqualTo(entry);
    }

    private long recorded(String run) {
        return database.collection("audit")
                .countDocuments(Filters.and(Filters.eq("target", run), Filters.regex("action", "^SYNC_RUN_")))
                .await()
                .atMost(PATIENCE);
    }

    private static Map<String, Object> onlyEnd(String run) {
        List<Map<String, Object>> ends = RosterCalls.audit("?eventType=sync")
                .getList("data.findAll { it.context.run == '" + run + "' && it.action.startsWith('SYNC_RUN_') }");
        assertThat(ends).hasSize(1);
        return ends.get(0);
    }

    @Test
    @DisplayName("S0-7: one that a person cancels is recorded as that, and the status says so with a next step")
    void recordsACancelledRun() {
        roster.does(ScriptedSync::hanging);
        String run = RosterCalls.start();
        SignedIn.as(SamplePerson.manager)
                .post("/api/runs/" + run + "/cancel")
                .then()
                .statusCode(202);

        JsonPath status = RosterCalls.awaitEnd(run);

        assertThat(status.getMap("data"))
                .containsEntry("status", "error")
                .containsEntry("errorCode", "RUN_CANCELLED")
                .containsEntry("recommendation", ErrorCode.RUN_CANCELLED.nextStep())
                .containsEntry("referenceId", run);
        assertThat(onlyEnd(run))
                .containsEntry("action", "SYNC_RUN_CANCELLED")
                .containsEntry("status", "skipped")
                .containsEntry("actor", "manager@example.org");
    }
}
