package dev.syncline.platform;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Named;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.bson.Document;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.status.ApiProfile;
import dev.syncline.status.RunCalls;
import dev.syncline.status.ScriptedSync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@TestProfile(ApiProfile.class)
@DisplayName("C0-30: every answer carries a request id")
class RequestIdTest {
    private static final String HEADER = "x-request-id";
    private static final String NEW_ID = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";

    @Inject
    @Named("scripted")
    ScriptedSync scripted;

    @Inject
    MongoDatabase database;

    @BeforeEach
    void endRuns() {
        RunCalls.cancelAll();
        scripted.does(scope -> ScriptedSync.succeeding());
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                Arguments.of("GET", "/api/runs", 200),
                Arguments.of("GET", "/q/health/live", 200),
                Arguments.of("GET", "/q/metrics", 200),
                Arguments.of("GET", "/q/openapi", 200),
                Arguments.of("GET", "/api/runs?limit=0", 400),
                Arguments.of("GET", "/api/nothing", 404),
                Arguments.of("GET", "/nothing", 404),
                Arguments.of("DELETE", "/api/runs", 405),
                Arguments.of("GET", "/api/runs/broken-bug", 500),
                Arguments.of("GET", "/api/permits/broken-bug", 500),
                Arguments.of("GET", "/api/runs/broken-away", 503));
    }

    @ParameterizedTest(name = "{2} {0} {1}")
    @MethodSource("calls")
    void isGivenAndKept(String method, String path, int status) {
        Response withoutOne = given().request(method, path);
        assertThat(withoutOne.statusCode()).isEqualTo(status);
        assertThat(withoutOne.headers().getValues(HEADER))
                .singleElement()
                .asString()
                .matches(NEW_ID);

        Response withOne = given().header(HEADER, "caller-1.2:3_4").request(method, path);
        assertThat(withOne.headers().getValues(HEADER)).containsExactly("caller-1.2:3_4");
    }

    @Test
    void isGivenToABodyThatIsTooLarge() {
        Response answer = given().header(HEADER, "mine")
                .contentType("application/json")
                .body("x".repeat(1_100_000))
                .post("/api/sync");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().getValues(HEADER)).containsExactly("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with blank",
                "a\"b",
                "a,b",
                "<script>",
                "a;b",
                "${jndi:ldap://x}",
                "%0d%0aSet-Cookie:a=b",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void isReplacedWhenItIsNotSafe(String given) {
        assertThat(given().header(HEADER, given).get("/api/runs").header(HEADER))
                .matches(NEW_ID);
    }

    @Test
    void mayHave64Characters() {
        assertThat(given().header(HEADER, "a".repeat(64)).get("/api/runs").header(HEADER))
                .isEqualTo("a".repeat(64));
    }

    @Test
    @DisplayName("C0-30, C0-48: it stands in the run, in every log line of the work and in the audit record")
    void goesWithTheWork() {
        String starter = "starter-" + System.nanoTime();
        String canceller = "canceller-" + System.nanoTime();
        scripted.does(ScriptedSync::hanging);
        try (CapturedLog log = new CapturedLog()) {
            // When
            String run = given().header(HEADER, starter)
                    .post("/api/syncs/scripted/runs")
                    .then()
                    .statusCode(202)
                    .body("trigger.requestId", equalTo(starter))
                    .extract()
                    .path("id");
            given().header(HEADER, canceller)
                    .post("/api/runs/" + run + "/cancel")
                    .then()
                    .statusCode(202);
            RunCalls.awaitEnd(run);

            // Then
            List<ExtLogRecord> lines = log.records().stream()
                    .filter(line -> line.getLoggerName().startsWith("dev.syncline"))
                    .toList();
            assertThat(lines).hasSizeGreaterThanOrEqualTo(2).allSatisfy(line -> {
                assertThat(line.getMdc("run")).isEqualTo(run);
                assertThat(line.getMdc("sync")).isEqualTo("scripted");
                assertThat(line.getMdc("requestId")).isEqualTo(starter);
            });
            List<Document> audit = audit(run);
            assertThat(audit)
                    .extracting("action", "requestId")
                    .containsExactly(tuple("RUN_STARTED", starter), tuple("RUN_CANCELLED", canceller));
            assertThat(audit).allSatisfy(entry -> assertThat(entry)
                    .containsEntry("actor", "admin@example.org")
                    .containsEntry("ip", "127.0.0.1")
                    .containsEntry("type", "sync")
                    .containsEntry("status", "success"));
        }
    }

    private List<Document> audit(String run) {
        return database.collection("audit")
                .find(
                        new Document("target", run).append("ip", new Document("$exists", true)),
                        new FindOptions().sort(new Document("_id", 1)))
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(10));
    }
}
