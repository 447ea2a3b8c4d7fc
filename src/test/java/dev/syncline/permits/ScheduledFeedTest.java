package dev.syncline.permits;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static dev.syncline.permits.PermitFeed.permits;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** A schedule that is due every few seconds. */
@QuarkusTest
@TestProfile(ScheduledFeedTest.Profile.class)
class ScheduledFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PERMITS = 12;

    @ConfigProperty(name = PublishedFeedProfile.PORT)
    int port;

    public static class Profile extends PublishedFeedProfile {
        @Override
        Map<String, String> more() {
            return Map.of("syncline.permits.schedule.cron", "*/3 * * * * *");
        }
    }

    @Test
    @DisplayName(
            "S1-02, S1-03: the schedule downloads the configured feed, names it in the run, and asks for news from then on")
    void downloadsTheConfiguredFeed() {
        try (PublishedFeed feed = new PublishedFeed(port).publish(permits(PERMITS, "Inspection"), "\"v1\"", null)) {
            // When
            Map<String, Object> read = awaitRun(run -> source(run).get("readAt") != null && !unchanged(run));
            Map<String, Object> unchanged = awaitRun(ScheduledFeedTest::unchanged);

            // Then
            for (Map<String, Object> run : List.of(read, unchanged)) {
                assertThat(run).containsEntry("state", "SUCCEEDED");
                assertThat(run.get("trigger")).asString().contains("kind=scheduled", "actor=schedule");
            }
            assertThat(read.get("counts")).asString().contains("added=" + PERMITS);
            assertThat(source(read).get("snapshot"))
                    .asString()
                    .startsWith(PublishedFeedProfile.SPOOL.toString())
                    .endsWith(read.get("id") + "-1.json");
            assertThat(feed.requests().get(0).conditional()).isFalse();
            assertThat(feed.last().ifNoneMatch()).isEqualTo("\"v1\"");
            Awaitility.await().atMost(PATIENCE).until(() -> PublishedFeedProfile.spool()
                    .isEmpty());
        }
    }

    private static Map<String, Object> awaitRun(Predicate<Map<String, Object>> wanted) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ended().stream().filter(wanted).findFirst().orElse(null), run -> run != null);
    }

    private static List<Map<String, Object>> ended() {
        return given().get("/api/runs?sync=permits&limit=100")
                .jsonPath()
                .getList("items.findAll { it.completedAt != null }");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> source(Map<String, Object> run) {
        return (Map<String, Object>) run.getOrDefault("source", Map.of());
    }

    private static boolean unchanged(Map<String, Object> run) {
        return Boolean.TRUE.equals(source(run).get("unchanged"));
    }
}
