package dev.syncline.notify;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.model.Filters;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Multi;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.ingest.Warning;
import dev.syncline.notify.Notice.State;
import dev.syncline.notify.WebhookServer.Reply;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;
import dev.syncline.roster.ColumnChange;
import dev.syncline.roster.ScriptedRoster;
import dev.syncline.run.RunScope;
import dev.syncline.status.RunCalls;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** What a program is told when a run of the roster has found columns changed. The mail server is away all the time. */
@QuarkusTest
@TestProfile(NotifyProfile.class)
class SchemaAlertTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Tally COUNTS = new Tally(9, 4, 2, 3, 0, 0, 0);
    private static final Warning CHANGED =
            Warning.of(ErrorCode.COLUMNS_CHANGED, "columns have changed", List.of("Room"));

    @Inject
    ScriptedRoster roster;

    @Inject
    OutboxDesk outbox;

    @Inject
    MongoDatabase database;

    @ConfigProperty(name = "syncline.notify.webhook.url")
    URI url;

    private WebhookServer server;

    @BeforeEach
    void start() {
        outbox.clear();
        for (String collection : List.of("runs", "column_changes", "audit")) {
            var unused = OutboxDesk.await(database.collection(collection).deleteMany(Filters.empty()));
        }
        roster.does(this::changingColumns);
    }

    @AfterEach
    void stop() {
        server.close();
        roster.reset();
    }

    private void serve(IntFunction<Reply> script) {
        server = new WebhookServer(url.getPort(), script);
    }

    private Multi<Progress> changingColumns(RunScope scope) {
        ColumnChange change = new ColumnChange(
                scope.run().id(),
                ScriptedRoster.SHEET,
                Instant.now(),
                List.of("Room"),
                List.of("Notes"),
                List.of(new ColumnChange.Renamed("Owner", "Assigned to")),
                "registry-3-a",
                "registry-3-b");
        return database.collection("column_changes", ColumnChange.class)
                .insertOne(change)
                .onItem()
                .transformToMulti(stored -> finished(CHANGED));
    }

    private static Multi<Progress> finished(Warning... warnings) {
        return Multi.createFrom().item(new Progress(Progress.FINISHED, COUNTS, 0, null, List.of(warnings)));
    }

    private static String run(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/sync/manual?wait=true")
                .then()
                .statusCode(200)
                .extract()
                .path("data.runId");
    }

    private static String alert(String run) {
        return "schema-changed:" + run + "/webhook";
    }

    private static JsonPath webhook() {
        return given().get("/api/metrics").then().statusCode(200).extract().jsonPath();
    }

    private List<Document> changesInTheTrail() {
        return OutboxDesk.await(database.collection("audit")
                .find(Filters.eq("action", "SYNC_COLUMNS_CHANGED"))
                .collect()
                .asList());
    }

    private void awaitFollowed(String run) {
        Awaitility.await()
                .atMost(OutboxDesk.PATIENCE)
                .until(() -> OutboxDesk.await(database.collection("runs")
                                .countDocuments(Filters.and(Filters.eq("_id", run), Filters.exists("toFollow"))))
                        == 0);
    }

    // --- told

    @Test
    @DisplayName(
            "S0-39: added, removed and renamed columns are told once, with versions and the runbook, and recorded once")
    void tellsAChangeOnce() throws IOException {
        serve(number -> Reply.of(204));

        String run = run("{}");
        outbox.await(alert(run), State.SENT);

        assertThat(server.calls()).hasSize(1);
        JsonNode body = JSON.readTree(server.calls().get(0).body());
        assertThat(body.path("type").asText()).isEqualTo("schema.changed");
        assertThat(body.path("id").asText()).isEqualTo(alert(run));
        assertThat(body.path("sync").asText()).isEqualTo("roster");
        assertThat(body.path("runId").asText()).isEqualTo(run);
        assertThat(body.path("trigger").asText()).isEqualTo("manual");
        assertThat(body.path("added")).isEqualTo(JSON.readTree("[\"Room\"]"));
        assertThat(body.path("removed")).isEqualTo(JSON.readTree("[\"Notes\"]"));
        assertThat(body.path("renamed")).isEqualTo(JSON.readTree("[{\"from\":\"Owner\",\"to\":\"Assigned to\"}]"));
        assertThat(body.path("versions"))
                .isEqualTo(JSON.readTree("{\"before\":\"registry-3-a\",\"after\":\"registry-3-b\"}"));
        assertThat(body.at("/links/runbook").asText())
                .isEqualTo("https://syncline.example.org/docs/runbook/columns-changed.md");
        assertThat(changesInTheTrail()).singleElement().satisfies(entry -> assertThat(entry)
                .containsEntry("target", run)
                .containsEntry("actor", "admin@example.org"));
        assertThat(outbox.of(run, Channel.mail))
                .as("people see it on the dashboard")
                .isEmpty();
        assertThat(webhook().getMap("data.webhook"))
                .containsEntry("runId", run)
                .containsEntry("status", "dispatched")
                .containsEntry("reason", null);
    }

    @Test
    @DisplayName("S0-39: the next run, which finds the columns as they are now, tells nothing")
    void tellsNothingOfColumnsThatStay() {
        serve(number -> Reply.of(204));
        outbox.await(alert(run("{}")), State.SENT);
        roster.does(scope -> finished());

        String next = run("{}");
        awaitFollowed(next);

        assertThat(outbox.of(next, Channel.webhook)).isEmpty();
        assertThat(server.calls()).hasSize(1);
        assertThat(changesInTheTrail()).hasSize(1);
    }

    @Test
    @DisplayName("S0-39, S0-41: a dry run changes no column, so nobody is told; that is recorded with its reason")
    void tellsNothingOfADryRun() {
        serve(number -> Reply.of(204));
        roster.does(scope -> finished(CHANGED));

        String run = run("{\"mode\":\"dry-run\"}");
        Notice untold = outbox.await(alert(run), State.SUPPRESSED);

        assertThat(untold.reason()).isEqualTo("dry-run-mode");
        assertThat(server.calls()).isEmpty();
        assertThat(changesInTheTrail()).isEmpty();
        assertThat(webhook().getMap("data.webhook"))
                .containsEntry("status", "suppressed")
                .containsEntry("reason", "dry-run-mode");
    }

    @Test
    @DisplayName("S0-39: a run that failed after it saw the columns has changed none, and tells nothing")
    void tellsNothingOfAFailedRun() {
        serve(number -> Reply.of(204));
        roster.does(scope -> Multi.createBy()
                .concatenating()
                .streams(
                        changingColumns(scope).map(progress -> new Progress("writing", COUNTS, 0, null)),
                        Multi.createFrom()
                                .failure(new SyncException(ErrorCode.TRANSFORM_VALIDATION_FAILED, "bad rows"))));

        String run = given().post("/api/sync/manual").path("data.runId");
        RunCalls.awaitEnd(run);
        awaitFollowed(run);

        assertThat(outbox.of(run, Channel.webhook)).extracting(Notice::kind).containsOnly(Notice.Kind.RUN_FAILED);
        assertThat(changesInTheTrail()).isEmpty();
    }

    // --- not taken

    @ParameterizedTest
    @ValueSource(ints = {500, 429, 302})
    @DisplayName("S0-40: what the webhook does not take is tried again until it does")
    void triesAgain(int status) {
        serve(number -> Reply.of(number == 0 ? status : 200));

        Notice sent = outbox.await(alert(run("{}")), State.SENT);

        assertThat(sent.attempts()).isEqualTo(2);
        assertThat(sent.lastError()).isEqualTo("the webhook answered with status " + status);
    }

    @Test
    @DisplayName("S0-40: what it refuses for good is recorded as failed, with the status that it answered")
    void recordsARefusal() {
        serve(number -> Reply.of(410));

        outbox.await(alert(run("{}")), State.FAILED);

        assertThat(webhook().getMap("data.webhook"))
                .containsEntry("status", "failed")
                .containsEntry("reason", "alert-dispatch-failed")
                .containsEntry("detail", "the webhook answered with status 410");
    }

    @Test
    @DisplayName("S0-40: a webhook that never answers costs its time-out alone: the run has ended long before")
    void delaysNoRun() {
        serve(number -> Reply.of(number == 0 ? 0 : 200));

        String run = run("{}");
        JsonPath ended = RunCalls.get(run);
        Notice sent = outbox.await(alert(run), State.SENT);

        assertThat(sent.lastError()).isEqualTo("the webhook did not answer within 2000 ms");
        assertThat(ended.getString("state")).isEqualTo("PARTIAL");
        assertThat(Duration.ofMillis(ended.getLong("durationMs"))).isLessThan(Duration.ofSeconds(2));
        assertThat((Map<?, ?>) RunCalls.get(run).getMap("")).isEqualTo(ended.getMap(""));
    }
}
