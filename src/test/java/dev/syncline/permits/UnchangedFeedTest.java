package dev.syncline.permits;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.permits.PublishedFeed.Behaviour;
import dev.syncline.platform.CapturedLog;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.status.RunCalls;

import static dev.syncline.permits.PermitFeed.permit;
import static dev.syncline.permits.PermitFeed.permits;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

/** Asking the source for news alone, and when not to. */
@QuarkusTest
@TestProfile(PublishedFeedProfile.class)
class UnchangedFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PERMITS = 20;
    private static final String MONDAY = "Mon, 02 Mar 2026 10:00:00 GMT";
    private static final String TUESDAY = "Tue, 03 Mar 2026 10:00:00 GMT";

    @Inject
    MongoDatabase database;

    @ConfigProperty(name = PublishedFeedProfile.PORT)
    int port;

    @ConfigProperty(name = "syncline.permits.import-directory")
    Path imports;

    private PublishedFeed feed;

    @BeforeEach
    void publish() {
        RunCalls.cancelAll();
        for (String collection : List.of("permits", "changes", "runs", "rejections", "sweeps", "dead_letters")) {
            var unused = database.collection(collection)
                    .deleteMany(new Document())
                    .await()
                    .atMost(PATIENCE);
        }
        PublishedFeedProfile.emptySpool();
        feed = new PublishedFeed(port).publish(permits(PERMITS, "Inspection"), "\"v1\"", null);
    }

    @AfterEach
    void close() {
        feed.close();
    }

    // --- what is asked

    static Stream<Arguments> validators() {
        return Stream.of(
                Arguments.of("\"v1\"", null),
                Arguments.of("W/\"v1\"", null),
                Arguments.of(null, MONDAY),
                Arguments.of("\"v1\"", MONDAY));
    }

    @ParameterizedTest
    @MethodSource("validators")
    @DisplayName("of a feed that is read, the next run asks for news alone, and ends at once when there are none")
    void asksForNews(String etag, String lastModified) {
        // Given
        feed.publish(permits(PERMITS, "Inspection"), etag, lastModified);
        JsonPath first = run();
        assertThat(feed.last().conditional()).isFalse();
        assertThat(first.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(first.getBoolean("source.unchanged")).isFalse();
        assertThat(first.getInt("counts.added")).isEqualTo(PERMITS);

        // When
        JsonPath second = run();

        // Then
        assertThat(feed.last().ifNoneMatch()).isEqualTo(etag);
        assertThat(feed.last().ifModifiedSince()).isEqualTo(lastModified);
        assertThat(second.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(second.getString("progress.stage")).isEqualTo("finished");
        assertThat(second.<String, Integer>getMap("counts").values()).containsOnly(0);
        assertThat(second.getList("warnings")).isEmpty();
        assertThat(second.getBoolean("source.unchanged")).isTrue();
        assertThat(second.getString("source.etag")).isEqualTo(etag);
        assertThat(second.getString("source.lastModified")).isEqualTo(lastModified);
        assertThat(second.getString("source.readAt")).isEqualTo(first.getString("source.checkedAt"));
        assertThat(second.getString("source.changedSince")).isEqualTo(first.getString("source.checkedAt"));
        assertThat(instant(second, "source.checkedAt")).isAfter(instant(first, "source.checkedAt"));
        assertThat(second.getString("source.snapshot")).isNull();
        assertThat(PublishedFeedProfile.spool()).isEmpty();

        // When news come
        feed.publish(permits(PERMITS + 1, "Inspection"), "\"v2\"", TUESDAY);
        JsonPath third = run();

        // Then they are read
        assertThat(feed.last().conditional()).isTrue();
        assertThat(third.getInt("counts.added")).isEqualTo(1);
        assertThat(third.getInt("counts.unchanged")).isEqualTo(PERMITS);
        assertThat(third.getBoolean("source.unchanged")).isFalse();
        assertThat(third.getString("source.etag")).isEqualTo("\"v2\"");
        assertThat(third.getString("source.changedSince")).isEqualTo(third.getString("source.checkedAt"));
    }

    @Test
    void saysSoInTheLog() {
        run();
        try (CapturedLog log = new CapturedLog()) {
            run();
            assertThat(log.records())
                    .extracting(ExtLogRecord::getFormattedMessage)
                    .anyMatch(line -> line.startsWith("attempt 1 ends, state=SUCCEEDED source=unchanged read=0"))
                    .noneMatch(line -> line.contains(PublishedFeedProfile.SECRET));
        }
    }

    @Test
    @DisplayName("C0-44, C0-46: what an address keeps in its query is told to nobody")
    void keepsTheQueryToItself() {
        run();
        assertThat(feed.last().target()).isEqualTo("/permits.json?key=" + PublishedFeedProfile.SECRET);
        String runs = given().get("/api/runs").asString();
        assertThat(runs).contains("http://127.0.0.1:" + port + "/permits.json?…");
        assertThat(runs
                        + given().get("/api/sync").asString()
                        + given().get("/api/syncs").asString())
                .doesNotContain(PublishedFeedProfile.SECRET);
        assertThat(runs(new Document()).toString()).doesNotContain(PublishedFeedProfile.SECRET);
    }

    @Test
    @DisplayName("C0-44, C0-46: nor is it told of a run that was given up")
    void keepsTheQueryOfADeadLetterToItself() {
        // Given
        feed.behaves(Behaviour.down);
        String address = "http://127.0.0.1:%d/permits.json?key=%s".formatted(port, PublishedFeedProfile.SECRET);

        // When
        PermitFeed.sync("?wait=true", address).then().statusCode(500);

        // Then
        String letters = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> given().get("/api/dead-letters?state=OPEN").asString(),
                        all -> all.contains("permits.json"));
        assertThat(letters).contains("/permits.json?…").doesNotContain(PublishedFeedProfile.SECRET);
        assertThat(given().get("/api/runs").asString()).doesNotContain(PublishedFeedProfile.SECRET);
    }

    @Test
    void readsWhatAForgetfulSourceSendsAgain() {
        JsonPath first = run();
        feed.behaves(Behaviour.forgetful);

        JsonPath second = run();

        assertThat(feed.last().conditional()).isTrue();
        assertThat(second.getInt("counts.unchanged")).isEqualTo(PERMITS);
        assertThat(second.getBoolean("source.unchanged")).isFalse();
        assertThat(second.getString("source.changedSince")).isEqualTo(first.getString("source.changedSince"));
        assertThat(second.getString("source.readAt")).isEqualTo(second.getString("source.checkedAt"));
    }

    @Test
    void takesANewTagOnTheSameRowsForNoChange() {
        JsonPath first = run();
        feed.publish(permits(PERMITS, "Inspection"), "\"copied-again\"", null);

        JsonPath second = run();

        assertThat(second.getInt("counts.unchanged")).isEqualTo(PERMITS);
        assertThat(second.getString("source.changedSince")).isEqualTo(first.getString("source.changedSince"));
    }

    @Test
    void refuses304ToWhoDidNotAskForIt() {
        feed.behaves(Behaviour.mute);

        JsonPath run = run();

        assertThat(run.getString("state")).isEqualTo("FAILED");
        assertThat(run.getString("error.code")).isEqualTo("SOURCE_REFUSED");
        assertThat(run.getString("error.message")).contains("304");
        assertThat(run.getInt("attempt")).isEqualTo(1);
    }

    // --- when not to ask

    @Test
    @DisplayName("a source that says 304 for ever is found out by the full read that comes after its time")
    void readsInFullNowAndThen() {
        // Given
        run();
        feed.behaves(Behaviour.stuck);
        feed.publish(permits(PERMITS + 2, "Inspection"), "\"v1\"", null);
        assertThat(run().getBoolean("source.unchanged")).isTrue();

        // When the last full read is seven days old
        age("readAt", Duration.ofDays(7));
        JsonPath found = run();

        // Then
        assertThat(feed.last().conditional()).isFalse();
        assertThat(found.getInt("counts.added")).isEqualTo(2);
        assertThat(found.getString("state")).isEqualTo("PARTIAL");
        assertThat(found.getList("warnings.code")).containsExactly("SOURCE_CHANGED_UNTOLD");
        assertThat(found.getString("source.changedSince")).isEqualTo(found.getString("source.checkedAt"));
    }

    @Test
    void asksUntilTheFullReadIsDue() {
        run();
        age("readAt", Duration.ofDays(7).minusHours(1));
        assertThat(run().getBoolean("source.unchanged")).isTrue();
    }

    @Test
    void believesNoReadThatLiesAhead() {
        run();
        age("readAt", Duration.ofDays(-1));
        run();
        assertThat(feed.last().conditional()).isFalse();
    }

    @Test
    @DisplayName("a record that cannot be read is set aside again whenever it is read, so it is no reason to")
    void asksAfterARunThatSetRecordsAside() {
        List<String> records = new java.util.ArrayList<>(permits(PERMITS, "Inspection"));
        records.add(permit("", "Inspection"));
        feed.publish(records, "\"v1\"", null);
        assertThat(run().getString("state")).isEqualTo("PARTIAL");

        assertThat(run().getBoolean("source.unchanged")).isTrue();

        assertThat(feed.last().conditional()).isTrue();
    }

    @Test
    @DisplayName("a sweep that waits for a person is a reason to look again")
    void readsInFullAfterAHeldSweep() {
        run();
        feed.publish(permits(PERMITS - PERMITS / 6, "Inspection"), "\"v2\"", null);
        assertThat(run().getList("warnings.code")).containsExactly("SWEEP_HELD");

        run();

        assertThat(feed.last().conditional()).isFalse();
    }

    @Test
    @DisplayName("a run that failed may have written something else, so the next one reads in full")
    void readsInFullAfterAFailedRun() {
        // Given
        run();
        Stream<String> keyless = Stream.generate(() -> permit("", "Closed")).limit(30);
        feed.publish(Stream.concat(permits(PERMITS, "Closed").stream(), keyless).toList(), "\"v2\"", null);
        JsonPath failed = run();
        assertThat(failed.getString("error.code")).isEqualTo("TOO_MANY_REJECTED");
        assertThat(failed.getInt("counts.updated")).isEqualTo(PERMITS);

        // When the source takes that back
        feed.publish(permits(PERMITS, "Inspection"), "\"v1\"", null);
        JsonPath run = run();

        // Then
        assertThat(feed.last().conditional()).isFalse();
        assertThat(run.getInt("counts.updated")).isEqualTo(PERMITS);
        // And from then on it asks again
        assertThat(run().getBoolean("source.unchanged")).isTrue();
    }

    @Test
    void readsInFullWhatAnotherVersionRead() {
        run();
        set("reader", "0.9");
        run();
        assertThat(feed.last().conditional()).isFalse();
    }

    @Test
    void readsInFullWhatLiesElsewhere() {
        run();
        String other = "http://127.0.0.1:%d/permits.json?key=another".formatted(port);
        PermitFeed.sync("?wait=true", other)
                .then()
                .statusCode(200)
                .body("sync_run.records_unchanged", equalTo(PERMITS));
        assertThat(feed.last().conditional()).isFalse();
        run();
        assertThat(feed.last().conditional()).isFalse();
    }

    @Test
    void readsInFullOnADryRun() {
        run();
        JsonPath dry = run("{\"mode\": \"dry-run\"}");
        assertThat(feed.last().conditional()).isFalse();
        assertThat(dry.getInt("counts.unchanged")).isEqualTo(PERMITS);
        // And a dry run stands in nobody's way
        assertThat(run().getBoolean("source.unchanged")).isTrue();
    }

    @Test
    void readsInFullWhenAskedTo() {
        run();
        JsonPath full = run("{\"full\": true}");
        assertThat(feed.last().conditional()).isFalse();
        assertThat(full.getInt("counts.unchanged")).isEqualTo(PERMITS);
        assertThat(run("{\"full\": false}").getBoolean("source.unchanged")).isTrue();
    }

    @Test
    void readsInFullWhenThePermitsFamilyAsksTo() {
        String address = "http://127.0.0.1:%d/permits.json".formatted(port);
        PermitFeed.sync("?wait=true", address).then().statusCode(200);
        PermitFeed.sync("?wait=true", address)
                .then()
                .statusCode(200)
                .body("sync_run.status", equalTo("completed"))
                .body("sync_run.records_total", equalTo(0))
                .body("sync_run.snapshot_path", nullValue());
        given().contentType("application/json")
                .body(Map.of("file_path", address, "full", true))
                .post("/api/sync?wait=true")
                .then()
                .statusCode(200)
                .body("sync_run.records_unchanged", equalTo(PERMITS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yes\"", "1", "{}"})
    void needsToKnowWhetherInFull(String full) {
        given().contentType("application/json")
                .body("{\"file_path\": \"http://127.0.0.1:%d/permits.json\", \"full\": %s}".formatted(port, full))
                .post("/api/sync")
                .then()
                .statusCode(400)
                .body("error", equalTo("full must be true or false"));
        given().get("/api/runs").then().body("items.size()", equalTo(0));
    }

    // --- what follows from it

    @Test
    @DisplayName("S1-30: the floor is that of the last run that read, however many found nothing new since")
    void keepsTheFloor() {
        // Given
        run();
        assertThat(run().getBoolean("source.unchanged")).isTrue();
        assertThat(run().getBoolean("source.unchanged")).isTrue();

        // When
        feed.publish(permits(15, "Inspection"), "\"v2\"", null);
        JsonPath shrunk = run();

        // Then
        assertThat(shrunk.getString("error.code")).isEqualTo("FEED_SHRUNK");
        assertThat(shrunk.getString("error.message")).contains("15 records, at least 16 are due");
    }

    @Test
    @DisplayName("S1-31: what is absent later was last seen when the source last said that nothing has changed")
    void countsAsSeen() {
        // Given
        run();
        JsonPath unchanged = run();
        String asOf = unchanged.getString("startedAt");
        given().get("/api/syncs/permits")
                .then()
                .body("freshness.dataAsOf", equalTo(asOf))
                .body("lastSuccess.id", equalTo(unchanged.getString("id")));
        String gone = "24 %06d BLD--00".formatted(PERMITS);
        assertThat(lastSeen(gone)).isEqualTo(asOf);

        // When
        feed.publish(permits(PERMITS - 1, "Inspection"), "\"v2\"", null);
        assertThat(run().getInt("counts.absent")).isEqualTo(1);

        // Then
        assertThat(lastSeen(gone)).isEqualTo(asOf);
    }

    @Test
    @DisplayName("a feed that has been the same for longer than allowed is told of in each run, which ends partial")
    void warnsOfAFeedThatNeverChanges() {
        // Given
        run();
        age("changedSince", Duration.ofDays(14).plusMinutes(1));

        // When the source says so, and when it is read
        JsonPath told = run();
        JsonPath read = run();

        // Then
        assertThat(told.getBoolean("source.unchanged")).isTrue();
        assertThat(read.getBoolean("source.unchanged")).isFalse();
        for (JsonPath run : List.of(told, read)) {
            assertThat(run.getString("state")).isEqualTo("PARTIAL");
            assertThat(run.getList("warnings.code")).containsExactly("SOURCE_UNCHANGED");
            assertThat(run.getString("warnings[0].message")).contains("(14 days)");
        }

        // When it changes at last
        feed.publish(permits(PERMITS, "Closed"), "\"v2\"", null);

        // Then
        assertThat(run().getString("state")).isEqualTo("SUCCEEDED");
    }

    @Test
    void warnsOfNothingOnTheFourteenthDay() {
        run();
        age("changedSince", Duration.ofDays(14).minusMinutes(1));
        assertThat(run().getString("state")).isEqualTo("SUCCEEDED");
    }

    @Test
    void readsFilesEachTime() {
        PermitFeed.write(imports, "same.json", permits(PERMITS, "Inspection"));
        for (int total : new int[] {PERMITS, PERMITS}) {
            PermitFeed.sync("?wait=true", "same.json")
                    .then()
                    .statusCode(200)
                    .body("sync_run.records_total", equalTo(total))
                    .body("sync_run.snapshot_path", equalTo("same.json"));
        }
    }

    @Test
    @DisplayName("C0-57: a run of a version that kept no such record is read, and the next one reads in full")
    void goesOnBehindAnOlderVersion() {
        run();
        var unused = database.collection("runs")
                .updateMany(new Document(), Updates.unset("progress.source"))
                .await()
                .atMost(PATIENCE);

        JsonPath run = run();

        assertThat(feed.last().conditional()).isFalse();
        assertThat(run.getInt("counts.unchanged")).isEqualTo(PERMITS);
    }

    // --- the service

    @CanIgnoreReturnValue
    private static JsonPath run() {
        return run("{}");
    }

    private static JsonPath run(String start) {
        return RunCalls.awaitEnd(given().contentType("application/json")
                .body(start)
                .post("/api/syncs/permits/runs")
                .then()
                .statusCode(202)
                .extract()
                .path("id"));
    }

    /** As if what the newest run knows had been so much earlier. */
    private void age(String field, Duration by) {
        Document newest = runs(new Document("_id", -1)).get(0);
        Date now = newest.getEmbedded(List.of("progress", "source", field), Date.class);
        update(newest, field, Date.from(now.toInstant().minus(by)));
    }

    private void set(String field, Object value) {
        update(runs(new Document("_id", -1)).get(0), field, value);
    }

    private void update(Document run, String field, Object value) {
        var unused = database.collection("runs")
                .updateOne(Filters.eq("_id", run.get("_id")), Updates.set("progress.source." + field, value))
                .await()
                .atMost(PATIENCE);
    }

    private List<Document> runs(Document order) {
        return database.collection("runs")
                .find(new io.quarkus.mongodb.FindOptions().sort(order))
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
    }

    private static String lastSeen(String permit) {
        return given().get("/api/permits/" + permit).jsonPath().getString("permit.last_seen_at");
    }

    private static Instant instant(JsonPath run, String field) {
        return Instant.parse(run.getString(field));
    }
}
