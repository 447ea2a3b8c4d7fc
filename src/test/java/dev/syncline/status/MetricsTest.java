package dev.syncline.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Inject;
import jakarta.inject.Named;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.TurnedClock;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;
import dev.syncline.roster.ScriptedRoster;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(ApiProfile.class)
@DisplayName("C0-54: what /q/metrics tells of runs")
class MetricsTest {
    private static final Pattern LINE = Pattern.compile("(?m)^([a-z_]+(?:\\{[^}]*})?) ([-+.0-9eE]+)$");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant SLOT = Instant.parse("2020-11-23T06:00:00Z");

    @Inject
    @Named("scripted")
    ScriptedSync scripted;

    @Inject
    ScriptedRoster roster;

    @Inject
    TurnedClock clock;

    @Inject
    MongoDatabase database;

    @BeforeEach
    void endRuns() {
        RunCalls.cancelAll();
        roster.reset();
        scripted.does(scope -> ScriptedSync.succeeding());
    }

    /** All values by name and labels, these in alphabetical order. */
    private static Map<String, Double> metrics() {
        Map<String, Double> values = new TreeMap<>();
        Matcher line = LINE.matcher(given().get("/q/metrics").asString());
        while (line.find()) {
            values.put(line.group(1), Double.parseDouble(line.group(2)));
        }
        return values;
    }

    private static double rise(Map<String, Double> before, Map<String, Double> after, String name) {
        assertThat(after).containsKey(name);
        return after.get(name) - before.getOrDefault(name, 0.0);
    }

