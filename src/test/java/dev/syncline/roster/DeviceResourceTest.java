package dev.syncline.roster;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
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

@QuarkusTest
@TestProfile(DeviceListProfile.class)
@DisplayName("S0, endpoints: GET /api/devices")
class DeviceResourceTest {
    @TestHTTPResource("/")
    URI here;

    @Inject
    MongoDatabase database;

    private Roster roster;

    @BeforeEach
    void empty() {
        roster = Roster.empty(database);
    }

    // --- what a device looks like

    @Test
    @DisplayName("S0-34: every field of a device is shown, and what it does not have is null")
    void showsEveryField() {
        roster.devices(aFullDevice("abc-1")
                .attribute("asset_tag", "000042")
                .attribute("price", new Decimal128(new BigDecimal("9E+1")))
                .attribute("year", 2024L)
                .attribute("insured", true));

        Response answer = get("/api/devices");
        JsonPath json = answer.jsonPath();

        assertThat(json.getMap("data.devices[0]"))
                .containsEntry("serial", "abc-1")
                .containsEntry("legacyDeviceId", "NYU-0042")
                .containsEntry("sheetId", DeviceListProfile.SHEET)
                .containsEntry("assignedTo", "Ana Silva")
                .containsEntry("status", "In Use")
                .containsEntry("condition", "Needs Repair")
                .containsEntry("offboardingStatus", "On Hold")
                .containsEntry(
                        "offboardingMetadata",
                        Map.of(
                                "lastActor",
                                "lee@example.org",
                                "lastAction",
                                "Handed over",
                                "lastTransferAt",
                                "2026-01-12T15:00:00Z"))
                .containsEntry("lastTransferNotes", "Keys are with Bea")
                .containsEntry("lastSeen", "2026-01-30T00:00:00Z")
                .containsEntry("lastSyncedAt", "2026-05-11T10:00:00Z")
                .containsEntry("contentHash", "ab".repeat(32))
                .containsEntry("missingSince", null)
                .containsEntry("presence", "present")
                .containsEntry("governance", Map.of("reason", "offboarding", "severity", "critical"))
                .containsEntry("createdAt", "2026-03-02T11:00:00Z")
                .containsEntry("updatedAt", "2026-05-11T10:00:00Z");
        assertThat(answer.asString())
                .contains("\"asset_tag\":\"000042\"", "\"price\":90,", "\"year\":2024,", "\"insured\":true");
        assertThat(json.<Object>get("error")).isNull();
    }

    @Test
    void tellsWhereThePageStands() {
        roster.declared("serial", "Serial Number")
                .attribute("asset_tag", DataType.string)
                .devices(
                        aDevice("a").with("status", "In Use"),
                        aDevice("b").with("condition", "Poor").with("offboardingStatus", "Retired"));

        JsonPath json = get("/api/devices?status=In Use&search=A").jsonPath();

        assertThat(json.getMap("meta"))
                .isEqualTo(Map.of(
                        "page",
                        1,
                        "pageSize",
                        50,
                        "total",
                        1,
                        "totalPages",
                        1,
                        "hasNextPage",
                        false,
                        "hasPreviousPage",
                        false,
                        "appliedFilters",
                        json.getMap("meta.appliedFilters"),
                        "sort",
                        Map.of("field", "lastSyncedAt", "direction", "desc"),
                        "columnsVersion",
                        Roster.VERSION,
                        "filterOptions",
                        Map.of(
                                "status", List.of("Available", "In Use"),
                                "condition", List.of("Good", "Poor"),
                                "offboardingStatus", List.of("Retired"))));
        assertThat(json.getMap("meta.appliedFilters"))
                .containsEntry("search", "A")
                .containsEntry("status", List.of("In Use"))
                .containsEntry("condition", List.of())
                .containsEntry("assignedTo", null)
                .containsEntry("presence", List.of());
        assertThat(json.getList("data.columns.columnKey")).containsExactly("serial", "asset_tag");
        assertThat(json.getList("data.columns.anonymizable")).containsExactly(false, true);
        assertThat(json.getMap("data.columns[1]"))
                .containsEntry("label", "The asset tag")
                .containsEntry("dataType", "string")
                .doesNotContainKeys("sheetId", "id");
    }

