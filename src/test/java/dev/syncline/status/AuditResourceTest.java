package dev.syncline.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(ApiProfile.class)
@DisplayName("S0-43: the audit feed")
class AuditResourceTest {
    @Test
    @DisplayName("C0-48: a started run stands in it: who, what, when, from where, outcome and request")
    void tellsWhoDidWhat() {
        // Given
        String run = SignedIn.as(SamplePerson.manager)
                .header("x-request-id", "audit-test-1")
                .post("/api/syncs/scripted/runs")
                .path("id");

        // When
        Map<String, Object> entry = audit("?eventType=sync").getMap("data.find { it.context.target == '" + run + "' }");

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
