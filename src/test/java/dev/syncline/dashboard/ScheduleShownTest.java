package dev.syncline.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.dev.SampleFeed;
import dev.syncline.platform.MongoDatabase;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the API, the metrics and the page tell of a sync that runs by itself on leap days. */
@QuarkusTest
@TestProfile(ScheduleShownTest.LeapDays.class)
class ScheduleShownTest {
    private static final Path IMPORTS = Path.of("target/schedule-imports");
    private static final String FEED = "leap.json";

    @Inject
    MongoDatabase database;

    public static class LeapDays implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "syncline.permits.import-directory", IMPORTS.toString(),
                    "syncline.permits.source", FEED,
                    "syncline.permits.schedule.cron", "0 6 29 2 *",
                    "syncline.permits.schedule.missed", "skip",
                    "syncline.permits.schedule.late-after", "90M");
        }
    }

    @BeforeEach
    void neverRun() throws IOException {
        Files.createDirectories(IMPORTS);
        var unused =
                database.collection("runs").deleteMany(new Document()).await().atMost(Duration.ofSeconds(20));
    }

    private void firstSeen(String instant) {
        var unused = database.collection("schedules")
                .updateOne(
                        Filters.eq("_id", "permits"),
                        Updates.set("since", Instant.parse(instant)),
                        new UpdateOptions().upsert(true))
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private static JsonPath sync() {
        return given().get("/api/syncs/permits")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String card() {
        return given().get("/dashboard/syncs/permits")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    void tellsTheNextThreeInstants() {
        assertThat(sync().getMap("schedule"))
                .isEqualTo(Map.of(
                        "cron", "0 6 29 2 *", "zone", "America/Toronto", "missed", "skip", "lateAfterSeconds", 5400));
        List<String> next = List.of("2028-02-29T11:00:00Z", "2032-02-29T11:00:00Z", "2036-02-29T11:00:00Z");
        assertThat(sync().getList("next", String.class)).isEqualTo(next);
        assertThat(sync().getString("freshness.expectedNext")).isEqualTo(next.get(0));
        assertThat(card())
                .contains("Next run <time datetime=\"2028-02-29T11:00:00Z\">29 Feb 2028, 11:00 UTC</time>")
                .contains("<code>0 6 29 2 *</code> America/Toronto");
    }

    @Test
    @DisplayName("S1-35: the API, the metrics and the page tell that data is late, and that it is not any more")
    void tellsWhatIsLate() throws IOException {
        // Given
        firstSeen("2024-03-01T00:00:00Z");
        assertThat(sync().getBoolean("freshness.late")).isFalse();
        assertThat(card()).doesNotContain("late");

        // When
        firstSeen("2023-06-01T00:00:00Z");

        // Then
        assertThat(sync().getBoolean("freshness.late")).isTrue();
        assertThat(sync().getString("freshness.lateSince")).isEqualTo("2024-02-29T12:30:00Z");
        assertThat(card())
                .contains("The data is late", "<time datetime=\"2024-02-29T12:30:00Z\" data-relative>")
                .contains("Not run yet. The data is late\"");
        awaitLate("1.0");
        awaitToldOnce("permits@2024-02-29T11:00:00Z");

        // When
        SampleFeed.first(7, 20).writeTo(IMPORTS.resolve(FEED));
        given().contentType(ContentType.JSON)
                .post("/api/syncs/permits/runs?wait=true")
                .then()
                .statusCode(200);

        // Then
        assertThat(sync().getBoolean("freshness.late")).isFalse();
        assertThat(sync().getString("freshness.dataAsOf")).isEqualTo(sync().getString("lastSuccess.startedAt"));
        assertThat(card()).doesNotContain("late");
        awaitLate("0.0");
    }

    /** Of this application nobody wants letters, and the outbox says so once. */
    private void awaitToldOnce(String missing) {
        await().atMost(Duration.ofSeconds(120)).until(() -> toldOf(missing), told -> told == 1);
    }

    private long toldOf(String missing) {
        return database.collection("outbox")
                .countDocuments(Filters.eq("_id", "late:" + missing + "/mail"))
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    /** It is counted twice a minute. */
    private static void awaitLate(String count) {
        await().atMost(Duration.ofSeconds(90)).until(() -> given().get("/q/metrics")
                .asString()
                .contains("syncline_syncs_late{sync=\"permits\"} " + count));
    }
}