    // --- pages

    @Test
    void pagesWithoutGapsOrRepeats() {
        roster.devices(IntStream.range(0, 35)
                .mapToObj(i -> aDevice("d" + (10 + i)).changedAt("2026-05-1" + i % 3 + "T10:00:00Z"))
                .toList());

        List<String> whole = serials("?pageSize=200");
        List<String> pieced = Stream.of("1", "2", "3", "4")
                .flatMap(page -> serials("?pageSize=10&page=" + page).stream())
                .toList();

        assertThat(whole).hasSize(35).doesNotHaveDuplicates();
        assertThat(pieced).isEqualTo(whole);
        JsonPath second = get("/api/devices?pageSize=10&page=2").jsonPath();
        assertThat(second.getInt("meta.totalPages")).isEqualTo(4);
        assertThat(second.getBoolean("meta.hasNextPage")).isTrue();
        assertThat(second.getBoolean("meta.hasPreviousPage")).isTrue();
    }

    @Test
    @DisplayName("a page after the last gives the last")
    void fallsBackToTheLastPage() {
        roster.devices(
                IntStream.range(0, 12).mapToObj(i -> aDevice("d" + (10 + i))).toList());

        JsonPath json =
                get("/api/devices?pageSize=10&page=999999999&sort=serial").jsonPath();

        assertThat(json.getInt("meta.page")).isEqualTo(2);
        assertThat(json.getList("data.devices.serial")).containsExactly("d20", "d21");
        assertThat(json.getBoolean("meta.hasNextPage")).isFalse();
    }

    @Test
    @DisplayName("a row that is not as it should be keeps no other from being shown")
    void livesWithAnOddRow() {
        roster.devices(aDevice("odd").with("status", 5), aDevice("fine").without("status"), aDevice("a"));

        JsonPath json = get("/api/devices?sort=serial").jsonPath();

        assertThat(json.getList("data.devices.status")).containsExactly("Available", null, "5");
        assertThat(json.getList("meta.filterOptions.status")).containsExactly("Available");
    }

    @Test
    void isAPageWithoutDevicesToo() {
        JsonPath json = get("/api/devices?page=7").jsonPath();

        assertThat(json.getInt("meta.page")).isEqualTo(1);
        assertThat(json.getInt("meta.totalPages")).isEqualTo(1);
        assertThat(json.getList("data.devices")).isEmpty();
        assertThat(json.getString("meta.columnsVersion")).isEmpty();
    }

    // --- order

    @Test
    void putsTheNewestFirstAndThoseAlikeBySerial() {
        roster.devices(
                aDevice("b").changedAt("2026-05-11T10:00:00Z"),
                aDevice("a").changedAt("2026-05-11T10:00:00Z"),
                aDevice("c").changedAt("2026-05-12T10:00:00Z"));

        assertThat(serials("")).containsExactly("c", "b", "a");
        assertThat(serials("?direction=asc")).containsExactly("a", "b", "c");
    }

