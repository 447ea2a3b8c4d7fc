package dev.syncline.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Named;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.status.RunCalls;
import dev.syncline.status.ScriptedSync;

import static dev.syncline.SignedIn.as;
import static dev.syncline.SignedIn.nobody;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** What stands in the audit trail after each call; the allowlist's record is in {@link AllowlistTest}. */
@QuarkusTest
@TestProfile(IdentityProfile.class)
class AuditedActionsTest {
    private static final String RUNS = "/api/syncs/scripted/runs";
    private static final String ID = "audited-request-1";
    private static final String ADDRESS = "203.0.113.50";

    @Inject
    AllowlistDesk allowlist;

    @Inject
    AuditDesk audit;

    @Inject
    @Named("scripted")
    ScriptedSync scripted;

    @ConfigProperty(name = "syncline.permits.import-directory")
    Path imports;

    @TestHTTPResource("/")
    java.net.URI root;

    @BeforeEach
    void reset() {
        allowlist.reset();
        RunCalls.cancelAll();
        scripted.does(scope -> ScriptedSync.succeeding());
        audit.clear();
    }

    @AfterEach
    void end() {
        scripted.does(scope -> ScriptedSync.succeeding());
        RunCalls.cancelAll();
    }

    /** A call whose record can be told from all others. */
    private static RequestSpecification marked(RequestSpecification request) {
        return request.header("x-request-id", ID).header("X-Forwarded-For", ADDRESS);
    }

    private static RequestSpecification manager() {
        return marked(as(SamplePerson.manager));
    }

    /** Who, what, on what, with which outcome; when, from where, in which request. */
    private void assertRecorded(String action, String target, String outcome) {
        assertThat(audit.all()).as("records of all that happened").hasSize(1);
        assertThat(audit.ofRequest(ID)).singleElement().satisfies(entry -> {
            assertThat(entry)
                    .containsEntry("type", "sync")
                    .containsEntry("actor", "manager@example.org")
                    .containsEntry("action", action)
                    .containsEntry("target", target)
                    .containsEntry("outcome", outcome)
                    .containsEntry("status", "success")
                    .containsEntry("ip", ADDRESS);
            assertThat(entry.getDate("at").toInstant())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        });
    }

    // --- what was done

    @Test
    @DisplayName("C0-48, S0-7: a start leaves one record, and the run names its actor")
    void recordsAStart() {
        String run = manager().post(RUNS).then().statusCode(202).extract().path("id");

        assertRecorded("RUN_STARTED", run, "live");
        assertThat(RunCalls.awaitEnd(run).getString("trigger.actor")).isEqualTo("manager@example.org");
        assertThat(audit.all()).as("its end is told by the run").hasSize(1);
    }

    @Test
    @DisplayName("C0-48: a start that is repeated with its key is recorded once; one that is refused starts nothing")
    void recordsAStartOnce() {
        scripted.does(ScriptedSync::hanging);
        String run = manager()
                .header("Idempotency-Key", "audited-key")
                .post(RUNS)
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        as(SamplePerson.manager)
                .header("Idempotency-Key", "audited-key")
                .post(RUNS)
                .then()
                .body("id", equalTo(run));
        as(SamplePerson.manager).post(RUNS).then().statusCode(409);

        assertRecorded("RUN_STARTED", run, "live");
    }

    @Test
    @DisplayName("C0-48: a cancel leaves one record; one that comes too late leaves none")
    void recordsACancel() {
        scripted.does(ScriptedSync::hanging);
        String run = RunCalls.start("scripted");
        Awaitility.await().until(() -> RunCalls.get(run).getString("state").equals("RUNNING"));
        audit.clear();

        String state = manager()
                .post("/api/runs/" + run + "/cancel")
                .then()
                .statusCode(202)
                .extract()
                .path("state");
        RunCalls.awaitEnd(run);
        as(SamplePerson.manager).post("/api/runs/" + run + "/cancel").then().statusCode(409);

        assertRecorded("RUN_CANCELLED", run, state);
    }

    @Test
    @DisplayName("C0-48: who makes a waiting retry start now leaves one record")
    void recordsARetryThatIsPulledForward() {
        scripted.does(scope -> {
            throw new SyncException(ErrorCode.SOURCE_UNREACHABLE, "the source is away");
        });
        String run = RunCalls.start("scripted");
        Awaitility.await().until(() -> RunCalls.get(run).getString("state").equals("RETRY_WAIT"));
        scripted.does(scope -> ScriptedSync.succeeding());
        audit.clear();

        manager().post(RUNS).then().statusCode(202).body("id", equalTo(run));

        assertThat(RunCalls.awaitEnd(run).getString("state")).isEqualTo("SUCCEEDED");
        assertRecorded("RUN_STARTED", run, "live");
    }

