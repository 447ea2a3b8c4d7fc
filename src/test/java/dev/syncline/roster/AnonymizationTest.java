package dev.syncline.roster;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.Cookie;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.roster.ColumnDefinition.DataType;

import static dev.syncline.roster.StoredDevice.aDevice;
import static dev.syncline.roster.StoredDevice.aFullDevice;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(DeviceListProfile.class)
@DisplayName("S0-46: with anonymization on, people are hidden in all that is told of the roster")
class AnonymizationTest {
    private static final String SWITCH = "/api/devices/anonymize";
    private static final String SERIAL = "abc-1";
    private static final String RUN = "01a2048a-97b2-7000-ac33-42fc5347a301";
    private static final String PLACEHOLDER = "Anon-[A-Z2-7]{12}";
    /** Id of an audit record that stands before all others. */
    private static final String NEWEST = "ffffffff-0000-7000-8000-000000000001";

    /** What nobody may find anywhere while it is on. */
    private static final String[] SECRETS = {
        "Ana Silva", "Silva", "NYU-0042", DeviceListProfile.SHEET, "Bea", "lee@example.org", "Room 7", "Ines", "000042"
    };

    @Inject
    MongoDatabase database;

    private Roster roster;

    @BeforeEach
    void haveADevice() {
        roster = Roster.empty(database)
                .attribute("office", DataType.string)
                .attribute("price", DataType.number)
                .attribute("insured", DataType.bool)
                .devices(aFullDevice(SERIAL)
                        .attribute("office", "Room 7")
                        .attribute("price", 1_299L)
                        .attribute("insured", true));
    }

    @AfterEach
    void forgetTheRecord() {
        var unused = database.collection("audit")
                .deleteOne(new Document("_id", NEWEST))
                .await()
                .indefinitely();
    }

    // --- the switch

    @Test
    @DisplayName("S0-46: the switch is kept for seven days in a cookie that scripts and foreign pages cannot use")
    void remembersTheSwitch() {
        Response on = turn(true);

        Cookie cookie = on.detailedCookie(AnonymizationCookie.NAME);
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualToIgnoringCase("Lax");
        assertThat(cookie.getMaxAge()).isEqualTo(7 * 24 * 60 * 60);
        assertThat(cookie.getPath()).isEqualTo("/");
        JsonPath shown = anonymized().get(SWITCH).jsonPath();
        assertThat(shown.getBoolean("data.enabled")).isTrue();
        Instant updatedAt = Instant.parse(shown.getString("data.updatedAt"));
        assertThat(updatedAt).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(on.jsonPath().getBoolean("data.enabled")).isTrue();
        assertThat(on.jsonPath().getString("data.updatedAt")).isNotBlank();
    }

    @Test
    @DisplayName("production's cookie travels over TLS alone")
    void isSecureWhereTheSessionIs() {
        AnonymizationCookie cookie = new AnonymizationCookie(true, Instant.EPOCH);

        assertThat(cookie.baked(true).isSecure()).isTrue();
        assertThat(cookie.baked(false).isSecure()).isFalse();
    }

