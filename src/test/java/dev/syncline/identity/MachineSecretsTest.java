package dev.syncline.identity;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.dev.SamplePerson;

import static dev.syncline.SignedIn.as;
import static dev.syncline.SignedIn.nobody;
import static dev.syncline.identity.IdentityProfile.SCHEDULER_SECRET;
import static dev.syncline.identity.IdentityProfile.WRITE_BACK_SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scheduler's and the write-back's secrets, over HTTP. Their operations need not exist yet: who passes the gate is told so
 * by whatever stands, or does not stand, behind it.
 */
@QuarkusTest
@TestProfile(IdentityProfile.class)
class MachineSecretsTest {
    private static final String TICK = "/api/sync/run";
    private static final List<String> WRITES = List.of("/api/sync/write-back", "/api/sync/queue");

    @Inject
    AuditDesk audit;

    @Inject
    AllowlistDesk allowlist;

    @BeforeEach
    @AfterEach
    void reset() {
        allowlist.reset();
        audit.clear();
    }

    private static void assertPasses(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isNotIn(401, 403).isLessThan(500);
    }

    private static RequestSpecification scheduler() {
        return nobody().header("X-Appengine-Cron", "true").header("X-Internal-Service-Token", SCHEDULER_SECRET);
    }

    private static RequestSpecification writeBack() {
        return nobody().header("Authorization", "Bearer " + WRITE_BACK_SECRET);
    }

    // --- scheduler

    @Test
    @DisplayName("S0-23: the scheduler passes with both of its headers")
    void admitsTheScheduler() {
        assertPasses(scheduler().post(TICK));
        assertThat(audit.ofType(AuditType.auth)).isEmpty();
    }

