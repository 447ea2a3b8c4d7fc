package dev.syncline.permits;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.syncline.permits.PublishedFeed.Behaviour;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.status.RunCalls;

import static dev.syncline.permits.PermitFeed.permits;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** What a run that names no feed does with the configured one: it downloads it, works on the file, and removes it. */
@QuarkusTest
@TestProfile(PublishedFeedProfile.class)
class SpooledFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** So many that a run is seen at work on them. */
    private static final int MANY = 15_000;

    @Inject
    MongoDatabase database;

    @ConfigProperty(name = PublishedFeedProfile.PORT)
    int port;

    private PublishedFeed feed;

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
        feed = new PublishedFeed(port).publish(permits(3, "Inspection"), "\"v1\"", null);
    }

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    @DisplayName(
            "S1-03: the feed lies in the spool before it is read, its path is in the run, and it goes with the run")
    void worksOnADownload() {
        // Given
        feed.publish(permits(MANY, "Inspection"), "\"v1\"", null);

        // When
        String run = start();
        JsonPath atWork = await(run, now -> now.getString("source.snapshot") != null);

        // Then
        Path file = Path.of(atWork.getString("source.snapshot"));
        assertThat(file).exists().isRegularFile().hasParent(PublishedFeedProfile.SPOOL);
        assertThat(atWork.getString("state")).isEqualTo("RUNNING");
        assertThat(atWork.getString("progress.stage")).isIn("checking", "writing");
        assertThat(atWork.getBoolean("source.kept")).isFalse();
        assertThat(file.getFileName().toString())
                .isEqualTo("permits-%s-%s-1.json"
                        .formatted(atWork.getString("startedAt").substring(0, 10), run));
        assertThat(newestOfTheFamily().getString("snapshot_path")).isEqualTo(file.toString());

        // And when it is over
        JsonPath ended = RunCalls.awaitEnd(run);
        assertThat(ended.getInt("counts.added")).isEqualTo(MANY);
        assertThat(newestOfTheFamily().getString("snapshot_path")).isEqualTo(file.toString());
        awaitEmptySpool();
    }

    @Test
    @DisplayName("S1-03: what is on its way has no path yet, and goes when the run is cancelled")
    void leavesNothingOfACancelledDownload() {
        feed.behaves(Behaviour.slow);

        String run = start();
        JsonPath fetching = await(run, now -> now.getLong("progress.bytesRead") > 0);
        assertThat(fetching.getString("progress.stage")).isEqualTo("fetching");
        assertThat(fetching.getString("source.feed")).endsWith("/permits.json?…");
        assertThat(fetching.getString("source.snapshot")).isNull();
        assertThat(newestOfTheFamily().getString("snapshot_path")).isNull();
        assertThat(PublishedFeedProfile.spool())
                .singleElement()
                .satisfies(file -> assertThat(file.getFileName().toString()).endsWith(run + "-1.part"));

        given().post("/api/runs/" + run + "/cancel").then().statusCode(202);

        assertThat(RunCalls.awaitEnd(run).getString("state")).isEqualTo("CANCELLED");
        awaitEmptySpool();
    }

    @Test
    @DisplayName("S1-03: a cancelled run takes its file along")
    void leavesNothingOfACancelledRun() {
        feed.publish(permits(MANY, "Inspection"), "\"v1\"", null);
        String run = start();
        JsonPath atWork = await(run, now -> now.getString("source.snapshot") != null);

        given().post("/api/runs/" + run + "/cancel").then().statusCode(202);

        assertThat(RunCalls.awaitEnd(run).getString("state")).isEqualTo("CANCELLED");
        assertThat(newestOfTheFamily().getString("snapshot_path")).isEqualTo(atWork.getString("source.snapshot"));
        awaitEmptySpool();
    }

    static Stream<Arguments> failures() {
        byte[] good = array(permits(3, "Inspection"));
        return Stream.of(
                Arguments.of("no feed", Behaviour.honest, "<html>".getBytes(StandardCharsets.UTF_8), "FEED_NOT_JSON"),
                Arguments.of("a cut transfer", Behaviour.cut, good, "SOURCE_CUT"),
                Arguments.of("half a gzip", Behaviour.honest, half(PublishedFeed.gzip(good)), "FEED_TRUNCATED"),
                Arguments.of("too many bytes", Behaviour.honest, new byte[17 << 20], "SOURCE_TOO_LARGE"),
                Arguments.of("a gzip bomb", Behaviour.honest, bomb(), "SOURCE_TOO_LARGE"),
                Arguments.of("a source that is down", Behaviour.down, good, "SOURCE_FAILED"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    @DisplayName("S1-03, S1-07: a feed that cannot be had or read fails the one run, and leaves no file")
    void leavesNothingOfAFailedRun(String what, Behaviour behaviour, byte[] body, String code) {
        feed.publish(body, null, null).behaves(behaviour);

        JsonPath run = RunCalls.awaitEnd(start());

        assertThat(run.getString("state")).isEqualTo("FAILED");
        assertThat(run.getString("error.code")).isEqualTo(code);
        given().get("/api/runs").then().body("items.size()", org.hamcrest.Matchers.equalTo(1));
        assertThat(database.collection("permits").countDocuments().await().atMost(PATIENCE))
                .isZero();
        awaitEmptySpool();
    }

    @Test
    @DisplayName("S1-03: gzip is spooled as it came")
    void spoolsGzip() {
        feed.publish(PublishedFeed.gzip(array(permits(7, "Inspection"))), null, null);

        JsonPath run = RunCalls.awaitEnd(start());

        assertThat(run.getInt("counts.added")).isEqualTo(7);
        assertThat(run.getString("source.snapshot")).endsWith("-1.json.gz");
        awaitEmptySpool();
    }

    @Test
    @DisplayName("the family's own trigger starts the same run as the syncs'")
    void isTheSameForTheFamily() {
        JsonPath own = RunCalls.awaitEnd(start());
        feed.publish(permits(3, "Closed"), "\"v2\"", null);
        String address = "http://127.0.0.1:%d/permits.json".formatted(port);
        PermitFeed.sync("?wait=true", address).then().statusCode(200);
        Map<String, Object> family = newestOfTheFamily().getMap("");

        assertThat(own.getInt("counts.added")).isEqualTo(3);
        assertThat(family).containsEntry("records_updated", 3);
        assertThat((String) family.get("snapshot_path")).endsWith(family.get("id") + "-1.json");
    }

    // --- feeds

    private static byte[] array(List<String> permits) {
        return ("[" + String.join(",", permits) + "]").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] half(byte[] all) {
        return java.util.Arrays.copyOf(all, all.length / 2);
    }

    /** A few KB that unpack to more than a feed may have. */
    private static byte[] bomb() {
        byte[] blanks = new byte[40 << 20];
        java.util.Arrays.fill(blanks, (byte) ' ');
        return PublishedFeed.gzip(blanks);
    }

    // --- the service

    private static String start() {
        return RunCalls.start("permits");
    }

    private static JsonPath await(String run, Predicate<JsonPath> reached) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> RunCalls.get(run), reached);
    }

    private static JsonPath newestOfTheFamily() {
        return given().get("/api/sync").jsonPath().setRootPath("runs[0]");
    }

    private static void awaitEmptySpool() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(PublishedFeedProfile.spool())
                .isEmpty());
    }
}
