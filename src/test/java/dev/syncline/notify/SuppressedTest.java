package dev.syncline.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.notify.Notice.State;
import dev.syncline.run.CoreProfile;
import dev.syncline.run.Run;
import dev.syncline.run.RunDesk;
import dev.syncline.run.ScriptedSync;

import static dev.syncline.notify.FailingSync.LASTING;
import static dev.syncline.notify.FailingSync.TRANSIENT;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Nobody is configured to be told, which is recorded, and shown page by page. */
@QuarkusTest
@TestProfile(CoreProfile.class)
@DisplayName("S0-40: what is suppressed is recorded with its reason")
class SuppressedTest {
    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    @Inject
    RunNotices notices;

    @Inject
    Alerts alerts;

    @Inject
    OutboxDesk outbox;

    private FailingSync failing;

    @BeforeEach
    void clear() {
        outbox.clear();
        desk.clear(sync);
        failing = new FailingSync(sync, desk);
    }

    @Test
    @DisplayName("S0-40: a failed run is recorded for each channel, with the setting that is missing")
    void recordsWhatNobodyIsTold() {
        Run run = failing.run(LASTING);
        outbox.await("run-failed:" + run.id() + "/webhook", State.SUPPRESSED);

        assertThat(outbox.all())
                .extracting(Notice::id, Notice::state, Notice::reason)
                .containsExactlyInAnyOrder(
                        tuple(
                                "run-failed:" + run.id() + "/mail",
                                State.SUPPRESSED,
                                "syncline.notify.mail.to is not set"),
                        tuple(
                                "run-failed:" + run.id() + "/webhook",
                                State.SUPPRESSED,
                                "syncline.notify.webhook.url is not set"));
    }

    @Test
    @DisplayName("S4-34: of a run that is one person's alone nobody else is told, nor that it is recorded")
    void tellsNobodyOfOnePersonsRuns() {
        // Given
        Run run = failing.run(LASTING);
        outbox.await("run-failed:" + run.id() + "/webhook", State.SUPPRESSED);
        outbox.clear();

        // When
        OutboxDesk.await(notices.follow(of(run, "https://id.example.org|somebody")));

        // Then
        assertThat(outbox.all())
                .hasSize(2)
                .allMatch(notice -> notice.text().isEmpty() && notice.state() == State.SUPPRESSED)
                .extracting(Notice::reason)
                .containsOnly("it is one person's alone, and other people would be told");
        assertThat(given().get("/api/notifications").jsonPath().getList("items"))
                .isEmpty();
    }

    @Test
    @DisplayName("S0-40: without a webhook an alert of changed columns is recorded as suppressed, once")
    void recordsAnAlertThatNobodyIsTold() {
        Run run = failing.run(LASTING);
        outbox.await("run-failed:" + run.id() + "/webhook", State.SUPPRESSED);
        outbox.clear();

        OutboxDesk.await(alerts.schemaChanged(run, Map.of()));
        OutboxDesk.await(alerts.schemaChanged(run, Map.of()));

        assertThat(outbox.all())
                .extracting(Notice::id, Notice::state, Notice::reason)
                .containsExactly(
                        tuple("schema-changed:" + run.id() + "/webhook", State.SUPPRESSED, "webhook-disabled"));
        Alerts.Alert alert =
                OutboxDesk.await(alerts.newestSchemaAlert(run.sync())).orElseThrow();
        assertThat(alert.runId()).isEqualTo(run.id());
        assertThat(alert.status()).isEqualTo(Alerts.Alert.Status.suppressed);
    }

    @Test
    void aRunThatDidNotHappenIsRecordedOnceForEachSlot() {
        Instant slot = Instant.parse("2026-11-23T11:00:00Z");

        OutboxDesk.await(notices.missed(sync, slot));
        OutboxDesk.await(notices.missed(sync, slot));

        assertThat(outbox.all())
                .extracting(Notice::id)
                .containsExactlyInAnyOrder(
                        "late:scripted@2026-11-23T11:00:00Z/mail", "late:scripted@2026-11-23T11:00:00Z/webhook");
    }

    @Test
    @DisplayName("C0-33: the list is paged, newest first, none lost or twice, and says which values are allowed")
    void isPaged() {
        // Given
        List<Run> runs = List.of(failing.run(LASTING), failing.run(TRANSIENT), failing.run(LASTING));
        runs.forEach(run -> outbox.await("run-failed:" + run.id() + "/webhook", State.SUPPRESSED));

        // When
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page = given().get("/api/notifications?limit=3&state=SUPPRESSED" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            ids.addAll(page.getList("items.id"));
            cursor = page.getString("nextCursor") == null ? "" : "&cursor=" + page.getString("nextCursor");
        } while (!cursor.isEmpty());

        // Then
        assertThat(ids).hasSize(8).doesNotHaveDuplicates();
        assertThat(ids.get(7)).startsWith("run-failed:" + runs.get(0).id());
        assertThat(given().get("/api/notifications?run=" + runs.get(1).id())
                        .jsonPath()
                        .getList("items.kind"))
                .containsExactly("given-up", "given-up", "run-failed", "run-failed");
        assertThat(given().get("/api/notifications?state=SENT").jsonPath().getList("items"))
                .isEmpty();
        for (String query : List.of("?state=nonsense", "?limit=0", "?cursor=x")) {
            given().get("/api/notifications" + query).then().statusCode(400);
        }
        assertThat(given().get("/api/notifications?state=nonsense").jsonPath().getString("detail"))
                .contains("PENDING", "SENDING", "SENT", "FAILED", "SUPPRESSED");
    }

    private static Run of(Run run, String person) {
        return new Run(
                run.id(),
                run.sync(),
                run.state(),
                run.version(),
                run.activeFor(),
                run.owner(),
                run.trigger(),
                run.mode(),
                run.reason(),
                run.input(),
                run.attempts(),
                run.queuedAt(),
                run.startedAt(),
                run.completedAt(),
                run.durationMs(),
                run.nextAttemptAt(),
                run.progress(),
                run.error(),
                run.cancel(),
                run.updatedAt(),
                person);
    }
}
