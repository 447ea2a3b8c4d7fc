package dev.syncline.permits;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.MongoDatabase;
import dev.syncline.status.RunCalls;

import static dev.syncline.permits.PermitFeed.permits;
import static org.assertj.core.api.Assertions.assertThat;

/** The newest two downloads are kept, and no room is left for others. */
@QuarkusTest
@TestProfile(KeptSnapshotsTest.Profile.class)
class KeptSnapshotsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    MongoDatabase database;

    @ConfigProperty(name = PublishedFeedProfile.PORT)
    int port;

    private PublishedFeed feed;

    public static class Profile extends PublishedFeedProfile {
        @Override
        Map<String, String> more() {
            return Map.of("syncline.permits.snapshots-kept", "2");
        }
    }

    @BeforeEach
    void publish() {
        RunCalls.cancelAll();
        for (String collection : List.of("permits", "changes", "runs", "rejections", "sweeps")) {
            var unused = database.collection(collection)
                    .deleteMany(new Document())
                    .await()
                    .atMost(PATIENCE);
        }
        PublishedFeedProfile.emptySpool();
        feed = new PublishedFeed(port);
    }

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    @DisplayName("S1-03: the newest two are kept as they came, also the one of a run that failed, and older ones go")
    void keepsTheNewest() throws IOException {
        // Given
        byte[] packed = PublishedFeed.gzip(
                ("[" + String.join(",", permits(3, "Closed")) + "]").getBytes(StandardCharsets.UTF_8));
        byte[] page = "<html>Maintenance</html>".getBytes(StandardCharsets.UTF_8);

        // When
        JsonPath first = run(("[" + String.join(",", permits(3, "Inspection")) + "]").getBytes(StandardCharsets.UTF_8));
        assertThat(snapshot(first)).exists();
        JsonPath second = run(packed);
        assertThat(snapshot(first)).exists();
        JsonPath third = run(page);

        // Then
        assertThat(third.getString("error.code")).isEqualTo("FEED_NOT_JSON");
        assertThat(third.getBoolean("source.kept")).isTrue();
        awaitSpool(snapshot(second), snapshot(third));
        assertThat(snapshot(second)).hasBinaryContent(packed);
        assertThat(snapshot(third)).hasBinaryContent(page);
    }

    @Test
    @DisplayName("S1-03: what processes that were killed left behind goes, and an unchanged feed drives nothing out")
    void sweepsUp() throws IOException {
        // Given
        feed.publish(permits(3, "Inspection"), "\"v1\"", null);
        JsonPath read = RunCalls.awaitEnd(RunCalls.start("permits"));
        Path left =
                PublishedFeedProfile.SPOOL.resolve("permits-2026-01-05-00000000-0000-7000-8000-000000000000-1.part");
        var unused = Files.writeString(left, "[{");

        // When
        JsonPath unchanged = RunCalls.awaitEnd(RunCalls.start("permits"));

        // Then
        assertThat(unchanged.getBoolean("source.unchanged")).isTrue();
        awaitSpool(snapshot(read));
    }

    private JsonPath run(byte[] body) {
        feed.publish(body, null, null);
        return RunCalls.awaitEnd(RunCalls.start("permits"));
    }

    private static Path snapshot(JsonPath run) {
        return Path.of(run.getString("source.snapshot"));
    }

    private static void awaitSpool(Path... files) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(PublishedFeedProfile.spool())
                .containsExactlyInAnyOrder(files));
    }
}
