package dev.syncline.status;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;
import jakarta.inject.Named;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.Ids;
import dev.syncline.status.EventReader.Event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;

/** {@code GET /api/events}, seen from a client's end of it. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class EventStreamTest {
    private static final int CONNECTS = 300;

    @Inject
    @Named("scripted")
    ScriptedSync scripted;

    @Inject
    Ids ids;

    @TestHTTPResource("/")
    URI root;

    @BeforeEach
    @AfterEach
    void endRuns() {
        RunCalls.cancelAll();
        scripted.does(scope -> ScriptedSync.succeeding());
    }

    @Test
    @DisplayName("C0-20: the latest state comes within 250 ms when nothing else goes on")
    void beginsWithTheLatestState() {
        // Given
        String run = RunCalls.runToEnd("scripted");
        try (EventReader warmUp = EventReader.open(root, "?sync=scripted")) {
            warmUp.awaitEndOf(run);
        }

        // When: the middle of several, so that somebody else's load on this machine does not decide
        List<Duration> times = IntStream.range(0, 9)
                .mapToObj(i -> {
                    try (EventReader reader = EventReader.open(root, "?sync=scripted")) {
                        Duration first = reader.firstAfter();
                        assertThat(reader.events().get(0).isEndOf(run)).isTrue();
                        return first;
                    }
                })
                .sorted(Comparator.naturalOrder())
                .toList();

        // Then
        assertThat(times.get(times.size() / 2)).isLessThan(Duration.ofMillis(250));
    }

    @Test
    @DisplayName("C0-20: each message is the whole run view, with its id and version")
    void tellsTheWholeView() {
        String run = RunCalls.runToEnd("scripted");

        try (EventReader reader = EventReader.open(root, "?sync=scripted")) {
            Event event = reader.awaitEndOf(run);
            assertThat(event.data()).isEqualTo(given().get("/api/runs/" + run).asString());
            assertThat(event.id()).isEqualTo(run + ":" + event.json().getLong("version"));
            assertThat(event.json().getString("state")).isEqualTo("SUCCEEDED");
        }
    }

    @Test
    @DisplayName("C0-20: each transition comes, versions rise, and progress comes at most four times a second")
    void tellsTransitionsAndSomeProgress() {
        // Given
        scripted.does(scope -> ScriptedSync.rowByRow(300, Duration.ofMillis(10)));
        try (EventReader reader = EventReader.open(root, "?sync=scripted")) {
            assertThat(reader.status()).isEqualTo(200);

            // When
            String run = RunCalls.start("scripted");
            reader.awaitEndOf(run);

            // Then
            List<Event> told = reader.of(run);
            assertThat(told).extracting(Event::state).containsSubsequence("QUEUED", "RUNNING", "SUCCEEDED");
            assertThat(told)
                    .extracting(Event::version)
                    .isSortedAccordingTo(Comparator.naturalOrder())
                    .doesNotHaveDuplicates();
            double seconds = RunCalls.get(run).getLong("durationMs") / 1000.0;
            long progress = told.stream()
                    .filter(event -> event.json().getLong("counts.read") > 0)
                    .filter(event -> event.state().equals("RUNNING"))
                    .count();
            assertThat(progress).isBetween(2L, Math.round(Math.ceil(seconds * 4)));
        }
    }

    @Test
    @DisplayName("C0-20: whenever a client connects around a short run, it learns of the run's end, versions rising")
    void missesNoEnd() {
        // Given
        ExecutorService clients = Executors.newFixedThreadPool(8);
        Random random = new Random(20);
        List<CompletableFuture<Void>> checks = new ArrayList<>();

        // When
        for (int connects = 0; connects < CONNECTS; connects += 6) {
            int steps = random.nextInt(4);
            int eachMs = 1 + random.nextInt(15);
            scripted.does(scope -> ScriptedSync.rowByRow(1 + steps, Duration.ofMillis(eachMs)));
            CompletableFuture<String> started = new CompletableFuture<>();
            for (int i = 0; i < 3; i++) {
                int early = random.nextInt(40);
                int late = random.nextInt(60);
                checks.add(
                        after(early, clients).thenAcceptAsync(x -> learnsOfTheEnd("?sync=scripted", started), clients));
                checks.add(started.thenCompose(run -> after(late, clients).thenApply(x -> run))
                        .thenAcceptAsync(run -> learnsOfTheEnd("?run=" + run, started), clients));
            }
            started.complete(RunCalls.start("scripted"));
            RunCalls.awaitEnd(started.join());
            // Who connects after the next run has begun is shown that one: each run's clients are done before.
            CompletableFuture.allOf(checks.toArray(CompletableFuture[]::new))
                    .orTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
                    .join();
        }

        // Then
        assertThat(checks).hasSize(CONNECTS).allSatisfy(check -> check.orTimeout(
                        60, java.util.concurrent.TimeUnit.SECONDS)
                .join());
        clients.shutdownNow();
    }

    private static CompletableFuture<Void> after(int millis, ExecutorService clients) {
        return CompletableFuture.runAsync(
                () -> {},
                CompletableFuture.delayedExecutor(millis, java.util.concurrent.TimeUnit.MILLISECONDS, clients));
    }

    private void learnsOfTheEnd(String query, CompletableFuture<String> started) {
        try (EventReader reader = EventReader.open(root, query)) {
            String run = started.join();
            reader.awaitEndOf(run);
            assertThat(reader.of(run))
                    .extracting(Event::version)
                    .isSortedAccordingTo(Comparator.naturalOrder())
                    .doesNotHaveDuplicates();
            assertThat(reader.of(run)).filteredOn(event -> event.isEndOf(run)).hasSize(1);
        }
    }

    @Test
    @DisplayName("C0-21: Last-Event-ID resumes: every end in between arrives")
    void resumesByEventId() {
        // Given
        Event last;
        try (EventReader reader = EventReader.open(root, "?sync=scripted")) {
            last = reader.awaitEndOf(RunCalls.runToEnd("scripted"));
        }
        List<String> missed = IntStream.range(0, 12)
                .mapToObj(i -> RunCalls.runToEnd("scripted"))
                .toList();

        // Then
        try (EventReader reader = EventReader.open(root, "?sync=scripted", last.id())) {
            missed.forEach(reader::awaitEndOf);
        }
        try (EventReader reader = EventReader.open(root, "?since=" + last.id())) {
            missed.forEach(reader::awaitEndOf);
        }
        try (EventReader reader = EventReader.open(root, "?since=1999-01-01T00:00:00Z", last.id())) {
            assertThat(reader.status())
                    .as("the header is newer than the address")
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("C0-21: ?since= resumes from an instant; without it only the latest state of each sync comes")
    void resumesByInstant() {
        // Given
        Instant before = Instant.now();
        List<String> missed = IntStream.range(0, 12)
                .mapToObj(i -> RunCalls.runToEnd("scripted"))
                .toList();
        String other = RunCalls.runToEnd("other");

        // Then
        try (EventReader reader = EventReader.open(root, "?since=" + before)) {
            missed.forEach(reader::awaitEndOf);
            reader.awaitEndOf(other);
        }
        try (EventReader reader = EventReader.open(root, "?sync=scripted&since=" + before)) {
            missed.forEach(reader::awaitEndOf);
            assertThat(reader.of(other)).isEmpty();
        }
        try (EventReader reader = EventReader.open(root, "?sync=scripted")) {
            reader.awaitEndOf(missed.get(11));
            assertThat(reader.of(missed.get(0))).isEmpty();
        }
    }

    @Test
    @DisplayName("C0-24: headers keep caches and proxies out of the way, and a heartbeat comes every ten seconds")
    void beats() {
        try (EventReader reader = EventReader.open(root, "")) {
            // Given
            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.header("Content-Type")).startsWith("text/event-stream");
            assertThat(reader.header("Cache-Control")).isEqualTo("no-cache, no-transform");
            assertThat(reader.header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(reader.header("x-request-id")).isNotBlank();

            // Then
            Event beat = reader.await(event -> event.name().equals("heartbeat"));
            assertThat(beat.id())
                    .as("a heartbeat must not become the Last-Event-ID")
                    .isEmpty();
            assertThat(Instant.parse(beat.json().getString("at")))
                    .isBefore(Instant.now().plusSeconds(1));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> reader.events().stream()
                                    .filter(event -> event.name().equals("heartbeat"))
                                    .count()
                            == 2);
        }
    }

    @Test
    @DisplayName("C0-25: a stream that follows one run ends right after the run's end")
    void endsWithItsRun() {
        // Given
        scripted.does(scope -> ScriptedSync.rowByRow(20, Duration.ofMillis(20)));
        String run = RunCalls.start("scripted");

        // When
        EventReader reader = EventReader.open(root, "?run=" + run);
        List<Event> events = reader.awaitEnd();

        // Then
        assertThat(events.get(events.size() - 1).isEndOf(run)).isTrue();
        assertThat(events).allSatisfy(event -> assertThat(event.run()).isEqualTo(run));
        Duration afterEnd = Duration.ofNanos(
                System.nanoTime() - events.get(events.size() - 1).atNanos());
        assertThat(afterEnd).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("C0-25: a browser that comes back is told the end once, and 204 when it knows it")
    void keepsABrowserFromComingBack() {
        String run = RunCalls.runToEnd("scripted");
        List<Event> events = EventReader.open(root, "?run=" + run).awaitEnd();
        assertThat(events).hasSize(1);
        String known = events.get(0).id();
        String older = run + ":1";

        assertThat(EventReader.open(root, "?run=" + run, older).awaitEnd()).hasSize(1);
        given().header("Last-Event-ID", known)
                .accept("text/event-stream")
                .get("/api/events?run=" + run)
                .then()
                .statusCode(204)
                .body(emptyString());
        String another = RunCalls.runToEnd("scripted");
        assertThat(EventReader.open(root, "?run=" + another, known).awaitEnd())
                .as("the end of one run says nothing of another")
                .hasSize(1);
    }

    @Test
    @DisplayName("C0-33: a stream of a run or sync that does not exist is refused, as is a since that is no time")
    void refusesWhatDoesNotExist() {
        given().get("/api/events?run=" + ids.next())
                .then()
                .statusCode(404)
                .body("detail", equalTo("there is no run of that id"));
        given().get("/api/events?sync=nobody")
                .then()
                .statusCode(400)
                .body("detail", equalTo("sync must be one of other, permits, roster, scripted, writeback"));
        given().accept("text/event-stream")
                .get("/api/events?since=yesterday")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_PARAMETER"));
    }
}
