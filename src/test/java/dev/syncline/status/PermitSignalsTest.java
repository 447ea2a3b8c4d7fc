package dev.syncline.status;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.MongoDatabase;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** What a run of the permits sync tells those who watch it. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class PermitSignalsTest {
    private static final Pattern LINE = Pattern.compile("(?m)^([a-z_]+(?:\\{[^}]*})?) ([-+.0-9eE]+)$");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String AGE = "syncline_last_success_age_seconds{sync=\"permits\"}";

    @Inject
    MongoDatabase database;

    @TestHTTPResource("/")
    URI root;

    @ConfigProperty(name = "syncline.permits.import-directory")
    Path imports;

    @BeforeEach
    void clear() {
        RunCalls.cancelAll();
        for (String collection : List.of("permits", "changes", "rejections", "sweeps", "runs")) {
            var unused = database.collection(collection)
                    .deleteMany(new Document())
                    .await()
                    .atMost(PATIENCE);
        }
    }

    @Test
    @DisplayName(
            "S1-35: a run that completes: running and then completed on the stream, duration, rows and age in the metrics")
    void tellsOfACompletion() throws IOException {
        // Given
        put(permits(40, "Inspection"));
        RunCalls.awaitEnd(sync());
        put("[" + body(1, 38, "Closed") + "," + body(39, 40, "Inspection") + "," + body(41, 44, "Inspection") + ","
                + record(" ", "Inspection") + "]");
        Map<String, Double> before = metrics();

        // When
        try (EventReader reader = EventReader.open(root, "?sync=permits")) {
            assertThat(reader.status()).isEqualTo(200);
            String run = sync();
            reader.awaitEndOf(run);

            // Then
            assertThat(reader.of(run))
                    .extracting(EventReader.Event::state)
                    .containsSubsequence("RUNNING", "PARTIAL")
                    .endsWith("PARTIAL")
                    .doesNotContain("FAILED");
        }
        Map<String, Double> after = metrics();
        assertRise(before, after, "syncline_run_duration_seconds_count{outcome=\"PARTIAL\",sync=\"permits\"}", 1);
        assertThat(after.get("syncline_run_duration_seconds_sum{outcome=\"PARTIAL\",sync=\"permits\"}"))
                .isPositive();
        assertRise(before, after, "syncline_runs_total{outcome=\"PARTIAL\",sync=\"permits\",trigger=\"manual\"}", 1);
        Map.of("read", 45, "added", 4, "updated", 38, "unchanged", 2, "rejected", 1, "duplicate", 0, "absent", 0)
                .forEach((outcome, count) -> assertRise(
                        before,
                        after,
                        "syncline_rows_total{outcome=\"%s\",sync=\"permits\"}".formatted(outcome),
                        count));
        Awaitility.await().atMost(PATIENCE).until(() -> metrics().getOrDefault(AGE, 1e9) < 60);
    }

    @Test
    @DisplayName(
            "S1-35: a run that fails: running and then failed on the stream, the failure by its code, no new success")
    void tellsOfAFailure() throws IOException {
        // Given
        put(permits(5, "Inspection"));
        RunCalls.awaitEnd(sync());
        // Another test may have left the age of a success of long ago, until this one is noticed.
        Awaitility.await().atMost(PATIENCE).until(() -> metrics().getOrDefault(AGE, 1e9) < 5);
        double age = metrics().get(AGE);
        put("<html>Maintenance</html>");
        Map<String, Double> before = metrics();

        // When
        try (EventReader reader = EventReader.open(root, "?sync=permits")) {
            assertThat(reader.status()).isEqualTo(200);
            String run = sync();
            reader.awaitEndOf(run);

            // Then
            assertThat(reader.of(run))
                    .extracting(EventReader.Event::state)
                    .containsSubsequence("RUNNING", "FAILED")
                    .endsWith("FAILED")
                    .doesNotContain("SUCCEEDED", "PARTIAL");
        }
        Map<String, Double> after = metrics();
        assertRise(before, after, "syncline_run_failures_total{code=\"FEED_NOT_JSON\",sync=\"permits\"}", 1);
        assertRise(before, after, "syncline_run_duration_seconds_count{outcome=\"FAILED\",sync=\"permits\"}", 1);
        assertRise(before, after, "syncline_rows_total{outcome=\"read\",sync=\"permits\"}", 0);
        Awaitility.await().atMost(PATIENCE).until(() -> metrics().get(AGE) > age + 2);
    }

    private void put(String feed) throws IOException {
        Files.createDirectories(imports);
        var unused = Files.writeString(imports.resolve("signals.json"), feed);
    }

    private static String permits(int count, String status) {
        return "[" + body(1, count, status) + "]";
    }

    private static String body(int from, int to, String status) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(n -> record("24 %06d BLD".formatted(n), status))
                .collect(Collectors.joining(","));
    }

    private static String record(String number, String status) {
        return "{\"PERMIT_NUM\":\"%s\",\"REVISION_NUM\":\"00\",\"STATUS\":\"%s\",\"PERMIT_TYPE\":\"House\",\"STREET_NUM\":\"1\",\"STREET_NAME\":\"KING\",\"RESIDENTIAL\":1}"
                .formatted(number, status);
    }

    private static String sync() {
        return given().contentType("application/json")
                .body("{\"file_path\": \"signals.json\"}")
                .post("/api/sync")
                .then()
                .statusCode(202)
                .extract()
                .path("task_id");
    }

    private static Map<String, Double> metrics() {
        Map<String, Double> values = new TreeMap<>();
        Matcher line = LINE.matcher(given().get("/q/metrics").asString());
        while (line.find()) {
            values.put(line.group(1), Double.parseDouble(line.group(2)));
        }
        return values;
    }

    private static void assertRise(Map<String, Double> before, Map<String, Double> after, String name, double by) {
        assertThat(after).containsKey(name);
        assertThat(after.get(name) - before.getOrDefault(name, 0.0)).as(name).isEqualTo(by);
    }
}
