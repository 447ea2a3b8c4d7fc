package dev.syncline.permits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.platform.MongoDatabase;
import dev.syncline.status.ApiProfile;
import dev.syncline.status.RunCalls;

import static dev.syncline.permits.PermitFeed.sync;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** {@code GET} and {@code POST /api/sync}, and the same under {@code /api/admin}. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class PermitSyncResourceTest {
    private static final String REQUIRED = "{\"error\":\"file_path is required\"}";
    private static final String UNREADABLE =
            "{\"error\":\"the request cannot be read: check the body's JSON and the types of its parameters\"}";
    private static final Set<String> FIELDS = Set.of(
            "id",
            "started_at",
            "completed_at",
            "status",
            "records_total",
            "records_new",
            "records_updated",
            "records_unchanged",
            "records_errors",
            "error_message",
            "snapshot_path",
            "duration_ms");

    @Inject
    MongoDatabase database;

    @ConfigProperty(name = "syncline.permits.import-directory")
    Path imports;

    @ConfigProperty(name = ApiProfile.SILENT_SOURCE)
    String silentSource;

    @BeforeEach
    void clear() {
        RunCalls.cancelAll();
        for (String collection : List.of("permits", "changes", "rejections", "sweeps", "runs")) {
            var unused = database.collection(collection)
                    .deleteMany(new Document())
                    .await()
                    .atMost(Duration.ofSeconds(20));
        }
    }

    static Stream<Arguments> bodiesWithoutAPath() {
        return Stream.of("/api/sync", "/api/admin/sync").flatMap(path -> Stream.of(
                        "{}",
                        "{\"file_path\":null}",
                        "{\"file_path\":\"\"}",
                        "{\"file_path\":\"   \"}",
                        "{\"file_path\":\"\\t\\n\"}",
                        "{\"file_path\":5}",
                        "{\"file_path\":true}",
                        "{\"file_path\":[\"a.json\"]}",
                        "{\"file_path\":{\"a\":1}}",
                        "{\"filePath\":\"a.json\"}",
                        "[]",
                        "[{\"file_path\":\"a.json\"}]",
                        "null",
                        "\"a.json\"",
                        "17",
                        "")
                .map(body -> Arguments.of(path, body)));
    }

    @ParameterizedTest
    @MethodSource("bodiesWithoutAPath")
    @DisplayName("S1-18: without, with a blank or with a non-string file_path: 400, and nothing is made")
    void needsAPath(String path, String body) {
        Response answer = given().contentType("application/json").body(body).post(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).isEqualTo(REQUIRED);
        assertThat(answer.contentType()).startsWith("application/json");
        assertNothingWasMade();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/sync", "/api/admin/sync"})
    @DisplayName("S1-18: no body at all is a missing file_path too")
    void needsABody(String path) {
        Response answer = given().post(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).isEqualTo(REQUIRED);
        assertNothingWasMade();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"file_path\":\"a.json\"", "{'file_path':'a.json'}", "file_path=a.json", "\u0000"})
    @DisplayName("S1-18: what is not JSON is 400 as well, and nothing is made")
    void needsJson(String body) {
        Response answer = given().contentType("application/json").body(body).post("/api/sync");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).isEqualTo(UNREADABLE);
        assertNothingWasMade();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml"})
    void needsTheTypeOfJson(String type) {
        Response answer =
                given().contentType(type).body("{\"file_path\":\"a.json\"}").post("/api/sync");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.asString()).isEqualTo("{\"error\":\"The body has a type that is not understood\"}");
        assertNothingWasMade();
    }

    private static void assertNothingWasMade() {
        assertThat(given().get("/api/sync").asString()).isEqualTo("{\"runs\":[]}");
        assertThat(given().get("/api/runs").asString()).isEqualTo("{\"items\":[]}");
    }

    static Stream<String> escapes() throws IOException {
        return Stream.of(
                "../secret.json",
                "sub/../../secret.json",
                "..",
                ".",
                "/",
                "/etc/passwd",
                "sub",
                "link-out.json",
                "linked-folder/secret.json",
                "good.json/more",
                "file:///etc/passwd",
                "..\\\\secret.json",
                "%2e%2e/secret.json",
                "a\\u0000b.json",
                "missing.json",
                "http://127.0.0.1:1/feed.json",
                "http://169.254.169.254/latest/meta-data",
                "ftp://example.org/feed.json",
                "http://[::1]/feed.json",
                "a".repeat(5000));
    }

    @ParameterizedTest
    @MethodSource("escapes")
    @DisplayName("S1-32: a path outside the import directory, a directory, .. or a symlink out: 400, nothing is read")
    void readsNothingElse(String path) throws IOException {
        // Given
        Path outside = Files.createDirectories(imports.resolveSibling("outside-" + imports.getFileName()));
        PermitFeed.write(outside, "secret.json", PermitFeed.permits(3, "Secret"));
        PermitFeed.write(imports, "good.json", PermitFeed.permits(3, "Inspection"));
        Files.createDirectories(imports.resolve("sub"));
        link(imports.resolve("link-out.json"), outside.resolve("secret.json"));
        link(imports.resolve("linked-folder"), outside);

        // When
        Response answer = sync("", path);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.jsonPath().getMap("")).containsOnlyKeys("error");
        assertThat(answer.jsonPath().getString("error"))
                .isNotBlank()
                .doesNotContain("Secret")
                .doesNotContain("Exception")
                .doesNotContain(outside.toAbsolutePath().toString());
        assertNothingWasMade();
        assertThat(given().get("/api/permits").jsonPath().getInt("pagination.total"))
                .isZero();
    }

    private static void link(Path link, Path target) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target.toAbsolutePath());
    }

    @Test
    @DisplayName("S1-32: a file is named relative to the import directory, or absolutely inside of it")
    void readsWhatLiesInside() throws IOException {
        PermitFeed.write(imports.resolve("sub"), "inside.json", PermitFeed.permits(3, "Inspection"));

        sync("?wait=true", "sub/inside.json")
                .then()
                .statusCode(200)
                .body("sync_run.records_new", equalTo(3))
                .body("sync_run.snapshot_path", equalTo("sub/inside.json"));
        sync("?wait=true", imports.toRealPath().resolve("sub/inside.json").toString())
                .then()
                .statusCode(200)
                .body("sync_run.records_unchanged", equalTo(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/sync", "/api/admin/sync"})
    @DisplayName("S1-19: answers at once with the running sync_run and its task id")
    void answersAtOnce(String path) {
        Response answer = given().contentType("application/json")
                .body("{\"file_path\":\"" + silentSource + "/feed.json\"}")
                .post(path);

        assertThat(answer.statusCode()).isEqualTo(202);
        JsonPath body = answer.jsonPath();
        assertThat(body.getMap("")).containsOnlyKeys("sync_run", "task_id");
        assertThat(body.getString("sync_run.status")).isEqualTo("running");
        assertThat(body.getString("sync_run.id")).isEqualTo(body.getString("task_id"));
        assertThat(body.getMap("sync_run")).containsKeys(FIELDS.toArray(String[]::new));
        assertThat(RunCalls.get(body.getString("task_id")).getString("sync")).isEqualTo("permits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/sync", "/api/admin/sync"})
    @DisplayName("S1-19: the waiting form answers with the final sync_run")
    void waitsForTheEnd(String path) {
        PermitFeed.write(imports, "good.json", PermitFeed.permits(7, "Inspection"));

        Response answer = given().contentType("application/json")
                .body("{\"file_path\":\"good.json\"}")
                .post(path + "?wait=true");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getMap("")).containsOnlyKeys("sync_run");
        Map<String, Object> run = answer.jsonPath().getMap("sync_run");
        assertThat(run)
                .containsEntry("status", "completed")
                .containsEntry("records_total", 7)
                .containsEntry("records_new", 7)
                .containsEntry("records_updated", 0)
                .containsEntry("records_unchanged", 0)
                .containsEntry("records_errors", 0)
                .containsEntry("error_message", null);
        assertThat(answer.jsonPath().getLong("sync_run.duration_ms")).isPositive();
        Instant started = Instant.parse((String) run.get("started_at"));
        assertThat(Instant.parse((String) run.get("completed_at"))).isAfterOrEqualTo(started);
    }

    @Test
    @DisplayName("S1-19: the waiting form of a run that failed is 500 with error and message")
    void tellsAFailure() {
        PermitFeed.write(imports, "bad.json", "<html>not a feed</html>");

        Response answer = sync("?wait=true", "bad.json");

        String run = given().get("/api/sync").jsonPath().getString("runs[0].id");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.jsonPath().getMap("")).containsOnlyKeys("error", "message");
        assertThat(answer.jsonPath().getString("error")).isEqualTo("The run has failed");
        assertThat(answer.jsonPath().getString("message"))
                .startsWith("FEED_NOT_JSON: ")
                .endsWith("(run " + run + ")");
        given().get("/api/sync")
                .then()
                .body("runs[0].status", equalTo("failed"))
                .body("runs[0].error_message", org.hamcrest.Matchers.startsWith("FEED_NOT_JSON: "));
    }

    @Test
    @DisplayName("S1-20: a second trigger is refused with 409 and leaves no run of its own")
    void refusesASecond() {
        String run = sync("", silentSource + "/feed.json")
                .then()
                .statusCode(202)
                .extract()
                .path("task_id");
        PermitFeed.write(imports, "good.json", PermitFeed.permits(3, "Inspection"));

        Response second = sync("", "good.json");

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.jsonPath().getMap("")).containsOnlyKeys("error", "activeRun");
        assertThat(second.jsonPath().getString("error")).startsWith("permits is ");
        assertThat(second.jsonPath().getString("activeRun.id")).isEqualTo(run);
        given().get("/api/sync").then().body("runs.id", equalTo(List.of(run)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/sync", "/api/admin/sync"})
    @DisplayName("S1-17: the 20 newest runs, newest first, under the key runs, with the fields of sync_runs")
    void listsTheNewest(String path) {
        // Given
        PermitFeed.write(imports, "good.json", PermitFeed.permits(3, "Inspection"));
        List<String> started = IntStream.range(0, 23)
                .mapToObj(i -> sync("?wait=true", "good.json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .<String>path("sync_run.id"))
                .sorted(Comparator.reverseOrder())
                .toList();

        // When
        JsonPath body = given().get(path).then().statusCode(200).extract().jsonPath();

        // Then
        assertThat(body.getMap("")).containsOnlyKeys("runs");
        assertThat(body.<String>getList("runs.id")).isEqualTo(started.subList(0, 20));
        assertThat(body.<String>getList("runs.started_at"))
                .extracting(Instant::parse)
                .isSortedAccordingTo(Comparator.reverseOrder());
        List<Map<String, Object>> runs = body.getList("runs");
        assertThat(runs)
                .allSatisfy(run -> assertThat(run).containsKeys(FIELDS.toArray(String[]::new)))
                .allSatisfy(run -> assertThat(run.keySet()).allMatch(name -> name.matches("[a-z_]+")))
                .allSatisfy(run -> assertThat(run).containsEntry("status", "completed"));
    }

    @Test
    @DisplayName("S1-09, S1-17: new, updated, unchanged and errors add up to the total")
    void addsUp() {
        PermitFeed.write(imports, "a.json", PermitFeed.permits(10, "Inspection"));
        sync("?wait=true", "a.json").then().statusCode(200);
        List<String> next = new java.util.ArrayList<>(PermitFeed.permits(12, "Inspection"));
        next.set(0, PermitFeed.permit("24 000001 BLD", "Closed"));
        next.set(1, PermitFeed.permit("", "Closed"));
        next.add(next.get(5));
        PermitFeed.write(imports, "b.json", next);

        sync("?wait=true", "b.json")
                .then()
                .statusCode(200)
                .body("sync_run.status", equalTo("completed"))
                .body("sync_run.records_total", equalTo(12))
                .body("sync_run.records_new", equalTo(2))
                .body("sync_run.records_updated", equalTo(1))
                .body("sync_run.records_unchanged", equalTo(8))
                .body("sync_run.records_errors", equalTo(1))
                .body("sync_run.records_duplicates", equalTo(1));
    }
}