    @Test
    @DisplayName("C0-48: a start through the permits' own address leaves one record")
    void recordsAPermitsStart() throws IOException {
        String run = manager()
                .contentType("application/json")
                .body("{\"file_path\":\"" + feed(40) + "\"}")
                .post("/api/sync")
                .then()
                .statusCode(202)
                .extract()
                .path("task_id");
        RunCalls.awaitEnd(run);

        assertRecorded("RUN_STARTED", run, "live");
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve", "dismiss"})
    @DisplayName("C0-48: a decision on a held sweep leaves one record; one that comes second leaves none")
    void recordsADecision(String decision) throws IOException {
        String done = decision.equals("approve") ? "APPROVED" : "DISMISSED";
        RunCalls.awaitEnd(permits(feed(40)));
        String run = permits(feed(34));
        assertThat(RunCalls.awaitEnd(run).getString("state")).isEqualTo("PARTIAL");
        audit.clear();

        decide(manager(), run, decision).then().statusCode(200);
        decide(as(SamplePerson.manager), run, decision).then().statusCode(409);

        assertRecorded("SWEEP_" + done, run, done);
    }

    private static Response decide(RequestSpecification request, String run, String decision) {
        return request.contentType("application/json")
                .body("{\"decision\":\"" + decision + "\"}")
                .post("/api/runs/" + run + "/sweep");
    }

    private static String permits(String feed) {
        return given().contentType("application/json")
                .body("{\"file_path\":\"" + feed + "\"}")
                .post("/api/sync")
                .then()
                .statusCode(202)
                .extract()
                .path("task_id");
    }

    private String feed(int permits) throws IOException {
        String name = "audited-" + permits + ".json";
        Files.createDirectories(imports);
        Files.writeString(
                imports.resolve(name),
                IntStream.range(0, permits)
                        .mapToObj(n ->
                                ("{\"PERMIT_NUM\":\"24 %06d AUD\",\"REVISION_NUM\":\"00\",\"STATUS\":\"Inspection\","
                                                + "\"PERMIT_TYPE\":\"House\",\"STREET_NUM\":\"1\",\"STREET_NAME\":\"KING\","
                                                + "\"RESIDENTIAL\":1}")
                                        .formatted(n))
                        .collect(Collectors.joining(",", "[", "]")));
        return name;
    }

    @Test
    @DisplayName("C0-48: reading leaves no record")
    void recordsNoReading() {
        for (String path : List.of("/api/runs", "/api/syncs", "/api/permits", "/api/me", "/api/audit", "/api/sync")) {
            as(SamplePerson.manager).get(path).then().statusCode(200);
        }

        audit.writeCounts();
        assertThat(audit.all()).isEmpty();
    }

    // --- who was refused

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("nobody", null, 401, "SESSION_MISSING", null),
                Arguments.of("forged", null, 401, "TOKEN_INVALID", null),
                Arguments.of("garbage", null, 401, "TOKEN_INVALID", null),
                Arguments.of("stranger", SamplePerson.stranger, 403, "NOT_ALLOWLISTED", "stranger@example.org"),
                Arguments.of("unverified", SamplePerson.unverified, 403, "EMAIL_UNVERIFIED", "unverified@example.org"),
                Arguments.of("viewer", SamplePerson.viewer, 403, "ROLE_INSUFFICIENT", "viewer@example.org"));
    }

    private RequestSpecification caller(String what, SamplePerson person) {
        return switch (what) {
            case "nobody" -> nobody();
            case "garbage" -> nobody().header("Authorization", "Bearer x");
            case "forged" ->
                nobody().header(
                                "Authorization",
                                "Bearer "
                                        + BadCredentials.foreign(
                                                "http://127.0.0.1:" + root.getPort() + "/dev/identity"));
            default -> as(person);
        };
    }

    @ParameterizedTest(name = "{0}: {2} {3}")
    @MethodSource("refused")
    @DisplayName("S0-2, C0-48: who is refused leaves one record with route, address and reason, and starts no run")
    void recordsARefusal(String what, SamplePerson person, int status, String reason, String actor) {
        int runs = runs();

        marked(caller(what, person)).post(RUNS).then().statusCode(status).body("reason", equalTo(reason));

        audit.writeCounts();
        assertThat(audit.all()).hasSize(1);
        assertThat(audit.ofRequest(ID)).singleElement().satisfies(entry -> {
            assertThat(entry)
                    .containsEntry("type", "auth")
                    .containsEntry("action", status == 403 ? "ACCESS_DENIED" : "AUTH_INVALID_SESSION")
                    .containsEntry("target", "POST /api/syncs/{sync}/runs")
                    .containsEntry("outcome", reason)
                    .containsEntry("status", "error")
                    .containsEntry("ip", ADDRESS);
            assertThat(entry.get("actor")).isEqualTo(actor);
            assertThat(entry.get("count", Number.class).longValue()).isEqualTo(1);
        });
        assertThat(runs()).isEqualTo(runs);
        given().get("/api/syncs/scripted").then().body("activeRun", equalTo(null));
    }

    private static int runs() {
        return given().get("/api/runs?sync=scripted&limit=100")
                .jsonPath()
                .getList("items")
                .size();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/runs/some-run/cancel",
                "POST /api/runs/some-run/sweep",
                "POST /api/sync",
                "PUT /api/config/allowlist",
                "POST /api/sync/manual",
                "GET /api/audit"
            })
    @DisplayName("S0-2: each refused call leaves its record, with the route and not with what was put into it")
    void recordsTheRoute(String operation) {
        String[] call = operation.split(" ");

        marked(as(SamplePerson.viewer))
                .contentType("application/json")
                .request(call[0], call[1])
                .then()
                .statusCode(403);

        assertThat(audit.ofRequest(ID)).singleElement().satisfies(entry -> assertThat(entry)
                .containsEntry("target", operation.replace("some-run", "{id}"))
                .containsEntry("actor", "viewer@example.org"));
    }

    @Test
    @DisplayName("C0-47: what repeats is one record with a count, one for each address")
    void countsRepeats() {
        for (int i = 0; i < 7; i++) {
            nobody().header("X-Forwarded-For", "203.0.113.1")
                    .get("/api/runs")
                    .then()
                    .statusCode(401);
        }
        nobody().header("X-Forwarded-For", "203.0.113.2")
                .get("/api/runs")
                .then()
                .statusCode(401);
        assertThat(audit.all())
                .extracting(entry -> entry.get("count", Number.class).longValue())
                .as("the first of each is written at once")
                .containsExactly(1L, 1L);

        audit.writeCounts();

        assertThat(audit.all())
                .extracting(entry -> entry.getString("ip") + " "
                        + entry.get("count", Number.class).longValue())
                .containsExactlyInAnyOrder("203.0.113.1 7", "203.0.113.2 1");
    }

    @Test
    @DisplayName("C0-48: the API shows what was done and who was refused")
    void isShown() {
        String run = manager().post(RUNS).then().statusCode(202).extract().path("id");
        marked(as(SamplePerson.viewer)).post(RUNS).then().statusCode(403);

        as(SamplePerson.manager)
                .get("/api/audit?eventType=auth")
                .then()
                .statusCode(200)
                .body("data.size()", equalTo(1))
                .body("data[0].actor", equalTo("viewer@example.org"))
                .body("data[0].status", equalTo("error"))
                .body("data[0].errorCode", equalTo("ROLE_INSUFFICIENT"))
                .body("data[0].context.target", equalTo("POST /api/syncs/{sync}/runs"))
                .body("data[0].context.ip", equalTo(ADDRESS))
                .body("data[0].context.requestId", equalTo(ID));
        as(SamplePerson.manager)
                .get("/api/audit?eventType=sync")
                .then()
                .body("data.findAll { it.action == 'RUN_STARTED' }.size()", equalTo(1))
                .body("data.find { it.action == 'RUN_STARTED' }.actor", equalTo("manager@example.org"))
                .body("data.find { it.action == 'RUN_STARTED' }.context.target", equalTo(run));
    }

    // --- log-in and log-out

    @Test
    @DisplayName("C0-48: a log-in and a log-out leave one record each")
    void recordsLogInAndLogOut() {
        LoggedIn lead = LoggedIn.as(SamplePerson.lead, root);
        assertThat(audit.all()).singleElement().satisfies(entry -> assertThat(entry)
                .containsEntry("type", "auth")
                .containsEntry("action", "LOGGED_IN")
                .containsEntry("actor", "lead@example.org")
                .containsEntry("ip", "127.0.0.1")
                .containsEntry("status", "success")
                .containsKeys("at", "requestId"));

        // Whom a link leads there again has not logged in again, nor has who shows a token.
        assertThat(lead.get("/login").statusCode()).isEqualTo(200);
        as(SamplePerson.lead).redirects().follow(false).get("/login").then().statusCode(303);
        assertThat(audit.all()).extracting(entry -> entry.getString("action")).containsOnlyOnce("LOGGED_IN");
        audit.all().stream()
                .filter(entry -> !"LOGGED_IN".equals(entry.getString("action")))
                .forEach(entry -> assertThat(entry).containsEntry("outcome", "SESSION_MISSING"));

        assertThat(lead.post("/logout").statusCode()).isEqualTo(204);

        assertThat(audit.all())
                .filteredOn(entry -> "LOGGED_OUT".equals(entry.getString("action")))
                .singleElement(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("actor", "lead@example.org")
                .containsEntry("ip", "127.0.0.1")
                .containsKeys("at", "requestId");
    }
}