    @Test
    @DisplayName("devices without the field come last in both directions, page by page too")
    void putsWhatIsMissingLast() {
        roster.attribute("price", DataType.number)
                .devices(
                        aDevice("a").attribute("price", 900L),
                        aDevice("b"),
                        aDevice("c").attribute("price", new Decimal128(new BigDecimal("1000.5"))),
                        aDevice("d"),
                        aDevice("e").attribute("price", 80L));

        assertThat(serials("?sort=price")).containsExactly("e", "a", "c", "b", "d");
        assertThat(serials("?sort=dynamicAttributes.price&direction=desc")).containsExactly("c", "a", "e", "d", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serial",
                "legacyDeviceId",
                "sheetId",
                "assignedTo",
                "status",
                "condition",
                "offboardingStatus",
                "offboardingMetadata.lastActor",
                "offboardingMetadata.lastAction",
                "offboardingMetadata.lastTransferAt",
                "lastTransferNotes",
                "lastSeen",
                "lastSyncedAt",
                "missingSince",
                "presence",
                "createdAt",
                "updatedAt"
            })
    void sortsByEveryDeclaredField(String field) {
        roster.devices(aFullDevice("a"), aDevice("b"));

        for (String direction : List.of("asc", "desc")) {
            JsonPath json = get("/api/devices?sort=" + field + "&direction=" + direction)
                    .jsonPath();
            assertThat(json.getList("data.devices.serial")).containsExactlyInAnyOrder("a", "b");
            assertThat(json.getMap("meta.sort")).isEqualTo(Map.of("field", field, "direction", direction));
        }
    }

    // --- filters

    @Test
    void selectsByEachFilter() {
        roster.devices(
                aDevice("a").with("status", "In Use").with("assignedTo", "Ana Silva"),
                aDevice("b").with("status", "Lost").with("condition", "Poor").with("assignedTo", "Bea Wu"),
                aDevice("c").with("offboardingStatus", "On Hold"));

        assertThat(serials("?sort=serial&status=In Use&status=Lost")).containsExactly("a", "b");
        assertThat(serials("?sort=serial&status=In Use, Lost")).containsExactly("a", "b");
        assertThat(serials("?sort=serial&condition=Good")).containsExactly("a", "c");
        assertThat(serials("?offboardingStatus=On Hold")).containsExactly("c");
        assertThat(serials("?assignedTo=silva")).containsExactly("a");
        assertThat(serials("?status=In Use&condition=Poor")).isEmpty();
        assertThat(serials("?status=&search=&assignedTo= &presence=&sort=serial"))
                .as("a parameter without a value counts as not given")
                .containsExactly("a", "b", "c");
    }

    @Test
    @DisplayName("a value with a comma in it is found as it is offered, and shown as chosen alone")
    void selectsByValuesWithCommas() {
        roster.devices(
                aDevice("a").with("status", "Held, legal"),
                aDevice("b").with("status", "Lost"),
                aDevice("c").with("status", "In Use"));
        List<String> offered = get("/api/devices").jsonPath().getList("meta.filterOptions.status");

        JsonPath found = get("/api/devices?status=" + offered.get(0)).jsonPath();

        assertThat(offered).first().isEqualTo("Held, legal");
        assertThat(found.<String>getList("data.devices.serial")).containsExactly("a");
        assertThat(found.<String>getList("meta.appliedFilters.status")).containsExactly("Held, legal");
        assertThat(serials("?sort=serial&status=Held, legal&status=Lost")).containsExactly("a", "b");
        assertThat(serials("?sort=serial&status=In Use, Lost")).containsExactly("b", "c");
        assertThat(serials("?sort=serial&status=,")).containsExactly("a", "b", "c");
    }

    @Test
    @DisplayName("S0-35: missing devices are listed and marked, and can be asked for or left out")
    void selectsByPresence() {
        roster.devices(
                aDevice("here"),
                aDevice("gone").gone(Presence.missing, "2026-05-01T00:00:00Z"),
                aDevice("long-gone").gone(Presence.inactive, "2026-03-01T00:00:00Z"));

        assertThat(serials("?sort=serial")).containsExactly("gone", "here", "long-gone");
        assertThat(serials("?presence=present")).containsExactly("here");
        assertThat(serials("?sort=serial&presence=missing,inactive")).containsExactly("gone", "long-gone");
        assertThat(serials("?sort=serial&presence=present&presence=missing")).containsExactly("gone", "here");
        JsonPath json = get("/api/devices?presence=missing").jsonPath();
        assertThat(json.getString("data.devices[0].presence")).isEqualTo("missing");
        assertThat(json.getString("data.devices[0].missingSince")).isEqualTo("2026-05-01T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "abc-1,abc-1",
        "ABC-1,abc-1",
        "nyu-0042,abc-1",
        "silva,abc-1",
        "with bea,abc-1",
        "hold,abc-1",
        "repair,abc-1",
        "zebra,striped",
        "000042,striped"
    })
    void searchesInTextOfAnyCase(String text, String serial) {
        roster.attribute("sticker", DataType.string)
                .attribute("asset_tag", DataType.unknown)
                .devices(
                        aFullDevice("abc-1"),
                        aDevice("striped").attribute("sticker", "A Zebra").attribute("asset_tag", "000042"));

        assertThat(serials("?search=" + text)).containsExactly(serial);
    }

