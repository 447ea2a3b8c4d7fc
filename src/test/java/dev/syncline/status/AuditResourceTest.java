package dev.syncline.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;
import jakarta.inject.Named;

import com.mongodb.client.model.Filters;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(ApiProfile.class)
@DisplayName("S0-43: the audit feed")
class AuditResourceTest {
    @Inject
    @Named("scripted")
    ScriptedSync scripted;

    @Inject
    MongoDatabase database;

    @AfterEach
    void reset() {
        scripted.does(scope -> ScriptedSync.succeeding());
    }

    @Test
    @DisplayName("C0-48: a started run stands in it: who, what, when, from where, outcome and request")
    void tellsWhoDidWhat() {
        // Given
        String run = SignedIn.as(SamplePerson.manager)
                .header("x-request-id", "audit-test-1")
                .post("/api/syncs/scripted/runs")
                .path("id");

        // When
        Map<String, Object> entry = audit("?eventType=sync")
                .getMap("data.find { it.context.target == '" + run + "' && it.action == 'RUN_STARTED' }");

        // Then
        assertThat(entry)
                .containsEntry("eventType", "sync")
                .containsEntry("action", "RUN_STARTED")
                .containsEntry("status", "success")
                .containsEntry("actor", "manager@example.org")
                .containsEntry("errorCode", null)
                .containsKeys("id", "timestamp");
        assertThat(entry.get("context"))
                .isEqualTo(Map.of("target", run, "outcome", "live", "ip", "127.0.0.1", "requestId", "audit-test-1"));
        RunCalls.awaitEnd(run);
    }

    @Test
    @DisplayName("S0-2, S0-43: who was refused stands in it; the type filter takes one, several and lists of types")
    void filtersByType() {
        String run = RunCalls.runToEnd("scripted");
        SignedIn.nobody().get("/api/runs").then().statusCode(401);

        assertThat(types("?eventType=auth&limit=100")).containsOnly("auth");
        assertThat(types("?eventType=sync&limit=100")).containsOnly("sync");
        assertThat(types("?eventType=sync,auth&limit=100")).contains("sync", "auth");
        assertThat(types("?eventType=sync&eventType=auth&limit=100")).contains("sync", "auth");
        assertThat(audit("?eventType=auth").getList("data.errorCode")).contains("SESSION_MISSING");
        assertThat(audit("").getList("data.context.target")).contains(run);
    }

    @Test
    @DisplayName("S0-43: 20 unless asked otherwise, newest first, and page by page none is lost or shown twice")
    void pages() {
        for (int i = 0; i < 21; i++) {
            RunCalls.runToEnd("scripted");
        }

        JsonPath first = audit("?eventType=sync");
        assertThat(first.getList("data")).hasSize(20);
        assertThat(first.getList("data.timestamp", String.class)).isSortedAccordingTo((a, b) -> b.compareTo(a));
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page = audit("?eventType=sync&limit=7" + cursor);
            ids.addAll(page.getList("data.id"));
            cursor = page.getString("meta.nextCursor") == null ? "" : "&cursor=" + page.getString("meta.nextCursor");
        } while (!cursor.isEmpty());
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(20);
        assertThat(ids.subList(0, 20)).isEqualTo(first.getList("data.id"));
    }

    @Test
    @DisplayName("S0-43: an unknown filter value is 400 and names those that are known")
    void refusesUnknownValues() {
        for (String query : List.of("?eventType=nonsense", "?eventType=sync,", "?limit=0", "?cursor=x")) {
            JsonPath answer = SignedIn.as(SamplePerson.manager)
                    .get("/api/audit" + query)
                    .then()
                    .statusCode(400)
                    .extract()
                    .jsonPath();
            assertThat(answer.<Object>get("data")).isNull();
            assertThat(answer.getString("error.code")).isEqualTo("INVALID_PARAMETER");
            assertThat(answer.getString("error.recommendation")).isNotBlank();
            assertThat(answer.getString("error.referenceId")).isNotBlank();
        }
        assertThat(SignedIn.as(SamplePerson.manager)
                        .get("/api/audit?eventType=nonsense")
                        .path("error.message")
                        .toString())
                .contains("sync", "auth", "allowlist-change", "anonymization");
    }

    @Test
    @DisplayName("S0-13: a failed run stands in it from its end on, whoever asked; what the schedule did well does not")
    void tellsTheEndsOfRuns() {
        scripted.does(scope -> {
            throw new SyncException(ErrorCode.FEED_EMPTY, "the feed holds no records");
        });
        String failed = RunCalls.runToEnd("scripted");

        Map<String, Object> end = audit("?eventType=sync").getMap("data.find { it.context.run == '" + failed + "' }");

        assertThat(end)
                .containsEntry("action", "SYNC_RUN_FAILED")
                .containsEntry("status", "error")
                .containsEntry("errorCode", "FEED_EMPTY")
                .containsEntry("actor", "admin@example.org")
                .containsEntry("timestamp", RunCalls.get(failed).getString("completedAt"));
        assertThat((Map<String, Object>) end.get("context"))
                .containsEntry("sync", "scripted")
                .containsEntry("message", "the feed holds no records")
                .containsEntry("nextStep", ErrorCode.FEED_EMPTY.nextStep())
                .containsEntry("reference", failed)
                .doesNotContainKeys("anonymized", "ip");
    }

    @Test
    @DisplayName("S0-13: the end is there at once and stays one, while it is recorded and after, on every page")
    void tellsAnEndOnce() {
        String run = RunCalls.runToEnd("scripted");
        for (int i = 0; i < 40; i++) {
            List<String> ends =
                    audit("?eventType=sync&limit=5").getList("data.findAll { it.context.run == '" + run + "' }.id");
            assertThat(ends).as("look %d", i).hasSize(1);
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> recorded(run));

        String cursor = audit("?eventType=sync&limit=1").getString("meta.nextCursor");

        assertThat(audit("?eventType=sync&limit=1").getString("data[0].context.run"))
                .isEqualTo(run);
        assertThat(audit("?eventType=sync&limit=1&cursor=" + cursor).getString("data[0].action"))
                .isEqualTo("RUN_STARTED");
    }

    private boolean recorded(String run) {
        return database.collection("audit")
                        .countDocuments(Filters.and(Filters.eq("target", run), Filters.regex("action", "^SYNC_RUN_")))
                        .await()
                        .atMost(Duration.ofSeconds(10))
                == 1;
    }

    @Test
    @DisplayName("the feed of one device has what was done to it, under either name of the parameter")
    void filtersByDevice() {
        for (String serial : List.of("abc-1", "abc-2")) {
            var unused = database.collection("audit")
                    .insertOne(new Document("_id", Ids.at(Instant.now(), serial))
                            .append("at", new Date())
                            .append("type", "sync")
                            .append("action", "DEVICE_LOOKED_AT")
                            .append("target", serial)
                            .append("status", "success"))
                    .await()
                    .atMost(Duration.ofSeconds(10));
        }

        assertThat(audit("?serial=abc-1&limit=100").getList("data.context.target"))
                .isNotEmpty()
                .containsOnly("abc-1");
        assertThat(audit("?deviceId=ABC-2").getList("data.context.target"))
                .isNotEmpty()
                .containsOnly("abc-2");
        assertThat(audit("?serial=abc-3").getList("data")).isEmpty();
    }

    private static List<String> types(String query) {
        return audit(query).getList("data.eventType");
    }

    private static JsonPath audit(String query) {
        return SignedIn.as(SamplePerson.manager)
                .get("/api/audit" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