    @Test
    void isOffUntilItIsSwitchedOn() {
        JsonPath shown = manager().get(SWITCH).jsonPath();

        assertThat(shown.getBoolean("data.enabled")).isFalse();
        assertThat(shown.<Object>get("data.updatedAt")).isNull();
        assertThat(manager().get("/api/devices").jsonPath().getString("data.devices[0].assignedTo"))
                .isEqualTo("Ana Silva");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "on.", "on.x", "yes.1", "on.999999999999999999", "on.-1", "", "{}"})
    @DisplayName("a cookie that we have not written counts as none")
    void takesNoForeignCookie(String value) {
        assertThat(manager()
                        .cookie(AnonymizationCookie.NAME, value)
                        .get(SWITCH)
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getBoolean("data.enabled"))
                .isFalse();
    }

    @Test
    void isSwitchedOffAgain() {
        Response off = turn(false);

        assertThat(off.jsonPath().getBoolean("data.enabled")).isFalse();
        assertThat(manager()
                        .cookie(AnonymizationCookie.NAME, off.cookie(AnonymizationCookie.NAME))
                        .get("/api/devices")
                        .jsonPath()
                        .getString("data.devices[0].assignedTo"))
                .isEqualTo("Ana Silva");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"enabled\": null}", "{\"enabled\": \"perhaps\"}", "{\"on\": true}", "{", ""})
    void refusesWhatIsNoWish(String body) {
        Response answer = manager().contentType("application/json").body(body).post(SWITCH);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.jsonPath().getString("error.code")).isEqualTo("INVALID_REQUEST");
        assertThat(answer.cookies()).doesNotContainKey(AnonymizationCookie.NAME);
    }

    @Test
    @DisplayName("C0-48: each use of the switch leaves an audit record of its own type")
    void isAudited() {
        manager()
                .header("x-request-id", "switch-1")
                .contentType("application/json")
                .body("{\"enabled\": true}")
                .post(SWITCH)
                .then()
                .statusCode(200);

        Map<String, Object> entry = manager()
                .get("/api/audit?eventType=anonymization&limit=1")
                .jsonPath()
                .getMap("data[0]");
        assertThat(entry)
                .containsEntry("eventType", "anonymization")
                .containsEntry("action", "ANONYMIZATION_TOGGLED")
                .containsEntry("actor", "manager@example.org")
                .containsEntry("status", "success");
        assertThat(entry.get("context"))
                .isEqualTo(Map.of(
                        "enabled", true,
                        "outcome", "on",
                        "target", "devices",
                        "ip", "127.0.0.1",
                        "requestId", "switch-1"));
    }

    // --- every way out

    @Test
    @DisplayName("S0-46: in the list, people and text are placeholders; numbers, booleans and what is not there stay")
    void hidesInTheList() {
        roster.devices(aDevice("bare").without("assignedTo"));

        JsonPath json = anonymized().get("/api/devices?sort=serial").jsonPath();

        Map<String, Object> device = json.getMap("data.devices[0]");
        assertThat(device).containsEntry("serial", SERIAL).containsEntry("status", "In Use");
        assertThat(device).containsEntry("condition", "Needs Repair").containsEntry("offboardingStatus", "On Hold");
        for (String field : List.of("assignedTo", "sheetId", "legacyDeviceId", "lastTransferNotes")) {
            assertThat((String) device.get(field)).as(field).matches(PLACEHOLDER);
        }
        assertThat(json.getString("data.devices[0].offboardingMetadata.lastActor"))
                .matches(PLACEHOLDER);
        assertThat(json.getString("data.devices[0].offboardingMetadata.lastAction"))
                .isEqualTo("Handed over");
        assertThat(json.getString("data.devices[0].dynamicAttributes.office")).matches(PLACEHOLDER);
        assertThat(json.getInt("data.devices[0].dynamicAttributes.price")).isEqualTo(1299);
        assertThat(json.getBoolean("data.devices[0].dynamicAttributes.insured")).isTrue();
        assertThat(json.getString("data.devices[0].contentHash"))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo("ab".repeat(32));
        for (String field : List.of("assignedTo", "legacyDeviceId", "lastTransferNotes")) {
            assertThat(json.<Object>get("data.devices[1]." + field)).as(field).isNull();
        }
    }

    @Test
    @DisplayName("S0-46: list, detail and export have the same placeholders, call after call")
    void hidesTheSameEverywhere() {
        String list = anonymized().get("/api/devices").asString();
        String detail = anonymized().get("/api/devices/" + SERIAL).asString();
        String json = anonymized().get("/api/devices/export?format=json").asString();
        String csv = anonymized().get("/api/devices/export?format=csv").asString();

        Map<String, Object> listed = new JsonPath(list).getMap("data.devices[0]");
        assertThat(new JsonPath(detail).<String, Object>getMap("data.device")).isEqualTo(listed);
        assertThat(new JsonPath(json).<String, Object>getMap("[0]")).isEqualTo(listed);
        assertThat(csv).contains((String) listed.get("assignedTo"), (String) listed.get("legacyDeviceId"));
        assertThat(anonymized().get("/api/devices").asString()).isEqualTo(list);
        assertThat(anonymized().get("/api/devices/export?format=json").header("Content-Disposition"))
                .as("it says that it is no baseline")
                .isEqualTo("attachment; filename=\"devices-anonymized.json\"");
        for (String body : List.of(list, detail, json, csv)) {
            assertThat(body).doesNotContain(SECRETS);
        }
    }

    @Test
    @DisplayName("S0-46: a device's history and a run's changes hide old and new values alike")
    void hidesInTheHistory() {
        haveARun();
        roster.change(SERIAL, RUN, "updated", "assignedTo", "Ana Silva", "Ines", "2026-05-11T10:00:00Z")
                .change(SERIAL, RUN, "updated", "dynamicAttributes.office", "Room 7", null, "2026-05-11T10:00:00Z")
                .change(SERIAL, RUN, "updated", "offboardingMetadata.lastActor", null, "Bea", "2026-05-11T10:00:00Z")
                .change(SERIAL, RUN, "updated", "status", "Available", "In Use", "2026-05-11T10:00:00Z");

        String history = anonymized().get("/api/devices/" + SERIAL).asString();
        String changes =
                anonymized().get("/api/runs/" + RUN + "/changes?limit=3").asString();

        assertThat(history).doesNotContain(SECRETS).contains("Available", "In Use");
        assertThat(changes).doesNotContain(SECRETS).contains(SERIAL, "offboardingMetadata.lastActor");
        Map<String, Object> assigned = new JsonPath(changes).getMap("items.find { it.field == 'assignedTo' }");
        assertThat((String) assigned.get("from")).matches(PLACEHOLDER).isEqualTo(assigned.get("to"));
        assertThat(new JsonPath(changes).getMap("items.find { it.field == 'dynamicAttributes.office' }"))
                .doesNotContainKey("to");
        assertThat(manager().get("/api/runs/" + RUN + "/changes?limit=3").asString())
                .contains("Ana Silva", "Room 7");
    }

    @Test
    @DisplayName("S0-46: of a row that was set aside only place and code are told")
    void hidesRejectedRows() {
        haveARun();
        roster.insert(
                "rejections",
                new Document("_id", RUN + ":0000000007")
                        .append("run", RUN)
                        .append("sync", RosterSync.SYNC)
                        .append("code", "KEY_MISSING")
                        .append("place", "Devices!A7")
                        .append("reason", "the row of Ana Silva has no serial")
                        .append("raw", "Ana Silva,Room 7,000042")
                        .append("at", new Date()));

        String hidden = anonymized().get("/api/runs/" + RUN + "/rejections").asString();

        assertThat(hidden).doesNotContain(SECRETS).contains("Devices!A7", "KEY_MISSING");
        assertThat(new JsonPath(hidden).getString("items[0].raw")).isEqualTo("hidden while anonymization is on");
        assertThat(manager().get("/api/runs/" + RUN + "/rejections").asString()).contains("Ana Silva,Room 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"changes", "rejections"})
    @DisplayName("S0-44, S0-46: what a run did to devices is for those who may see devices")
    void tellsViewersOfNoRow(String list) {
        haveARun();
        roster.change(SERIAL, RUN, "updated", "assignedTo", "Ana Silva", "Ines", "2026-05-11T10:00:00Z");
        String address = "/api/runs/" + RUN + "/" + list;

        Response refused = SignedIn.as(SamplePerson.viewer).get(address);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.jsonPath().getString("code")).isEqualTo("FORBIDDEN");
        assertThat(refused.jsonPath().getString("reason")).isEqualTo("ROLE_INSUFFICIENT");
        assertThat(refused.asString()).doesNotContain(SECRETS);
        assertThat(manager().get(address).statusCode()).isEqualTo(200);
        assertThat(SignedIn.as(SamplePerson.viewer).get("/api/runs/" + RUN).statusCode())
                .as("the run itself is for viewers")
                .isEqualTo(200);
    }

    @Test
    @DisplayName("S0-46: what audit records say of devices is hidden in the same fields")
    void hidesInTheAuditFeed() {
        roster.insert(
                "audit",
                new Document("_id", NEWEST)
                        .append("at", new Date())
                        .append("type", "sync")
                        .append("actor", "manager@example.org")
                        .append("action", "DEVICES_RESTORED")
                        .append("target", SERIAL)
                        .append("outcome", "live")
                        .append(
                                "context",
                                new Document("sheetId", DeviceListProfile.SHEET)
                                        .append("devices", 12)
                                        .append(
                                                "before",
                                                new Document("assignedTo", "Ana Silva")
                                                        .append("owners", List.of(new Document("lastActor", "Bea")))
                                                        .append(
                                                                "dynamicAttributes",
                                                                new Document("office", "Room 7")))));

        String hidden = anonymized().get("/api/audit?eventType=sync&limit=1").asString();
        String device = anonymized().get("/api/devices/" + SERIAL).asString();

        assertThat(hidden).doesNotContain(SECRETS).contains("DEVICES_RESTORED", "manager@example.org", "12");
        assertThat(new JsonPath(hidden).getString("data[0].context.before.assignedTo"))
                .isEqualTo(new JsonPath(device).getString("data.device.assignedTo"));
        assertThat(manager().get("/api/audit?eventType=sync&limit=1").asString())
                .contains(DeviceListProfile.SHEET);
    }

    // --- no finding out by trying

    @ParameterizedTest
    @ValueSource(strings = {"Silva", "NYU-0042", "Bea", "Room 7", "1AbC", "lee@example"})
    @DisplayName("S0-46: a search finds no hidden value")
    void searchesNoHiddenValue(String text) {
        assertThat(manager()
                        .queryParam("search", text)
                        .get("/api/devices")
                        .jsonPath()
                        .getInt("meta.total"))
                .as("without anonymization")
                .isEqualTo(text.startsWith("1AbC") || text.startsWith("lee@") ? 0 : 1);
        assertThat(anonymized()
                        .queryParam("search", text)
                        .get("/api/devices")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getInt("meta.total"))
                .isZero();
        assertThat(anonymized()
                        .queryParam("search", text)
                        .get("/api/devices/export?format=json")
                        .asString())
                .isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "in use", "repair", "hold"})
    void searchesWhatIsShown(String text) {
        assertThat(anonymized()
                        .queryParam("search", text)
                        .get("/api/devices")
                        .jsonPath()
                        .getInt("meta.total"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assignedTo=Ana",
                "sort=assignedTo",
                "sort=sheetId",
                "sort=legacyDeviceId",
                "sort=lastTransferNotes",
                "sort=offboardingMetadata.lastActor",
                "sort=office",
                "sort=dynamicAttributes.office&direction=desc"
            })
    @DisplayName("S0-46: filtering and sorting by what is hidden is refused, and the answer says why")
    void refusesToFilterAndSortByWhatIsHidden(String query) {
        assertThat(manager().get("/api/devices?" + query).statusCode()).isEqualTo(200);
        for (String path : List.of("/api/devices?", "/api/devices/export?format=json&")) {
            Response refused = anonymized().get(path + query);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.jsonPath().getString("error.code")).isEqualTo("INVALID_FILTERS");
            assertThat(refused.jsonPath().getString("error.message"))
                    .contains("while anonymization is on, for it is hidden");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"price", "insured", "status", "serial", "offboardingMetadata.lastAction"})
    void sortsByWhatIsShown(String field) {
        assertThat(anonymized().get("/api/devices?sort=" + field).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("S0-46: what one can filter by names nobody")
    void offersNoHiddenValue() {
        assertThat(anonymized().get("/api/devices").jsonPath().getMap("meta.filterOptions"))
                .isEqualTo(Map.of(
                        "status", List.of("In Use"),
                        "condition", List.of("Needs Repair"),
                        "offboardingStatus", List.of("On Hold")));
        assertThat(anonymized().get("/api/devices/columns").asString()).doesNotContain(DeviceListProfile.SHEET);
    }

    private void haveARun() {
        database.collection("runs").deleteMany(new Document("_id", RUN)).await().indefinitely();
        roster.insert(
                "runs",
                new Document("_id", RUN)
                        .append("sync", RosterSync.SYNC)
                        .append("state", "SUCCEEDED")
                        .append("version", 3L)
                        .append(
                                "trigger",
                                new Document("kind", "manual")
                                        .append("actor", "manager@example.org")
                                        .append("requestId", "r-1"))
                        .append("mode", "live")
                        .append("queuedAt", new Date())
                        .append("updatedAt", new Date()));
    }

    private static RequestSpecification manager() {
        return SignedIn.as(SamplePerson.manager);
    }

    private static RequestSpecification anonymized() {
        return manager().cookie(AnonymizationCookie.NAME, "on." + Instant.now().toEpochMilli());
    }

    private static Response turn(boolean on) {
        return manager()
                .contentType("application/json")
                .body("{\"enabled\": " + on + "}")
                .post(SWITCH);
    }
}
