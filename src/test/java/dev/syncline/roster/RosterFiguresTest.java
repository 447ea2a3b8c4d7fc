package dev.syncline.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
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

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;
import dev.syncline.status.ApiProfile;
import dev.syncline.status.RunCalls;
import dev.syncline.status.ScriptedSync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@TestProfile(ApiProfile.class)
@DisplayName("S0-45: what GET /api/metrics counts")
class RosterFiguresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Tally COUNTS = new Tally(12, 3, 2, 4, 2, 1, 0);

    @Inject
    ScriptedRoster roster;

    @Inject
    MongoDatabase database;

    @BeforeEach
    @AfterEach
    void forget() {
        RunCalls.cancelAll();
        roster.reset();
        for (String collection : List.of("runs", "schedule_ticks", "column_changes")) {
            var unused = database.collection(collection)
                    .deleteMany(Filters.empty())
                    .await()
                    .atMost(PATIENCE);
        }
    }

    private static JsonPath figures() {
        return SignedIn.as(SamplePerson.lead)
                .get("/api/metrics")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Two that succeed, one that fails and one that a person cancels. */
    private void runFourTimes() {
        roster.does(scope -> Multi.createFrom().item(new Progress(Progress.FINISHED, COUNTS, 0, null)));
        RosterCalls.runToEnd();
        RosterCalls.runToEnd();
        roster.does(scope -> {
            throw new SyncException(ErrorCode.SHEET_NOT_FOUND, "the sheet is not there");
        });
        RosterCalls.runToEnd();
        roster.does(ScriptedSync::hanging);
        String run = RosterCalls.start();
        SignedIn.as(SamplePerson.manager)
                .post("/api/runs/" + run + "/cancel")
                .then()
                .statusCode(202);
        RosterCalls.awaitEnd(run);
    }

    private void slot(String outcome, Instant at) {
        Document tick = new Document("_id", "roster@" + at)
                .append("sync", "roster")
                .append("slot", at)
                .append("at", at)
                .append("run", "none")
                .append("earlier", 0L)
                .append("outcome", outcome);
        var unused =
                database.collection("schedule_ticks").insertOne(tick).await().atMost(PATIENCE);
    }

    @Test
    @DisplayName(
            "S0-45: by trigger and in all, runs are successes, failures and what was skipped, and no slot is a failure")
    void addsUp() {
        // Given
        runFourTimes();
        Instant now = Instant.now();
        slot("inflight", now.minusSeconds(60));
        slot("config_disabled", now.minusSeconds(180));
        slot("started", now.minusSeconds(300));

        // When
        JsonPath figures = figures();

        // Then
        Map<String, Object> manual = figures.getMap("data.last12h.perTrigger.find { it.trigger == 'manual' }");
        assertThat(manual)
                .containsEntry("runs", 4)
                .containsEntry("success", 2)
                .containsEntry("failure", 1)
                .containsEntry("skipped", 1)
                .containsEntry("totalRows", 24)
                .containsEntry("rowsSkipped", 4)
                .containsEntry("conflicts", 2);
        assertThat(figures.getMap("data.last12h.perTrigger.find { it.trigger == 'scheduled' }"))
                .containsEntry("runs", 2)
                .containsEntry("success", 0)
                .containsEntry("failure", 0)
                .containsEntry("skipped", 2)
                .containsEntry("avgDurationMs", 0);
        Map<String, Object> totals = figures.getMap("data.last12h.totals");
        assertThat(totals)
                .containsEntry("runs", 6)
                .containsEntry("success", 2)
                .containsEntry("failure", 1)
                .containsEntry("skipped", 3)
                .doesNotContainKey("trigger");
        long duration = figures.getLong("data.last12h.totals.totalDurationMs");
        assertThat(duration).isBetween(0L, 60_000L);
        assertThat(figures.getLong("data.last12h.totals.avgDurationMs")).isEqualTo(duration / 3);
        assertThat(figures.getMap("data.cumulative")).isEqualTo(figures.getMap("data.last12h"));
        assertThat(Instant.parse(figures.getString("data.asOf"))).isAfter(now.minusSeconds(60));
    }

    @Test
    @DisplayName("S0-45: what ended more than twelve hours ago counts in all time alone")
    void tellsTheWindowsApart() {
        String old = RosterCalls.runToEnd();
        var unused = database.collection("runs")
                .updateOne(
                        Filters.eq("_id", old),
                        Updates.set("completedAt", Instant.now().minus(Duration.ofHours(13))))
                .await()
                .atMost(PATIENCE);
        RosterCalls.runToEnd();

        JsonPath figures = figures();

        assertThat(figures.getInt("data.last12h.totals.runs")).isEqualTo(1);
        assertThat(figures.getInt("data.cumulative.totals.runs")).isEqualTo(2);
    }

    @Test
    void isEmptyBeforeTheFirstRun() {
        JsonPath figures = figures();

        assertThat(figures.getList("data.cumulative.perTrigger")).isEmpty();
        assertThat(figures.getInt("data.cumulative.totals.runs")).isZero();
        assertThat(figures.<Object>get("data.schemaChange")).isNull();
        assertThat(figures.getMap("data")).containsKey("webhook");
    }

    @Test
    @DisplayName("S0-39: the newest change of columns is told, with names and versions")
    void tellsTheNewestChange() {
        Instant now = Instant.now();
        var older = changes().insertOne(change("01a2048a-97b2-7000-ac33-42fc5347a301", now.minusMillis(1)));
        var newest = changes().insertOne(change("01a2048a-97b2-7000-ac33-42fc5347a302", now));
        var unused = older.chain(() -> newest).await().atMost(PATIENCE);

        assertThat(figures().getMap("data.schemaChange"))
                .containsEntry("runId", "01a2048a-97b2-7000-ac33-42fc5347a302")
                .containsEntry("added", List.of("Room"));
    }

    @Test
    @DisplayName("S0-40: while alerts are paused nobody is told of a change, which is recorded with its reason")
    void tellsThatAlertsArePaused() {
        roster.does(scope -> changes()
                .insertOne(change(scope.run().id(), Instant.now()))
                .onItem()
                .transformToMulti(stored -> ScriptedSync.succeeding()));

        String run = RosterCalls.runToEnd();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> run.equals(figures().getString("data.webhook.runId")));
        assertThat(figures().getMap("data.webhook"))
                .containsEntry("status", "suppressed")
                .containsEntry("reason", "schema-alerts-paused");
    }

    private ReactiveMongoCollection<ColumnChange> changes() {
        return database.collection(ColumnRegistry.CHANGES, ColumnChange.class);
    }

    private static ColumnChange change(String run, Instant at) {
        return new ColumnChange(
                run, ScriptedRoster.SHEET, at, List.of("Room"), List.of(), List.of(), null, "registry-4-b");
    }

    @Test
    @DisplayName("a database that refuses to count is METRICS_FAILURE, one that is away is 503 as everywhere")
    void tellsARefusalOfTheDatabase() {
        assertThat(RosterFiguresResource.told(new MongoException(2, "bad value")))
                .isInstanceOfSatisfying(
                        SyncException.class, told -> assertThat(told.code()).isEqualTo(ErrorCode.METRICS_FAILURE));
        MongoException away = new MongoTimeoutException("no server");
        assertThat(RosterFiguresResource.told(away)).isSameAs(away);
        SyncException stayedAway = DatabaseFailures.unavailable(away);
        assertThat(RosterFiguresResource.told(stayedAway)).isSameAs(stayedAway);
    }

    @Test
    @DisplayName("S0-43, S0-44: a lead reads the figures, a manager and nobody do not; each look is recorded")
    void isForALead() {
        SignedIn.nobody().get("/api/metrics").then().statusCode(401);
        SignedIn.as(SamplePerson.manager).get("/api/metrics").then().statusCode(403);
        String id = "figures-" + System.nanoTime();

        SignedIn.as(SamplePerson.lead)
                .header("x-request-id", id)
                .get("/api/metrics")
                .then()
                .statusCode(200);

        assertThat(RosterCalls.audit("?eventType=sync&limit=100")
                        .getMap("data.find { it.context.requestId == '" + id + "' }"))
                .containsEntry("action", "METRICS_FETCH")
                .containsEntry("actor", "lead@example.org")
                .containsEntry("status", "success");
    }

    @Test
    @DisplayName("S0-45: that the figures could not be made is told, and recorded with who looked")
    void recordsThatItFailed() {
        var unused = database.collection("runs")
                .insertOne(new Document("_id", "run-of-another-version")
                        .append("sync", RosterSync.SYNC)
                        .append("state", "SUCCEEDED")
                        .append("trigger", new Document("kind", "robot"))
                        .append("completedAt", new Date()))
                .await()
                .atMost(PATIENCE);
        String id = "figures-" + System.nanoTime();

        SignedIn.as(SamplePerson.lead)
                .header("x-request-id", id)
                .get("/api/metrics")
                .then()
                .statusCode(500)
                .body("error.code", equalTo("METRICS_FAILURE"));

        assertThat(RosterCalls.audit("?eventType=sync&limit=100")
                        .getMap("data.find { it.context.requestId == '" + id + "' }"))
                .containsEntry("action", "METRICS_FETCH")
                .containsEntry("actor", "lead@example.org")
                .containsEntry("status", "error")
                .containsEntry("errorCode", "METRICS_FAILURE");
    }
}
