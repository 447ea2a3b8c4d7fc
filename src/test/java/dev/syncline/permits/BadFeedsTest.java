package dev.syncline.permits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.syncline.platform.MongoDatabase;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** What is wrong with a feed is told with code, cause, place and next step, and costs nothing that was stored. */
@QuarkusTest
class BadFeedsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int GOOD = 30;

    @Inject
    MongoDatabase database;

    @ConfigProperty(name = "syncline.permits.import-directory")
    Path imports;

    @BeforeEach
    void storeAGoodFeed() throws IOException {
        for (String collection : List.of("permits", "changes", "runs", "rejections", "sweeps")) {
            var unused = database.collection(collection)
                    .deleteMany(new Document())
                    .await()
                    .atMost(PATIENCE);
        }
        Files.createDirectories(imports);
        sync("good.json", array(goodRecords())).statusCode(200);
        assertThat(stored()).hasSize(GOOD);
    }

    static Stream<Arguments> wholeFeeds() {
        byte[] good = array(goodRecords());
        String first = goodRecords().get(0);
        return Stream.of(
                Arguments.of("cut in mid-record", head(good, good.length - 40), "FEED_TRUNCATED", "byte"),
                Arguments.of("cut between records", head(good, good.length - 1), "FEED_TRUNCATED", "byte"),
                Arguments.of("cut gzip", head(gzip(good), 200), "FEED_TRUNCATED", ""),
                Arguments.of(
                        "HTML", bytes("<!DOCTYPE html><html><body>Maintenance</body></html>"), "FEED_NOT_JSON", "HTML"),
                Arguments.of(
                        "success:false",
                        bytes("{\"success\":false,\"error\":{\"message\":\"no such resource\"}}"),
                        "FEED_FAILURE_REPORTED",
                        "no such resource"),
                Arguments.of("an empty array", bytes("[]"), "FEED_EMPTY", ""),
                Arguments.of("an empty file", bytes(""), "FEED_EMPTY", ""),
                Arguments.of("an envelope that announces more", envelope(goodRecords(), 99), "FEED_INCOMPLETE", "99"),
                Arguments.of(
                        "a missing critical column",
                        array(goodRecords().stream()
                                .map(r -> r.replace("STREET_NAME", "STREET_NAM"))
                                .toList()),
                        "FEED_COLUMN_MISSING",
                        "STREET_NAME"),
                Arguments.of(
                        "far fewer records",
                        array(goodRecords().subList(0, 10)),
                        "FEED_SHRUNK",
                        "10 records, at least 24"),
                Arguments.of("garbage behind", bytes("[" + first + "] oops"), "FEED_MALFORMED", "byte"),
                Arguments.of(
                        "records that are all bad",
                        array(IntStream.range(0, GOOD)
                                .mapToObj(
                                        i ->
                                                "{\"PERMIT_NUM\":\"\",\"REVISION_NUM\":\"00\",\"STATUS\":1,\"PERMIT_TYPE\":1,\"STREET_NUM\":1,\"STREET_NAME\":1,\"RESIDENTIAL\":1}")
                                .toList()),
                        "TOO_MANY_REJECTED",
                        "30 of 30"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wholeFeeds")
    @DisplayName("S1-06, S1-22, S1-29, S1-30: a bad feed fails the run, says why, and changes nothing that is stored")
    void badFeedChangesNothing(String what, byte[] feed, String code, String cause) throws IOException {
        // Given
        List<Document> before = stored();

        // When
        sync("bad.json", feed).statusCode(500).body("message", org.hamcrest.Matchers.startsWith(code));

        // Then
        JsonPath run = newestRun();
        assertThat(run.getString("state")).isEqualTo("FAILED");
        assertThat(run.getString("error.code")).isEqualTo(code);
        assertThat(run.getString("error.message")).contains(cause);
        assertThat(run.getString("error.nextStep")).isNotBlank();
        assertThat(run.getString("error.reference")).isNotBlank();
        assertThat(run.getString("completedAt")).isNotNull();
        assertThat(run.getLong("durationMs")).isPositive();
        assertThat(stored()).isEqualTo(before);
    }

    static Stream<Arguments> singleRecords() {
        return Stream.of(
                Arguments.of(
                        "a nested object in a cell",
                        bytes(record(99).replace("\"Inspection\"", "{\"a\":1}")),
                        "CELL_NOT_SCALAR",
                        "/30/STATUS"),
                Arguments.of(
                        "an empty key part",
                        bytes(record(99).replace("\"21 000099 BLD\"", "\" \"")),
                        "KEY_MISSING",
                        "/30/PERMIT_NUM"),
                Arguments.of(
                        "a key that is too long",
                        bytes(record(99).replace("21 000099 BLD", "2".repeat(31))),
                        "KEY_TOO_LONG",
                        "/30/PERMIT_NUM"),
                Arguments.of("invalid UTF-8", invalidUtf8(), "ROW_ENCODING", "/30"),
                Arguments.of(
                        "a syntax error inside", bytes(record(99).replace(":\"00\"", ":00x")), "ROW_MALFORMED", "/30"),
                Arguments.of(
                        "a record of 40 MB",
                        bytes(record(99).replace("BASEMENT", "x".repeat(40 << 20))),
                        "ROW_TOO_LARGE",
                        "/30"),
                Arguments.of("a text for a record", bytes("\"hello\""), "ROW_NOT_OBJECT", "/30"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("singleRecords")
    @DisplayName("S1-11: one bad record is set aside with its place and reason, all others are stored")
    void badRecordIsSetAside(String what, byte[] record, String code, String place) throws IOException {
        // Given
        ByteArrayOutputStream feed = new ByteArrayOutputStream();
        feed.writeBytes(bytes("[" + String.join(",", goodRecords()) + ","));
        feed.writeBytes(record);
        feed.writeBytes(bytes("," + record(200) + "]"));

        // When
        sync("one-bad.json", feed.toByteArray())
                .statusCode(200)
                .body("sync_run.status", equalTo("completed"))
                .body("sync_run.records_errors", equalTo(1))
                .body("sync_run.records_new", equalTo(1))
                .body("sync_run.records_unchanged", equalTo(GOOD));

        // Then
        JsonPath run = newestRun();
        assertThat(run.getString("state")).isEqualTo("PARTIAL");
        JsonPath rejections = given().get(run.getString("links.rejections")).jsonPath();
        assertThat(rejections.getList("items")).hasSize(1);
        assertThat(rejections.getString("items[0].code")).isEqualTo(code);
        assertThat(rejections.getString("items[0].place")).isEqualTo(place);
        assertThat(rejections.getString("items[0].reason")).isNotBlank();
        assertThat(rejections.getString("items[0].hint")).isNotBlank();
        assertThat(rejections.getString("items[0].raw").length()).isBetween(1, 2048);
        assertThat(rejections.getInt("byCode." + code)).isEqualTo(1);
    }

    @Test
    @DisplayName("numbers where text is due and the other way round, NaN and impossible dates are read, not rejected")
    void oddCellsAreRead() throws IOException {
        // Given
        String odd = record(99)
                .replace("\"STREET_NUM\":\"54\"", "\"STREET_NUM\":54")
                .replace("\"RESIDENTIAL\":75", "\"RESIDENTIAL\":NaN")
                .replace("\"ASSEMBLY\":0", "\"ASSEMBLY\":\"12.5\"")
                .replace("2022-04-05", "2023-02-30");
        List<String> records =
                Stream.concat(goodRecords().stream(), Stream.of(odd)).toList();

        // When
        sync("odd.json", array(records)).statusCode(200).body("sync_run.records_errors", equalTo(0));

        // Then
        Document permit = stored().stream()
                .filter(row -> row.getString("_id").equals("21 000099 BLD--00"))
                .findFirst()
                .orElseThrow();
        assertThat(permit.getString("street_num")).isEqualTo("54");
        assertThat(permit.get("residential_sqm")).isNull();
        assertThat(permit.get("assembly_sqm").toString()).isEqualTo("12.5");
        assertThat(permit.get("application_date")).isNull();
    }

    static Stream<Arguments> refusedPaths() {
        return Stream.of(
                Arguments.of("../outside.json", "SOURCE_PATH_REFUSED"),
                Arguments.of("sub/../../outside.json", "SOURCE_PATH_REFUSED"),
                Arguments.of("/etc/hostname", "SOURCE_PATH_REFUSED"),
                Arguments.of(".", "SOURCE_PATH_REFUSED"),
                Arguments.of("link.json", "SOURCE_PATH_REFUSED"),
                Arguments.of("nothing-here.json", "SOURCE_NOT_FOUND"),
                Arguments.of("http://10.0.0.1/feed.json", "SOURCE_URL_REFUSED"),
                Arguments.of("http://localhost:1/feed.json", "SOURCE_URL_REFUSED"),
                Arguments.of("http://[::ffff:127.0.0.1]/feed.json", "SOURCE_URL_REFUSED"),
                Arguments.of("file:///etc/hostname", "SOURCE_URL_REFUSED"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedPaths")
    @DisplayName("S1-32: what lies outside is refused with 400, unread, and no run is made")
    void outsideIsRefused(String path, String code) throws IOException {
        // Given
        Path link = imports.resolve("link.json");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of("/etc/hostname"));

        // When
        given().contentType(ContentType.JSON)
                .body(Map.of("file_path", path))
                .post("/api/sync")
                .then()
                .statusCode(400)
                .body("error", org.hamcrest.Matchers.not(org.hamcrest.Matchers.blankOrNullString()));

        // Then
        assertThat(given().get("/api/sync").jsonPath().getList("runs")).hasSize(1);
    }

    // --- feeds

    private static List<String> goodRecords() {
        return IntStream.range(0, GOOD).mapToObj(BadFeedsTest::record).toList();
    }

    private static String record(int number) {
        return ("{\"PERMIT_NUM\":\"21 %06d BLD\",\"REVISION_NUM\":\"00\",\"PERMIT_TYPE\":\"Small Residential Projects\","
                        + "\"STREET_NUM\":\"54\",\"STREET_NAME\":\"JARWICK\",\"APPLICATION_DATE\":\"2022-04-05\","
                        + "\"STATUS\":\"Inspection\",\"DESCRIPTION\":\"BASEMENT\",\"ASSEMBLY\":0,\"RESIDENTIAL\":75}")
                .formatted(number);
    }

    private static byte[] array(List<String> records) {
        return bytes(records.stream().collect(Collectors.joining(",\n", "[", "]")));
    }

    private static byte[] envelope(List<String> records, int total) {
        return bytes("{\"success\":true,\"result\":{\"records\":[" + String.join(",", records) + "],\"total\":" + total
                + "}}");
    }

    private static byte[] invalidUtf8() {
        byte[] bytes = bytes(record(99));
        int at = record(99).indexOf("BASEMENT");
        bytes[at] = (byte) 0xc3;
        bytes[at + 1] = (byte) 0x28;
        return bytes;
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] head(byte[] all, int length) {
        return java.util.Arrays.copyOf(all, length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // --- the service

    private ValidatableResponse sync(String name, byte[] feed) throws IOException {
        Files.write(imports.resolve(name), feed);
        return given().contentType(ContentType.JSON)
                .body(Map.of("file_path", name))
                .post("/api/sync?wait=true")
                .then();
    }

    private static JsonPath newestRun() {
        return given().get("/api/runs?limit=1").jsonPath().setRootPath("items[0]");
    }

    private List<Document> stored() {
        return database.collection("permits").find().collect().asList().await().atMost(PATIENCE).stream()
                .sorted(java.util.Comparator.comparing(row -> row.getString("_id")))
                .toList();
    }
}