    static Stream<Arguments> wrongHeaders() {
        String cron = "X-Appengine-Cron";
        String token = "X-Internal-Service-Token";
        return Stream.of(
                Arguments.of("none", Map.of()),
                Arguments.of("only the first", Map.of(cron, "true")),
                Arguments.of("only the second", Map.of(token, SCHEDULER_SECRET)),
                Arguments.of("a blank secret", Map.of(cron, "true", token, "")),
                Arguments.of("a wrong secret", Map.of(cron, "true", token, "x".repeat(SCHEDULER_SECRET.length()))),
                Arguments.of("a part of the secret", Map.of(cron, "true", token, SCHEDULER_SECRET.substring(1))),
                Arguments.of("the secret and more", Map.of(cron, "true", token, SCHEDULER_SECRET + "x")),
                Arguments.of("another letter case", Map.of(cron, "true", token, SCHEDULER_SECRET.toUpperCase())),
                Arguments.of("the other secret", Map.of(cron, "true", token, WRITE_BACK_SECRET)),
                Arguments.of("as a bearer token", Map.of(cron, "true", token, "Bearer " + SCHEDULER_SECRET)),
                Arguments.of("another first header", Map.of(cron, "1", token, SCHEDULER_SECRET)),
                Arguments.of("a first header in capitals", Map.of(cron, "TRUE", token, SCHEDULER_SECRET)),
                Arguments.of("a blank first header", Map.of(cron, "", token, SCHEDULER_SECRET)),
                Arguments.of("a false one", Map.of(cron, "false", token, SCHEDULER_SECRET)),
                Arguments.of("the secret as authorization", Map.of("Authorization", "Bearer " + SCHEDULER_SECRET)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongHeaders")
    @DisplayName("S0-23, C0-43: without both headers, exact, the scheduler is refused, and that is recorded")
    void refusesOtherSchedulers(String what, Map<String, String> headers) {
        nobody().headers(headers)
                .header("x-request-id", "tick-1")
                .post(TICK)
                .then()
                .statusCode(401)
                .body("error.code", org.hamcrest.Matchers.equalTo("UNAUTHORIZED_CRON"));

        assertThat(audit.all()).singleElement().satisfies(entry -> assertThat(entry)
                .containsEntry("target", "POST /api/sync/run")
                .containsEntry("outcome", "SECRET_INVALID")
                .containsEntry("status", "error")
                .containsEntry("ip", "127.0.0.1")
                .containsEntry("requestId", "tick-1"));
    }

    @Test
    @DisplayName("S0-23: no person ticks for the scheduler, be it an admin")
    void refusesPeopleAsSchedulers() {
        as(SamplePerson.admin).post(TICK).then().statusCode(401);
        as(SamplePerson.admin)
                .header("X-Appengine-Cron", "true")
                .post(TICK)
                .then()
                .statusCode(401);
    }

    // --- write-back

    @Test
    @DisplayName("S2-1: the secret and an admin pass; nobody and a wrong secret get 401, others 403")
    void admitsTheWriteBack() {
        for (String path : WRITES) {
            assertPasses(writeBack().post(path));
            assertPasses(as(SamplePerson.admin).post(path));
            nobody().post(path).then().statusCode(401);
            nobody().header("Authorization", "Bearer wrong-secret")
                    .post(path)
                    .then()
                    .statusCode(401);
            for (SamplePerson person : List.of(SamplePerson.viewer, SamplePerson.manager, SamplePerson.lead)) {
                as(person).post(path).then().statusCode(403);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bearer " + WRITE_BACK_SECRET,
                "BEARER " + WRITE_BACK_SECRET,
                "Bearer" + WRITE_BACK_SECRET,
                "Bearer  " + WRITE_BACK_SECRET,
                "Bearer\t" + WRITE_BACK_SECRET,
                "Bearer " + WRITE_BACK_SECRET + "x",
                "Bearer x" + WRITE_BACK_SECRET,
                "Bearer canary-of-the-write-back-4Tn9",
                "Bearer CANARY-OF-THE-WRITE-BACK-4TN9Z",
                "Bearer " + SCHEDULER_SECRET,
                "Bearer " + WRITE_BACK_SECRET + ", Bearer " + WRITE_BACK_SECRET,
                "Basic " + WRITE_BACK_SECRET,
                "Token " + WRITE_BACK_SECRET,
                "Bearer \"" + WRITE_BACK_SECRET + "\"",
                "Bearer",
                "Bearer ",
                WRITE_BACK_SECRET
            })
    @DisplayName("C0-43, S2-2: scheme and secret have to be exact")
    void refusesWhatIsNotExact(String authorization) {
        for (String path : WRITES) {
            nobody().header("Authorization", authorization).post(path).then().statusCode(401);
        }
    }

    @Test
    @DisplayName("S2-10: the queue is told to every role, and not without a session, nor to the machine")
    void readsTheQueue() {
        nobody().get("/api/sync/queue").then().statusCode(401);
        writeBack().get("/api/sync/queue").then().statusCode(403);
        for (SamplePerson person :
                List.of(SamplePerson.viewer, SamplePerson.manager, SamplePerson.lead, SamplePerson.admin)) {
            assertPasses(as(person).get("/api/sync/queue"));
        }
    }

    // --- what machines may not

    static Stream<Arguments> elsewhere() {
        return Stream.of(
                        "GET /api/runs",
                        "GET /api/syncs",
                        "GET /api/events",
                        "GET /api/permits",
                        "GET /api/me",
                        "GET /api/audit",
                        "GET /api/config/allowlist",
                        "PUT /api/config/allowlist",
                        "POST /api/syncs/scripted/runs",
                        "POST /api/sync",
                        "POST /api/admin/sync",
                        "GET /api/admin/sync",
                        "POST /api/runs/some-run/cancel",
                        "POST /api/runs/some-run/sweep",
                        "GET /dashboard/syncs")
                .map(operation ->
                        Arguments.of(operation.split(" ")[0], operation.split(" ")[1]));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("elsewhere")
    @DisplayName("C0-41, C0-43: a machine may call its own operations, and no other, reads included")
    void keepsMachinesToTheirOwn(String method, String path) {
        scheduler().contentType("application/json").request(method, path).then().statusCode(403);
        writeBack().contentType("application/json").request(method, path).then().statusCode(403);
    }

    @Test
    @DisplayName("C0-41: the machines do not stand in for each other")
    void keepsMachinesApart() {
        writeBack().post(TICK).then().statusCode(403);
        WRITES.forEach(path -> scheduler().post(path).then().statusCode(403));
    }

    @ParameterizedTest
    @EnumSource(names = {"viewer", "manager", "lead", "admin"})
    @DisplayName("C0-43: the scheduler's first header alone changes nothing for people")
    void letsPeopleSendTheHeader(SamplePerson person) {
        as(person).header("X-Appengine-Cron", "true").get("/api/runs").then().statusCode(200);
    }
}