    @Test
    @DisplayName("C0-10, C0-54: after one success all counts have moved by what the run counted")
    void countsASuccess() {
        Map<String, Double> before = metrics();

        RunCalls.runToEnd("scripted");

        Map<String, Double> after = metrics();
        String success = "{outcome=\"SUCCEEDED\",sync=\"scripted\"";
        assertThat(rise(before, after, "syncline_runs_total" + success + ",trigger=\"manual\"}"))
                .isEqualTo(1);
        assertThat(rise(before, after, "syncline_run_duration_seconds_count" + success + "}"))
                .isEqualTo(1);
        assertThat(after).containsKey("syncline_run_duration_seconds_max" + success + "}");
        assertThat(rise(before, after, "syncline_run_duration_seconds_sum" + success + "}"))
                .isPositive();
        Map<String, Integer> rows =
                Map.of("read", 9, "added", 4, "updated", 2, "unchanged", 3, "rejected", 0, "duplicate", 0, "absent", 0);
        rows.forEach((outcome, count) -> assertThat(
                        rise(before, after, "syncline_rows_total{outcome=\"" + outcome + "\",sync=\"scripted\"}"))
                .as(outcome)
                .isEqualTo((double) count));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> metrics().getOrDefault("syncline_last_success_age_seconds{sync=\"scripted\"}", 1e9) < 60);
    }

    @Test
    @DisplayName("C0-54: after one failure runs, durations and failures by code have moved, the last success has not")
    void countsAFailure() {
        RunCalls.runToEnd("scripted");
        scripted.does(scope -> {
            throw new SyncException(ErrorCode.FEED_EMPTY, "the feed holds no records");
        });
        Map<String, Double> before = metrics();

        RunCalls.runToEnd("scripted");

        Map<String, Double> after = metrics();
        String failure = "{outcome=\"FAILED\",sync=\"scripted\"";
        assertThat(rise(before, after, "syncline_runs_total" + failure + ",trigger=\"manual\"}"))
                .isEqualTo(1);
        assertThat(rise(before, after, "syncline_run_duration_seconds_count" + failure + "}"))
                .isEqualTo(1);
        assertThat(rise(before, after, "syncline_run_failures_total{code=\"FEED_EMPTY\",sync=\"scripted\"}"))
                .isEqualTo(1);
        assertThat(rise(before, after, "syncline_rows_total{outcome=\"read\",sync=\"scripted\"}"))
                .isZero();
    }

    @Test
    @DisplayName("S0-15: what a person waits for, and how often in vain, moves with one success and one failure")
    void tellsWhatPeopleGet() {
        Map<String, Double> before = metrics();
        assertThat(before)
                .containsKeys(
                        "manual_sync_failure_rate{sync=\"roster\"}",
                        "scheduled_sync_success_rate{sync=\"roster\"}",
                        "manual_sync_latency_ms_count{sync=\"roster\"}",
                        "scheduled_sync_duration_ms_count{sync=\"roster\"}");

        RunCalls.runToEnd("roster");
        Map<String, Double> between = metrics();
        roster.does(scope -> {
            throw new SyncException(ErrorCode.SHEET_NOT_FOUND, "the sheet is not there");
        });
        RunCalls.runToEnd("roster");

        Map<String, Double> after = metrics();
        String success = "manual_sync_runs_total{outcome=\"success\",sync=\"roster\"}";
        String failure = "manual_sync_runs_total{outcome=\"failure\",sync=\"roster\"}";
        String rate = "manual_sync_failure_rate{sync=\"roster\"}";
        assertThat(rise(before, between, success)).isEqualTo(1);
        assertThat(rise(between, after, success)).isZero();
        assertThat(rise(between, after, failure)).isEqualTo(1);
        assertThat(after.get(rate))
                .isGreaterThan(between.get(rate))
                .isEqualTo(after.get(failure) / (after.get(failure) + after.get(success)));
        assertThat(rise(before, after, "manual_sync_latency_ms_count{sync=\"roster\"}"))
                .isEqualTo(2);
        assertThat(rise(before, after, "manual_sync_latency_ms_bucket{sync=\"roster\",le=\"60000.0\"}"))
                .isEqualTo(2);
        assertThat(rise(before, after, "scheduled_sync_duration_ms_count{sync=\"roster\"}"))
                .isZero();
    }

    @Test
    @DisplayName("S0-15: a run of the schedule moves the schedule's figures, and not people's")
    void tellsWhatTheScheduleGets() {
        for (String collection : List.of("schedules", "schedule_ticks")) {
            var unused = database.collection(collection)
                    .deleteMany(Filters.empty())
                    .await()
                    .atMost(PATIENCE);
        }
        // In the past, for the database's clock says whether a slot has come.
        clock.turnTo(SLOT.minusSeconds(60));
        var known = ScriptedRoster.scheduler().post("/api/sync/run");
        clock.turnTo(SLOT.plusSeconds(3));
        Map<String, Double> before = metrics();

        String run = ScriptedRoster.scheduler().post("/api/sync/run").path("data.runId");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> run == null || RunCalls.get(run).getString("completedAt") != null);

        assertThat(run).as("a slot was due").isNotNull();
        Map<String, Double> after = metrics();
        assertThat(rise(before, after, "scheduled_sync_duration_ms_count{sync=\"roster\"}"))
                .isEqualTo(1);
        assertThat(rise(before, after, "scheduled_sync_runs_total{outcome=\"success\",sync=\"roster\"}"))
                .isEqualTo(1);
        assertThat(rise(before, after, "manual_sync_latency_ms_count{sync=\"roster\"}"))
                .isZero();
        clock.setRight();
    }

    @Test
    @DisplayName("C0-13, C0-54: a dry run is no success of the data")
    void takesADryRunForNoSuccess() {
        RunCalls.runToEnd("scripted");
        Awaitility.await().atMost(PATIENCE).until(() -> metrics()
                .containsKey("syncline_last_success_age_seconds{sync=\"scripted\"}"));
        double age = metrics().get("syncline_last_success_age_seconds{sync=\"scripted\"}");

        given().contentType("application/json")
                .body("{\"mode\":\"dry-run\"}")
                .post("/api/syncs/scripted/runs?wait=true")
                .then()
                .statusCode(200);

        // The age of the same success, as the watch goes on.
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> metrics().get("syncline_last_success_age_seconds{sync=\"scripted\"}") > age + 2);
    }

    @Test
    @DisplayName("C0-54: active runs are told while they are, of every sync, also before it ever ran")
    void tellsActiveRuns() {
        assertThat(metrics())
                .containsEntry("syncline_runs_active{sync=\"permits\"}", 0.0)
                .containsKeys("syncline_sse_clients", "syncline_sse_dropped_total");
        scripted.does(ScriptedSync::hanging);
        String run = RunCalls.start("scripted");

        awaitActive(1);
        given().post("/api/runs/" + run + "/cancel").then().statusCode(202);
        awaitActive(0);
    }

    private static void awaitActive(double count) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> metrics().get("syncline_runs_active{sync=\"scripted\"}") == count);
    }

    @Test
    @DisplayName("C0-54: a run that is taken over is counted")
    void countsATakeOver() {
        // Given
        scripted.does(ScriptedSync::hanging);
        String run = RunCalls.start("scripted");
        Awaitility.await().until(() -> RunCalls.get(run).getString("state").equals("RUNNING"));
        double before = metrics().get("syncline_lease_takeovers_total{sync=\"scripted\"}");

        // When: the document belongs to a process that is not there any more
        Awaitility.await().atMost(PATIENCE).until(() -> giveTo("a-process-that-is-gone/1", run));

        // Then
        assertThat(RunCalls.awaitEnd(run).getString("error.code")).isEqualTo("INTERRUPTED");
        assertThat(metrics().get("syncline_lease_takeovers_total{sync=\"scripted\"}"))
                .isEqualTo(before + 1);
    }

    private boolean giveTo(String owner, String run) {
        return database.collection("runs")
                        .updateOne(
                                Filters.eq("_id", run),
                                Updates.combine(
                                        Updates.set("owner", owner),
                                        Updates.inc("version", 1L),
                                        Updates.currentDate("updatedAt")))
                        .await()
                        .atMost(PATIENCE)
                        .getModifiedCount()
                == 1;
    }

    @Test
    @DisplayName("C0-54: no label grows with ids, names or addresses that callers make up")
    void hasNoUnboundedLabel() {
        String run = RunCalls.runToEnd("scripted");
        given().get("/api/runs/" + run).then().statusCode(200);
        for (int i = 0; i < 20; i++) {
            given().get("/api/runs/made-up-" + i);
            given().get("/made-up-" + i);
            given().get("/api/permits/made-up-" + i + "--00");
            given().post("/api/syncs/made-up-" + i + "/runs");
            given().get("/api/runs?sync=made-up-" + i);
            given().header("x-request-id", "made-up-" + i).get("/api/runs");
        }

        List<String> names = List.copyOf(metrics().keySet());
        assertThat(names).noneMatch(name -> name.contains("made-up") || name.contains(run));
    }
}
