package dev.syncline.permits;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.status.RunCalls;

import static dev.syncline.permits.PermitFeed.permits;
import static org.assertj.core.api.Assertions.assertThat;

/** A spool that has no room for any download. */
@QuarkusTest
@TestProfile(FullSpoolTest.Profile.class)
class FullSpoolTest {
    @ConfigProperty(name = PublishedFeedProfile.PORT)
    int port;

    public static class Profile extends PublishedFeedProfile {
        @Override
        Map<String, String> more() {
            return Map.of("syncline.http.spool-reserve", "1000000000M");
        }
    }

    @Test
    @DisplayName("S1-03: without free space nothing is downloaded, the run says so, and no file is left")
    void saysThatItIsFull() {
        try (PublishedFeed feed = new PublishedFeed(port).publish(permits(3, "Inspection"), null, null)) {
            JsonPath run = RunCalls.awaitEnd(RunCalls.start("permits"));

            assertThat(run.getString("state")).isEqualTo("FAILED");
            assertThat(run.getString("error.code")).isEqualTo("SPOOL_FULL");
            assertThat(run.getBoolean("error.retryable")).isTrue();
            assertThat(feed.requests()).hasSize(1);
            assertThat(PublishedFeedProfile.spool()).isEmpty();
        }
    }
}
