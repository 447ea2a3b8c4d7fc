package dev.syncline.dev;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

/** The application as {@code quarkus:dev} starts it: nothing is set, and the main job has run by itself. */
@QuarkusTest
@TestProfile(SampleImportsTest.Development.class)
class SampleImportsTest {

    public static class Development implements QuarkusTestProfile {
        @Override
        public String getConfigProfile() {
            return "dev";
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("syncline.dev.samples", "target/test-samples");
        }
    }

    @BeforeEach
    void theFirstRunHasEnded() {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> given().get("/api/syncs/permits")
                .then()
                .body("lastSuccess.trigger.actor", equalTo("startup"), "activeRun", equalTo(null)));
    }

    @Test
    void runsTheMainJobOnceByItself() {
        given().get("/api/runs?sync=permits")
                .then()
                .body("items", hasSize(1))
                .body("items[0].trigger.kind", equalTo("scheduled"))
                .body("items[0].counts.read", equalTo(6_015))
                .body("items[0].counts.added", equalTo(6_000))
                .body("items[0].counts.duplicates", equalTo(12))
                .body("items[0].counts.rejected", equalTo(3));
    }

    @Test
    void saysWhatToTry() {
        given().get("/dev")
                .then()
                .statusCode(200)
                .contentType(ContentType.TEXT)
                .body(containsString(
                        Path.of("target/test-samples").toAbsolutePath().toString()))
                .body(containsString("sample-2.json"))
                .body(containsString("Sheets    http://127.0.0.1:"))
                .body(containsString("sample-devices"))
                .body(containsString("sample-sales"))
                .body(not(containsString("%s")));
    }
}
