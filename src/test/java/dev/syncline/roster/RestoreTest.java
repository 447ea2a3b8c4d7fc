package dev.syncline.roster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.ingest.Interposed;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.status.RunCalls;

import static dev.syncline.roster.RosterJobTest.assertCounts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

/** S0-48: devices restored from a baseline. */
@QuarkusTest
@TestProfile(RosterProfile.class)
class RestoreTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SNAPSHOT = "baseline.json";

    @Inject
    RosterDesk desk;

    @Inject
    SteeredDeviceRows devices;

    @Inject
    SteeredRosterConfig config;

    @Inject
    MongoDatabase database;

    @BeforeEach
    void clear() {
        desk.clear();
    }

    @AfterEach
    void letGo() {
        devices.reset();
    }

    @Test
    @DisplayName(
            "S0-48: an export brings the devices back as they were; those that came since are missing, not deleted")
    void restoresWhatWasExported() {
        desk.fill(
                List.of("Serial", "Status", "Transfer Actor", "Transfer Timestamp", "Price", "Count", "Bought", "Box"),
                List.of("A", "in use", "sam", "2026-01-31T10:15:30.5Z", 12.5, 3, LocalDate.of(2026, 1, 2), true),
                List.of("b", "x", "", "", "007", 900000, "", false),
                List.of("c"));
        desk.run();
        List<Document> before = contents();
        write(export());
        desk.fill(
                List.of("Serial", "Status", "Colour"), List.of("a", "lost", "red"), List.of("b"), List.of("new", "x"));
        desk.run();

        JsonPath answer = restore(SamplePerson.lead, body(SNAPSHOT, "true"))
                .then()
                .statusCode(200)
                .body("error", nullValue())
                .body("data.status", equalTo("success"))
                .body("data.snapshot", equalTo(SNAPSHOT))
                .body("data.requestedBy", equalTo("lead@example.org"))
                .extract()
                .jsonPath();

        JsonPath run = RosterCalls.run(answer.getString("data.runId"));
        assertCounts(run, 3, 0, 3, 0, 0, 0);
        assertThat(run.getLong("counts.absent")).isEqualTo(1);
        assertThat(contents())
                .filteredOn(device -> !device.getString("_id").equals("new"))
                .isEqualTo(before);
        assertThat(desk.device("new")).containsEntry("presence", "missing").containsKey("absent_since");
    }

    private List<Document> contents() {
        List<Document> devices = desk.devices();
        devices.forEach(device ->
                List.of("added_by", "changed_by", "changed_at", "first_seen_at").forEach(device::remove));
        return devices;
    }

    private static String export() {
        return SignedIn.as(SamplePerson.manager)
                .get("/api/devices/export?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    @DisplayName("S0-48: the same baseline again changes nothing; any number of devices may go missing by one")
    void restoresTwiceAsOnce() {
        desk.fillWith(20);
        desk.run();
        write("[{\"serial\": \"d-1\", \"status\": \"In Use\", \"sheetId\": \"roster-of-tests\","
                + " \"dynamicAttributes\": {\"price\": 1}}]");

        JsonPath first = restored();
        Map<String, List<Document>> after = desk.written();
        JsonPath second = restored();

        assertCounts(first, 1, 0, 0, 1, 0, 0);
        assertThat(first.getLong("counts.absent")).isEqualTo(19);
        assertThat(first.getList("warnings")).isEmpty();
        assertCounts(second, 1, 0, 0, 1, 0, 0);
        assertThat(desk.written()).isEqualTo(after);
        assertThat(desk.devices()).hasSize(20);
    }

    @CanIgnoreReturnValue
    private JsonPath restored() {
        return RosterCalls.run(restore(SamplePerson.lead, body(SNAPSHOT, "true"))
                .then()
                .statusCode(200)
                .extract()
                .path("data.runId"));
    }

    @Test
    @DisplayName("S0-48: an attribute that only the baseline knows goes with the next run that reads the sheet")
    void forgetsAttributesThatNoColumnHas() {
        write("[{\"serial\": \"d-0\", \"dynamicAttributes\": {\"colour\": \"red\"}}, {\"serial\": \"d-1\"}]");
        restored();
        assertThat(desk.device("d-0")).containsEntry("dynamicAttributes", new Document("colour", "red"));
        desk.fillWith(2);

        JsonPath run = desk.run();

        assertCounts(run, 2, 0, 2, 0, 0, 0);
        assertThat(run.getList("warnings")).isEmpty();
        assertThat(desk.device("d-0")).containsEntry("dynamicAttributes", new Document("price", 0L));
    }

    @Test
    @DisplayName("S0-48: the request and the end, with its counts, stand in the audit trail with who asked")
    void leavesAuditRecords() {
        write("[{\"serial\": \"a\"}]");

        String run = restored().getString("id");

        List<Map<String, Object>> records =
                Awaitility.await().atMost(PATIENCE).until(() -> recordsOf(run), found -> found.size() == 3);
        assertThat(records)
                .extracting(entry -> entry.get("action"))
                .containsExactlyInAnyOrder("RUN_STARTED", "SNAPSHOT_RESTORE", "SNAPSHOT_RESTORED");
        assertThat(records).extracting(entry -> entry.get("actor")).containsOnly("lead@example.org");
        assertThat(records)
                .filteredOn(entry -> entry.get("action").equals("SNAPSHOT_RESTORED"))
                .singleElement()
                .extracting(entry -> entry.get("context"))
                .satisfies(context -> assertThat((Map<String, Object>) context).containsEntry("added", 1));
    }

    @Test
    @DisplayName("S0-48: a repeat of its key restores nothing again, and is recorded once")
    void repeatsNothing() {
        write("[{\"serial\": \"a\"}]");

        String first = restoreWithKey("restore-of-tests");
        String second = restoreWithKey("restore-of-tests");

        assertThat(second).isEqualTo(first);
        assertThat(recordsOf(first))
                .filteredOn(entry -> entry.get("action").equals("SNAPSHOT_RESTORE"))
                .hasSize(1);
    }

    private static String restoreWithKey(String key) {
        return SignedIn.as(SamplePerson.lead)
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body(SNAPSHOT, "true"))
                .post("/api/devices/restore?wait=true")
                .then()
                .statusCode(200)
                .extract()
                .path("data.runId");
    }

    @Test
    @DisplayName("S0-48: one that a person cancels while it writes is told as that, and changes nothing")
    void tellsThatItWasCancelled() {
        desk.fillWith(5);
        desk.run();
        Map<String, List<Document>> before = desk.written();
        write("[{\"serial\": \"a\"}]");
        devices.useInstead(Interposed.on(database.collection(RosterSync.DEVICES))
                .afterWrite(call -> RosterCalls.cancel())
                .rows());

        restore(SamplePerson.lead, body(SNAPSHOT, "true"))
                .then()
                .statusCode(409)
                .body("data", nullValue())
                .body("error.code", equalTo("RUN_CANCELLED"));

        assertThat(desk.written()).isEqualTo(before);
    }

    @Test
    @DisplayName("S0-48: a baseline can be restored where no sheet is configured, while a refresh cannot begin")
    void needsNoSheet() {
        config.setSheetId(null);
        write("[{\"serial\": \"a\", \"sheetId\": \"old\"}, {\"serial\": \"b\"}]");

        assertCounts(restored(), 2, 2, 0, 0, 0, 0);

        assertThat(desk.device("a")).containsEntry("sheetId", "old");
        assertThat(desk.device("b")).containsEntry("sheetId", "unknown");
        RosterCalls.press("").then().statusCode(503).body("error.code", equalTo("INVALID_SYNC_CONFIGURATION"));
        assertThat(desk.all("runs")).hasSize(1);
    }

    private static List<Map<String, Object>> recordsOf(String run) {
        List<Map<String, Object>> all =
                RosterCalls.audit("?eventType=sync&limit=100").getList("data");
        List<Map<String, Object>> found = new ArrayList<>(all);
        found.removeIf(entry -> !entry.toString().contains(run));
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"confirm\": false", ", \"confirm\": \"true\"", ", \"confirm\": null"})
    @DisplayName("S0-48: what is not confirmed starts nothing")
    void needsAConfirmation(String confirm) {
        write("[{\"serial\": \"a\"}]");

        restore(SamplePerson.lead, "{\"snapshot\": \"" + SNAPSHOT + "\"" + confirm + "}")
                .then()
                .statusCode(400)
                .body("data", nullValue())
                .body("error.code", equalTo("CONFIRMATION_REQUIRED"));

        assertThat(desk.all("runs")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "{}, INVALID_REQUEST",
        "'{\"snapshot\": \"baseline.json\", \"confirm\": true, \"dry\": true}', INVALID_REQUEST",
        "'{\"snapshot\": \"\", \"confirm\": true}', INVALID_REQUEST",
        "'{\"snapshot\": \"../account.json\", \"confirm\": true}', SOURCE_PATH_REFUSED",
        "'{\"snapshot\": \"nothing.json\", \"confirm\": true}', SOURCE_NOT_FOUND"
    })
    @DisplayName("S0-48: only a file of the baseline directory can be restored")
    void needsAFileThatMayBeRead(String body, String code) {
        restore(SamplePerson.lead, body).then().statusCode(400).body("error.code", equalTo(code));

        assertThat(desk.all("runs")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"serial\": \"d-1\"}, {\"serial\": \"D-1\"}]",
                "[{\"serial\": \"d-1\"}, {\"serial\": \"x\", \"lastSeen\": \"soon\"}]",
                "[{\"serial\": \"d-1\"}",
                "[]"
            })
    @DisplayName("S0-48: a file that is no baseline is refused before anything is changed")
    void refusesWhatIsNoBaseline(String json) {
        desk.fillWith(5);
        desk.run();
        Map<String, List<Document>> before = desk.written();
        write(json);

        restore(SamplePerson.lead, body(SNAPSHOT, "true"))
                .then()
                .statusCode(422)
                .body("data", nullValue())
                .body("error.code", equalTo("BASELINE_INVALID"));

        assertThat(desk.written()).isEqualTo(before);
    }

    @Test
    @DisplayName("S0-48: it takes the lock of the sync, like any run")
    void isRefusedWhileARunIsActive() {
        desk.fillWith(5);
        write("[{\"serial\": \"a\"}]");
        desk.sheets().faults().delay(Duration.ofSeconds(20));
        String active = RosterCalls.start();

        restore(SamplePerson.lead, body(SNAPSHOT, "true"))
                .then()
                .statusCode(409)
                .body("error.code", equalTo("RUN_ACTIVE"))
                .body("error.details.activeRun.id", equalTo(active));

        RunCalls.cancelAll();
        assertThat(desk.devices()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "manager"})
    @DisplayName("S0-48: only a lead may restore")
    void isForALead(String person) {
        write("[{\"serial\": \"a\"}]");

        restore(SamplePerson.valueOf(person), body(SNAPSHOT, "true")).then().statusCode(403);

        assertThat(desk.all("runs")).isEmpty();
    }

    private static Response restore(SamplePerson person, String body) {
        return SignedIn.as(person).contentType("application/json").body(body).post("/api/devices/restore?wait=true");
    }

    private static String body(String snapshot, String confirm) {
        return "{\"snapshot\": \"%s\", \"confirm\": %s}".formatted(snapshot, confirm);
    }

    private static void write(String json) {
        try {
            Files.createDirectories(RosterProfile.BASELINES);
            Files.writeString(RosterProfile.BASELINES.resolve(SNAPSHOT), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
