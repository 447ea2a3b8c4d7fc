package dev.syncline.roster;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.roster.ColumnDefinition.DataType;

import static dev.syncline.roster.StoredDevice.aDevice;
import static dev.syncline.roster.StoredDevice.aFullDevice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QuarkusTest
@TestProfile(DeviceListProfile.class)
@DisplayName("GET /api/devices/export")
class DeviceExportTest {
    @TestHTTPResource("/")
    URI here;

    @Inject
    MongoDatabase database;

    private Roster roster;

    @BeforeEach
    void empty() {
        roster = Roster.empty(database);
    }

    @Test
    void writesAFileForASpreadsheet() {
        roster.attribute("asset_tag", DataType.string)
                .attribute("price", DataType.number)
                .devices(
                        aFullDevice("abc-1").attribute("asset_tag", "000042").attribute("price", -5L),
                        aDevice("b")
                                .with("assignedTo", "Zoë \"Z\" Müller, 2nd floor")
                                .attribute("price", new Decimal128(new BigDecimal("1E+3"))));

        Response answer = get("?sort=serial&format=csv");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType().replace(" ", "")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"devices.csv\"");
        assertThat(answer.asString())
                .isEqualTo("serial,assignedTo,status,condition,offboardingStatus,lastSeen,legacyDeviceId,sheetId,"
                        + "lastTransferNotes,offboardingMetadata.lastActor,offboardingMetadata.lastAction,"
                        + "offboardingMetadata.lastTransferAt,lastSyncedAt,missingSince,presence,createdAt,updatedAt,"
                        + "asset_tag,price\r\n"
                        + "abc-1,Ana Silva,In Use,Needs Repair,On Hold,2026-01-30T00:00:00Z,NYU-0042,"
                        + DeviceListProfile.SHEET
                        + ",Keys are with Bea,lee@example.org,Handed over,2026-01-12T15:00:00Z,2026-05-11T10:00:00Z,,"
                        + "present,2026-03-02T11:00:00Z,2026-05-11T10:00:00Z,000042,-5\r\n"
                        + "b,\"Zoë \"\"Z\"\" Müller, 2nd floor\",Available,Good,,,,"
                        + DeviceListProfile.SHEET
                        + ",,,,,2026-05-11T10:00:00Z,,present,2026-03-02T11:00:00Z,2026-05-11T10:00:00Z,,1000\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            =HYPERLINK("x")   | "'=HYPERLINK(""x"")"
            +1                | '+1
            -1                | '-1
            @SUM(A1)          | '@SUM(A1)
            a=b               | a=b
            """, quoteCharacter = '`')
    @DisplayName("text that a spreadsheet would take for a formula is none any more")
    void disarmsFormulas(String assignee, String cell) {
        roster.devices(aDevice("a").with("assignedTo", assignee));

        assertThat(get("?format=csv").asString().lines().skip(1).findFirst().orElseThrow())
                .startsWith("a," + cell + ",Available");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json"})
    @DisplayName("who took which devices along is recorded, once, without what may name a person")
    void isRecorded(String format) {
        roster.devices(aDevice("a"));
        String id = "export-" + System.nanoTime();

        SignedIn.as(SamplePerson.manager)
                .header("x-request-id", id)
                .get("/api/devices/export?format=" + format + "&status=Available,Lost&presence=present&assignedTo=Ana")
                .then()
                .statusCode(200);

        List<Map<String, Object>> records = RosterCalls.audit("?eventType=sync&limit=100")
                .getList("data.findAll { it.context.requestId == '" + id + "' }");
        assertThat(records).singleElement().satisfies(record -> assertThat(record)
                .containsEntry("action", "DEVICES_EXPORTED")
                .containsEntry("actor", "manager@example.org")
                .containsEntry("status", "success")
                .extractingByKey("context")
                .satisfies(context -> assertThat((Map<String, Object>) context)
                        .containsEntry("target", "devices")
                        .containsEntry("format", format)
                        .containsEntry("status", List.of("Available,Lost"))
                        .containsEntry("presence", List.of("present"))
                        .containsEntry("byAssignee", true)
                        .containsEntry("bySearch", false)));
        assertThat(records.toString()).doesNotContain("Ana");
    }

    @Test
    @DisplayName("one that is refused is no export")
    void recordsNoRefusal() {
        String id = "export-" + System.nanoTime();

        SignedIn.as(SamplePerson.manager)
                .header("x-request-id", id)
                .get("/api/devices/export?presence=gone")
                .then()
                .statusCode(400);

        assertThat(RosterCalls.audit("?eventType=sync&limit=100")
                        .getList("data.findAll { it.context.requestId == '" + id + "' }"))
                .isEmpty();
    }

    @Test
    void disarmsATabToo() {
        roster.devices(aDevice("a").with("assignedTo", "\t=1+1"));

        assertThat(get("").asString()).contains("a,'\t=1+1,Available");
    }

    @Test
    @DisplayName("S0-48: the JSON is an array of devices as the list shows them")
    void writesABaseline() {
        roster.devices(aFullDevice("abc-1").attribute("asset_tag", "000042"), aDevice("b"));

        Response answer = get("?sort=serial&format=json");

        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"devices.json\"");
        List<Map<String, Object>> exported = new JsonPath(answer.asString()).getList("");
        List<Map<String, Object>> listed = SignedIn.as(SamplePerson.manager)
                .get("/api/devices?sort=serial")
                .jsonPath()
                .getList("data.devices");
        assertThat(exported).isEqualTo(listed).hasSize(2);
    }

    @Test
    @DisplayName("all that the filters select, in their order, however much it is")
    void writesAllThatIsSelected() {
        roster.devices(IntStream.range(0, 1_234)
                .mapToObj(i -> aDevice("d" + (10_000 + i)).with("status", i % 2 == 0 ? "In Use" : "Lost"))
                .toList());

        List<String> serials = new JsonPath(
                        get("?format=json&status=Lost&sort=serial&pageSize=10").asString())
                .getList("serial");

        assertThat(serials).hasSize(617).isSorted();
        assertThat(get("?status=Lost").asString().lines()).hasSize(618);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json"})
    @DisplayName("a file that cannot be finished never looks like a whole one")
    void breaksOffVisibly(String format) {
        roster.devices(IntStream.range(0, 3_000).mapToObj(i -> aDevice("d" + i)).toList())
                .devices(aDevice("zzz").with("presence", 5));
        HttpRequest request = HttpRequest.newBuilder(here.resolve("/api/devices/export?sort=serial&format=" + format))
                .header("Authorization", SignedIn.bearer(SamplePerson.manager))
                .timeout(Duration.ofSeconds(20))
                .build();

        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void writesAnEmptyFileToo() {
        assertThat(get("?format=json").asString()).isEqualTo("[]");
        assertThat(get("?format=csv").asString().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "format=xlsx,format must be csv or json",
        "sort=colour,sort must be",
        "format=json&presence=x,presence must"
    })
    void saysWhatIsAllowed(String query, String words) {
        Response answer = get("?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.header("Content-Disposition")).isNull();
        assertThat(answer.jsonPath().getString("error.code")).isEqualTo("INVALID_FILTERS");
        assertThat(answer.jsonPath().getString("error.message")).startsWith(words);
    }

    @Test
    @DisplayName("the parameter goes before what a browser accepts; without it the header decides")
    void choosesTheKindOfFile() {
        String browser = "text/html,application/xhtml+xml,*/*;q=0.8";

        assertThat(as(browser).get("/api/devices/export?format=json").contentType())
                .startsWith("application/json");
        assertThat(as("application/json").get("/api/devices/export?format=csv").contentType())
                .startsWith("text/csv");
        assertThat(as(browser).get("/api/devices/export").contentType()).startsWith("text/csv");
    }

    private static RequestSpecification as(String accept) {
        return SignedIn.as(SamplePerson.manager).accept(accept);
    }

    private static Response get(String query) {
        return SignedIn.as(SamplePerson.manager).get("/api/devices/export" + query);
    }
}
