package dev.syncline.roster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.status.RunCalls;

import static dev.syncline.roster.RosterJobTest.assertCounts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

/** {@code POST /api/sync/audit} over a sheet (S0-25, S0-26). */
@QuarkusTest
@TestProfile(RosterProfile.class)
class SerialAuditTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SLOWLY = Duration.ofSeconds(1);

    @Inject
    RosterDesk desk;

    @Inject
    SteeredRosterConfig config;

    @BeforeEach
    void clear() {
        desk.clear();
    }

    @AfterEach
    void letGo() {
        desk.sheets().faults().reset();
        RunCalls.cancelAll();
    }

    private static Response audit() {
        return SignedIn.as(SamplePerson.manager).post("/api/sync/audit");
    }

    private static Map<String, Object> newestRecord() {
        return RosterCalls.audit("?eventType=sync&limit=1").getMap("data[0]");
    }

    @Test
    @DisplayName("S0-25: a sheet whose rows all have a serial passes, which is recorded; nothing else is written")
    void passes() {
        desk.fillWith(3);

        Map<String, Object> found = audit().then()
                .statusCode(200)
                .body("error", nullValue())
                .extract()
                .path("data");

        assertThat(found)
                .containsEntry("sheetId", RosterProfile.SHEET)
                .containsEntry("tabName", "Devices")
                .containsEntry("rowsAudited", 3)
                .containsEntry("missingSerialCount", 0)
                .containsEntry("missingSerialRows", List.of())
                .containsEntry("status", "passed")
                .containsKeys("startedAt", "completedAt");
        assertThat(newestRecord())
                .containsEntry("action", "SERIAL_AUDIT_PASSED")
                .containsEntry("status", "success")
                .containsEntry("actor", "manager@example.org");
        assertThat(desk.written().values()).containsOnly(List.of());
        assertThat(desk.all("runs")).isEmpty();
    }

    @Test
    @DisplayName("S0-25: rows without a serial block, by their numbers in the sheet; blank rows do not count")
    void namesTheRowsThatBlock() {
        desk.fill(
                List.of("Serial", "Device ID", "Status"),
                List.of("a", "", "x"),
                List.of("", "", "no serial"),
                List.of(),
                List.of("", "D-1", "x"),
                List.of("  ", "", "none either"));
        desk.run();
        Map<String, List<Document>> before = desk.written();

        audit().then()
                .statusCode(200)
                .body("data.status", equalTo("blocked"))
                .body("data.rowsAudited", equalTo(4))
                .body("data.missingSerialCount", equalTo(2))
                .body("data.missingSerialRows", equalTo(List.of(3, 6)));

        assertThat(newestRecord())
                .containsEntry("action", "SERIAL_AUDIT_FAILED")
                .containsEntry("status", "error")
                .containsEntry("errorCode", "SERIAL_AUDIT_FAILED")
                .containsEntry("actor", "manager@example.org")
                .extractingByKey("context")
                .satisfies(context -> assertThat((Map<String, Object>) context)
                        .containsEntry("target", "devices")
                        .containsEntry("missingSerialRows", List.of(3, 6)));
        assertThat(desk.written()).isEqualTo(before);
    }

    @Test
    @DisplayName("S0-26: a header without a serial is refused as a run refuses it, recorded, and nothing is written")
    void refusesAHeaderWithoutASerial() {
        desk.fill(List.of("Asset", "Status"), List.of("a", "x"));

        audit().then()
                .statusCode(503)
                .body("data", nullValue())
                .body("error.code", equalTo("INVALID_SYNC_CONFIGURATION"))
                .body("error.message", containsString("'Asset', 'Status'"));

        assertThat(newestRecord())
                .containsEntry("action", "SERIAL_AUDIT_FAILED")
                .containsEntry("errorCode", "INVALID_SYNC_CONFIGURATION")
                .containsEntry("actor", "manager@example.org");
        assertThat(desk.run().getString("error.code")).isEqualTo("INVALID_SYNC_CONFIGURATION");
        assertThat(desk.written().values()).containsOnly(List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"serial_no", "SERIAL NUMBER", "SerialNo", "device_id"})
    @DisplayName("S0-26: under an alias, audit and run find the same rows without a serial")
    void goesByTheHeaderRuleOfARun(String label) {
        desk.fill(List.of(label, "Status"), List.of("a", "x"), List.of("", "x"), List.of("b", "x"));

        audit().then().statusCode(200).body("data.missingSerialRows", equalTo(List.of(3)));

        assertCounts(desk.run(), 3, 2, 0, 0, 1, 0);
    }

    @Test
    @DisplayName("S0-25: without a sheet there is nothing to audit")
    void needsASheet() {
        config.setSheetId(null);

        audit().then().statusCode(503).body("error.code", equalTo("INVALID_SYNC_CONFIGURATION"));
    }

    @Test
    void oneAtATimeReadsTheSheet() throws Exception {
        desk.fillWith(3);
        CompletableFuture<Response> first = slowAudit();

        audit().then()
                .statusCode(429)
                .header("Retry-After", "5")
                .body("data", nullValue())
                .body("error.code", equalTo("TOO_MANY_REQUESTS"));

        assertThat(first.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        desk.sheets().faults().reset();
        audit().then().statusCode(200);
    }

    /** Under way, with its first call at Google. */
    private CompletableFuture<Response> slowAudit() {
        desk.sheets().faults().delay(SLOWLY);
        desk.sheets().forgetCalls();
        CompletableFuture<Response> audit = CompletableFuture.supplyAsync(SerialAuditTest::audit);
        Awaitility.await().atMost(PATIENCE).until(() -> !desk.sheets().calls().isEmpty());
        return audit;
    }

    @Test
    void aRunWaitsForTheAuditThatReads() throws Exception {
        desk.fillWith(3);
        CompletableFuture<Response> audit = slowAudit();

        assertThat(desk.run().getString("state")).isEqualTo("SUCCEEDED");

        assertThat(audit.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void isRefusedWhileARunReads() {
        desk.fillWith(3);
        desk.sheets().faults().delay(PATIENCE);
        desk.sheets().forgetCalls();
        String run = RosterCalls.start();
        Awaitility.await().atMost(PATIENCE).until(() -> !desk.sheets().calls().isEmpty());

        audit().then().statusCode(429);

        desk.sheets().faults().reset();
        RosterCalls.cancel();
        RosterCalls.awaitEnd(run);
        audit().then().statusCode(200);
    }
}