    @ParameterizedTest
    @ValueSource(strings = {".*", "(", "[a-z]", "a|b", "^", "$", "\\", "{\"$gt\":\"\"}"})
    @DisplayName("nothing in a search is an operator")
    void searchesLiterally(String text) {
        roster.devices(aDevice("plain"), aDevice("odd").with("assignedTo", "is " + text + " here"));

        assertThat(SignedIn.as(SamplePerson.manager)
                        .queryParam("search", text)
                        .get("/api/devices")
                        .jsonPath()
                        .getList("data.devices.serial"))
                .containsExactly("odd");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            page=0                     | page is a whole number from 1
            page=-1                    | page is a whole number from 1
            page=two                   | page is a whole number from 1
            pageSize=9                 | pageSize is a whole number from 10 to 200
            pageSize=201               | pageSize is a whole number from 10 to 200
            sort=colour                | sort must be the key of a column
            direction=up               | direction must be asc or desc
            presence=nowhere           | presence must be one of present, missing, inactive
            search=a%00b               | search holds no control characters
            """)
    @DisplayName("C0-33: what is not allowed is refused with what is")
    void saysWhatIsAllowed(String query, String words) {
        assertRefused(query, words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"search", "assignedTo", "status", "condition", "offboardingStatus"})
    void refusesTextThatIsTooLong(String parameter) {
        assertThat(get("/api/devices?" + parameter + "=" + "x".repeat(120)).statusCode())
                .isEqualTo(200);
        assertRefused(parameter + "=" + "x".repeat(121), parameter + " has at most 120 characters");
    }

    @Test
    void sortsByNoColumnThatTheSheetHasNoMore() {
        roster.attribute("price", DataType.number);

        assertThat(get("/api/devices?sort=price").statusCode()).isEqualTo(200);
        assertRefused("sort=weight", "sort must be the key of a column");
    }

    private static void assertRefused(String query, String words) {
        JsonPath json = SignedIn.as(SamplePerson.manager)
                .urlEncodingEnabled(false)
                .get("/api/devices?" + query)
                .then()
                .statusCode(400)
                .extract()
                .jsonPath();
        assertThat(json.getString("error.code")).isEqualTo("INVALID_FILTERS");
        assertThat(json.getString("error.message")).contains(words);
        assertThat(json.getString("error.recommendation")).isNotBlank();
        assertThat(json.getString("error.referenceId")).isNotBlank();
        assertThat(json.<Object>get("data")).isNull();
    }

    // --- one device

    @Test
    void showsOneDeviceWithItsHistory() {
        roster.devices(aFullDevice("abc/1"));
        IntStream.range(0, 60)
                .forEach(i -> roster.change(
                        "abc/1",
                        "run-" + (100 + i),
                        "updated",
                        "condition",
                        "Good",
                        "Poor",
                        "2026-05-11T10:%02d:00Z".formatted(i)));
        roster.change("abc/1", "run-200", "held", "presence", null, "missing", "2026-05-12T10:00:00Z");

        JsonPath json = SignedIn.as(SamplePerson.manager)
                .urlEncodingEnabled(false)
                .get("/api/devices/%20ABC%2F1%20")
                .jsonPath();

        assertThat(json.getString("data.device.serial")).isEqualTo("abc/1");
        assertThat(json.getMap("data.device.governance"))
                .isEqualTo(Map.of("reason", "offboarding", "severity", "critical"));
        assertThat(json.getList("data.history")).hasSize(50);
        assertThat(json.getMap("data.history[0]"))
                .isEqualTo(Map.of(
                        "field", "condition",
                        "kind", "updated",
                        "from", "Good",
                        "to", "Poor",
                        "runId", "run-159",
                        "changedAt", "2026-05-11T10:59:00Z"));
    }

    @Test
    void saysThatThereIsNoSuchDevice() {
        assertThat(get("/api/devices/nobody").statusCode()).isEqualTo(404);
        assertThat(get("/api/devices/nobody").jsonPath().getString("error.code"))
                .isEqualTo("DEVICE_NOT_FOUND");
        assertThat(SignedIn.as(SamplePerson.manager)
                        .urlEncodingEnabled(false)
                        .get("/api/devices/%20")
                        .then()
                        .statusCode(400)
                        .extract()
                        .jsonPath()
                        .getString("error.code"))
                .isEqualTo("DEVICE_ID_REQUIRED");
    }

    // --- columns

    @Test
    void listsTheColumns() {
        roster.declared("serial", "Serial").declared("lastActor", "Moved by").attribute("price", DataType.number);

        JsonPath json = get("/api/devices/columns").jsonPath();

        assertThat(json.getList("data.columns.columnKey")).containsExactly("serial", "lastActor", "price");
        assertThat(json.getList("data.columns.displayOrder")).containsExactly(1, 2, 3);
        assertThat(json.getList("data.columns.anonymizable")).containsExactly(false, true, true);
        assertThat(json.getString("data.columnsVersion")).isEqualTo(Roster.VERSION);
        assertThat(json.getInt("meta.columnCount")).isEqualTo(3);
    }

    // --- size

    @Test
    @DisplayName(
            "S0, numbers: a page of 200 devices with 100 attributes each is below 1 MB, and a tenth of it on the wire")
    void keepsALargePageBelowAMegabyte() throws IOException, InterruptedException {
        IntStream.range(0, 100).forEach(i -> roster.attribute("attribute_" + i, DataType.string));
        roster.devices(IntStream.range(0, 200)
                .mapToObj(DeviceResourceTest::aWideDevice)
                .toList());

        byte[] plain = bytes("identity");
        byte[] sent = bytes("gzip");

        assertThat(new JsonPath(new String(plain, StandardCharsets.UTF_8)).getList("data.devices"))
                .hasSize(200);
        assertThat(plain.length).isBetween(500_000, 1_000_000);
        assertThat(sent.length).isLessThan(100_000);
    }

    private byte[] bytes(String encoding) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(here.resolve("/api/devices?pageSize=200"))
                .header("Authorization", SignedIn.bearer(SamplePerson.manager))
                .header("Accept-Encoding", encoding)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofByteArray())
                .body();
    }

    private static StoredDevice aWideDevice(int number) {
        StoredDevice device = aFullDevice("serial-" + number);
        IntStream.range(0, 100).forEach(i -> device.attribute("attribute_" + i, "value " + number + " of " + i));
        return device;
    }

    private static List<String> serials(String query) {
        Response answer = get("/api/devices" + query);
        assertThat(answer.statusCode()).as(query).isEqualTo(200);
        return answer.jsonPath().getList("data.devices.serial");
    }

    private static Response get(String path) {
        return SignedIn.as(SamplePerson.manager).get(path);
    }

    @Test
    @DisplayName("S0-43: who has no session is refused, and so is a viewer")
    void isForManagers() {
        for (String path : Arrays.asList(
                "/api/devices",
                "/api/devices/abc-1",
                "/api/devices/columns",
                "/api/devices/export",
                "/api/devices/anonymize")) {
            assertThat(SignedIn.nobody().get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(SignedIn.as(SamplePerson.viewer).get(path).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
    }
}
