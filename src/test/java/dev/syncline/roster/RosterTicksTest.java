package dev.syncline.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Multi;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.SignedIn;
import dev.syncline.TurnedClock;
import dev.syncline.dev.SamplePerson;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.status.ApiProfile;
import dev.syncline.status.RunCalls;
import dev.syncline.status.ScriptedSync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** Ticks of a scheduler outside, of a schedule of every two minutes that it alone drives. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class RosterTicksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Progress FINISHED = new Progress(Progress.FINISHED, Tally.NONE, 0, null);
    private static final Instant SLOT = Instant.parse("2020-11-23T06:00:00Z");

    @Inject
    ScriptedRoster roster;

    @Inject
    TurnedClock clock;

    @Inject
    MongoDatabase database;

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void holdTheSchedule() {
        RunCalls.cancelAll();
        roster.reset();
        for (String collection : List.of("runs", "schedules", "schedule_ticks")) {
            var unused = database.collection(collection)
                    .deleteMany(Filters.empty())
                    .await()
                    .atMost(PATIENCE);
        }
        clock.turnTo(SLOT.minusSeconds(60));
        tick().then().body("data.reason", equalTo("cadence_window"));
    }

    @AfterEach
    void setRight() {
        RunCalls.cancelAll();
        clock.setRight();
        roster.reset();
        var unused =
                database.collection("runs").deleteMany(Filters.empty()).await().atMost(PATIENCE);
    }

    private static Response tick() {
        return ScriptedRoster.scheduler().post("/api/sync/run");
    }

    private List<Document> all(String collection) {
        return database.collection(collection)
                .find(Filters.eq("sync", "roster"))
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
    }

    @Test
    @DisplayName("S0-23: a tick that is due starts a run and says which")
    void startsTheRunOfTheSlot() {
        clock.turnTo(SLOT.plusSeconds(3));

        JsonPath body = tick().then().statusCode(202).extract().jsonPath();

        String run = body.getString("data.runId");
        assertThat(body.getMap("data"))
                .containsEntry("status", "running")
                .containsEntry("trigger", "scheduled")
                .containsEntry("requestedBy", "scheduler")
                .containsEntry("sheetId", ScriptedRoster.SHEET)
                .containsEntry("mode", "live")
                .doesNotContainKeys("reason", "remainingMs", "activeRun");
        assertThat(Instant.parse(body.getString("data.startedAt"))).isBetween(SLOT, SLOT.plusSeconds(60));
        assertThat(body.<Object>get("error")).isNull();
        assertThat(RosterCalls.awaitEnd(run).getMap("data"))
                .containsEntry("status", "success")
                .containsEntry("requestedBy", "scheduler")
                .containsEntry("trigger", "scheduled");
    }

    @Test
    @DisplayName(
            "S0-24: with a run of 10 s in each, ten slots of two minutes, counted from start to start, are ten runs")
    void tenTicksAreTenRuns() {
        Set<String> runs = new HashSet<>();
        int[] jitterSeconds = {0, 2, -2, 3, -3, 1, -1, -4, 4, 40};
        for (int i = 0; i < 10; i++) {
            Instant start = SLOT.plus(Duration.ofMinutes(2L * i)).plusSeconds(jitterSeconds[i]);
            clock.turnTo(start);
            runs.add(runOfTenSeconds());
            assertThat(clock.instant()).isAfterOrEqualTo(start.plusSeconds(10));
        }

        assertThat(runs).hasSize(10);
        assertThat(all("runs")).hasSize(10).allSatisfy(RosterTicksTest::assertTenSeconds);
    }

    /** Held open while the clock is turned, and let go then. */
    private String runOfTenSeconds() {
        CompletableFuture<Progress> end = new CompletableFuture<>();
        roster.does(scope -> held(end));
        String run = tick().then()
                .statusCode(202)
                .body("data.status", equalTo("running"))
                .extract()
                .path("data.runId");
        Awaitility.await().atMost(PATIENCE).until(() -> "RUNNING"
                .equals(RosterCalls.run(run).getString("state")));
        clock.turnTo(clock.instant().plusSeconds(10));
        end.complete(FINISHED);
        RosterCalls.awaitEnd(run);
        return run;
    }

    private static Multi<Progress> held(CompletableFuture<Progress> end) {
        return Multi.createFrom().completionStage(end);
    }

    private static void assertTenSeconds(Document run) {
        assertThat(run).containsEntry("state", "SUCCEEDED").doesNotContainKey("reason");
        assertThat(Duration.between(
                        run.getDate("startedAt").toInstant(),
                        run.getDate("completedAt").toInstant()))
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    @Test
    @DisplayName(
            "S0-23: a tick for a slot that is served already is told how long to wait; that is counted, and no failure")
    void isToldHowLongToWait() {
        clock.turnTo(SLOT.plusSeconds(1));
        RosterCalls.awaitEnd(tick().path("data.runId"));
        clock.turnTo(SLOT.plusSeconds(40));

        JsonPath body = tick().then().statusCode(202).extract().jsonPath();

        assertThat(body.getMap("data"))
                .containsEntry("status", "skipped")
                .containsEntry("reason", "cadence_window")
                .doesNotContainKeys("runId", "startedAt", "activeRun");
        assertThat(body.getLong("data.remainingMs")).isBetween(70_000L, 80_000L);
        assertThat(all("runs")).hasSize(1);
        assertThat(all("schedule_ticks")).singleElement().satisfies(slot -> assertThat(slot)
                .containsEntry("outcome", "started")
                .containsEntry("repeated", 1));
        assertThat(RosterCalls.status().getString("data.status")).isEqualTo("success");
    }

    @Test
    @DisplayName("S0-23: while a run is active a tick is skipped, names that run, and is recorded as no failure")
    void isSkippedWhileARunIsActive() {
        roster.does(ScriptedSync::hanging);
        String active = RosterCalls.start();
        clock.turnTo(SLOT.plusSeconds(1));

        tick().then()
                .statusCode(202)
                .body("data.status", equalTo("skipped"))
                .body("data.reason", equalTo("inflight"))
                .body("data.activeRun.runId", equalTo(active))
                .body("data.activeRun.requestedBy", equalTo("manager@example.org"));

        assertThat(all("schedule_ticks")).singleElement().satisfies(slot -> assertThat(slot)
                .containsEntry("outcome", "inflight"));
        assertThat(all("runs")).hasSize(1);
        assertThat(RosterCalls.status().getString("data.status")).isEqualTo("running");
    }

    @Test
    @DisplayName("S0-23: a tick of a sync that is switched off is skipped as config_disabled, and recorded")
    void isSkippedWhileSwitchedOff() {
        roster.enable(false);
        clock.turnTo(SLOT.plusSeconds(1));

        tick().then()
                .statusCode(202)
                .body("data.status", equalTo("skipped"))
                .body("data.reason", equalTo("config_disabled"));

        assertThat(all("schedule_ticks")).singleElement().satisfies(slot -> assertThat(slot)
                .containsEntry("outcome", "config_disabled"));
        assertThat(all("runs")).isEmpty();
    }

    @Test
    @DisplayName("S0-23: with the schedule off there is no slot to be recorded; the skipped tick is counted")
    void isCountedWithoutASchedule() {
        roster.unschedule();
        double before = skippedAsDisabled();

        tick().then()
                .statusCode(202)
                .body("data.status", equalTo("skipped"))
                .body("data.reason", equalTo("config_disabled"));

        assertThat(skippedAsDisabled()).isEqualTo(before + 1);
        assertThat(all("runs")).isEmpty();
    }

    private double skippedAsDisabled() {
        return metrics.counter("syncline.schedule.ticks", "sync", "roster", "outcome", "config_disabled")
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wet", "LIVE", "dry_run"})
    @DisplayName("S0-41: a mode that is none is 400, and the slot stays free")
    void refusesOtherModes(String mode) {
        clock.turnTo(SLOT.plusSeconds(1));

        ScriptedRoster.scheduler()
                .header("X-Sync-Mode", mode)
                .post("/api/sync/run")
                .then()
                .statusCode(400)
                .body("error.code", equalTo("INVALID_PARAMETER"));

        assertThat(all("schedule_ticks")).isEmpty();
    }

    @Test
    @DisplayName("S0-41, S0-16: a tick says the mode of its run, and its request's id goes with it")
    void startsADryRun() {
        clock.turnTo(SLOT.plusSeconds(1));

        String run = ScriptedRoster.scheduler()
                .header("X-Sync-Mode", "dry-run")
                .header("x-request-id", "tick-of-tests")
                .post("/api/sync/run")
                .then()
                .statusCode(202)
                .body("data.mode", equalTo("dry-run"))
                .extract()
                .path("data.runId");

        assertThat(RosterCalls.run(run).getString("mode")).isEqualTo("dry-run");
        assertThat(RosterCalls.run(run).getString("trigger.requestId")).isEqualTo("tick-of-tests");
    }

    @Test
    @DisplayName("S0-23: without both headers nobody ticks, be it an admin; no slot is taken")
    void refusesOthers() {
        clock.turnTo(SLOT.plusSeconds(1));
        for (Map<String, String> headers : List.of(
                Map.of("X-Appengine-Cron", "true"),
                Map.of("X-Internal-Service-Token", ApiProfile.SCHEDULER_SECRET),
                Map.of("X-Appengine-Cron", "true", "X-Internal-Service-Token", "x"),
                Map.of("X-Appengine-Cron", "true", "X-Internal-Service-Token", ""))) {
            SignedIn.nobody()
                    .headers(headers)
                    .post("/api/sync/run")
                    .then()
                    .statusCode(401)
                    .body("error.code", equalTo("UNAUTHORIZED_CRON"));
        }
        SignedIn.as(SamplePerson.admin).post("/api/sync/run").then().statusCode(401);
        assertThat(all("schedule_ticks")).isEmpty();
    }

    @Test
    @DisplayName(
            "S0-9: a run of the schedule and one of a person have the same shape; who asked and when is all that differs")
    void leavesTheSameShape() {
        clock.turnTo(SLOT.plusSeconds(1));
        String scheduled = tick().path("data.runId");
        RosterCalls.awaitEnd(scheduled);
        String manual = RosterCalls.runToEnd();

        Map<String, Object> one = RosterCalls.run(scheduled).getMap("");
        Map<String, Object> other = RosterCalls.run(manual).getMap("");

        assertThat(one.keySet()).isEqualTo(other.keySet());
        for (String same : List.of("sync", "state", "mode", "counts", "warnings", "anonymized", "attempt")) {
            assertThat(one.get(same)).as(same).isEqualTo(other.get(same));
        }
        assertThat(input(scheduled)).isEqualTo(input(manual));
    }

    private Document input(String run) {
        return all("runs").stream()
                .filter(stored -> run.equals(stored.getString("_id")))
                .map(stored -> stored.get("input", Document.class))
                .findFirst()
                .orElseThrow();
    }
}
