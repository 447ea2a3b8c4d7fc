package dev.syncline.processes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The source is down, and a run waits for its next attempt. */
class WaitingRetryIT {
    private static final GeneratedFeed FEED = GeneratedFeed.of(500);
    private static final Duration SHORT = Duration.ofSeconds(3);

    static FeedServer source;
    static Replicas replicas;
    static Replica replica;
    static Replica other;

    @BeforeAll
    static void start() {
        Replicas.provide(FEED);
        source = new FeedServer();
        replicas = new Replicas(Map.of(
                "syncline.permits.source",
                source.origin() + "/permits.json",
                "syncline.http.allowed-hosts",
                source.origin(),
                "syncline.runs.retry-delays",
                SHORT.toSeconds() + "S,10M",
                "syncline.runs.retry-jitter",
                "0"));
        startBoth();
    }

    private static void startBoth() {
        List<Replica> both = replicas.start(2);
        replica = both.get(0);
        other = both.get(1);
    }

    @AfterAll
    static void stop() {
        replicas.close();
        source.close();
    }

    @AfterEach
    void forget() {
        replicas.database().forgetPermits();
    }

    @Test
    @DisplayName(
            "C0-07: a run that waits for its retry survives the end of all processes; the next one makes the attempt")
    void survivesARestart() {
        // Given
        source.failWith(500, Map.of());
        String run = startFromSource();
        JsonNode waiting = awaitWaiting(run, 1);
        assertThat(delay(waiting)).isEqualTo(SHORT);

        // When
        replica.process().kill();
        other.process().kill();
        source.serve(Replicas.fileOf(FEED));
        startBoth();

        // Then
        JsonNode ended = replica.awaitEnd(run);
        assertSecondAttemptLoaded(ended);
        assertThat(attempt(ended, 2).path("startedAt").asText())
                .isGreaterThanOrEqualTo(waiting.path("nextAttemptAt").asText());
    }

    @Test
    @DisplayName("C0-07: a manual trigger makes the waiting attempt start now, in the same run")
    void manualTriggerStartsTheAttemptNow() {
        // Given a run that waits for ten minutes
        source.failWith(500, Map.of());
        String run = startFromSource();
        JsonNode waiting = awaitWaiting(run, 2);
        assertThat(delay(waiting)).isEqualTo(Duration.ofMinutes(10));

        // When
        source.serve(Replicas.fileOf(FEED));
        Answer answer = replica.api().post("/api/syncs/permits/runs");

        // Then
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("id").asText()).isEqualTo(run);
        JsonNode ended = replica.awaitEnd(run);
        assertThat(ended.path("attempts")).hasSize(3);
        assertLoaded(ended);
        assertThat(replicas.database().collection("runs").countDocuments()).isEqualTo(1);
    }

    @Test
    @DisplayName("C0-07: a Retry-After that is longer than the delay is honoured")
    void waitsAsLongAsTheSourceAsks() {
        // Given
        source.failWith(503, Map.of("Retry-After", "900"));

        // When
        String run = startFromSource();

        // Then
        JsonNode waiting = awaitWaiting(run, 1);
        assertThat(delay(waiting)).isEqualTo(Duration.ofMinutes(15));
        replica.cancel(run);
        assertThat(replica.awaitEnd(run).path("state").asText()).isEqualTo("CANCELLED");
    }

    @Test
    @DisplayName("C0-07: what the source refuses for good is not tried again")
    void doesNotRepeatARefusal() {
        source.failWith(403, Map.of());
        int before = source.asked();

        JsonNode ended = replica.awaitEnd(startFromSource());

        assertThat(ended.path("state").asText()).isEqualTo("FAILED");
        assertThat(ended.path("attempts")).hasSize(1);
        assertThat(source.asked() - before).isEqualTo(1);
    }

    /** Sooner or later the runner hears of its failure before it hears of the cancel. */
    @RepeatedTest(3)
    @DisplayName(
            "C0-06: a cancel that meets the source's failure in a retry ends the run, which waits for nothing more")
    void cancelMeetsFailure() {
        // Given a run whose retry this one process makes
        source.failWith(500, Map.of());
        String run = startFromSource();
        awaitWaiting(run, 1);
        other.process().freeze();
        int before = source.asked();

        // When the attempt fails in the moment in which another process has asked for its end
        AtomicReference<Instant> asked = new AtomicReference<>();
        source.whileSilent(() -> {
            Awaitility.await("the request").until(() -> source.asked() > before);
            other.process().thaw();
            asked.set(Instant.now());
            other.cancel(run);
        });

        // Then
        JsonNode ended = replica.awaitEnd(run);
        assertThat(ended.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(ended.path("attempts")).hasSize(2);
        Duration took = Duration.between(
                asked.get(), Instant.parse(ended.path("completedAt").asText()));
        Measured.assertMostly("C0-06 cancel that meets a failure", List.of(took), Duration.ofSeconds(1));
    }

    private static String startFromSource() {
        Answer answer = replica.api().post("/api/syncs/permits/runs");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
        return answer.body().path("id").asText();
    }

    @CanIgnoreReturnValue
    private static JsonNode awaitWaiting(String run, int attempts) {
        return Awaitility.await("the run to wait after attempt " + attempts)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> replica.run(run),
                        r -> r.path("state").asText().equals("RETRY_WAIT")
                                && r.path("attempt").asInt() == attempts);
    }

    /** From the end of the latest attempt to the next. */
    private static Duration delay(JsonNode waiting) {
        JsonNode latest = attempt(waiting, waiting.path("attempt").asInt());
        return Duration.between(
                Instant.parse(latest.path("endedAt").asText()),
                Instant.parse(waiting.path("nextAttemptAt").asText()));
    }

    private static JsonNode attempt(JsonNode run, int number) {
        return run.path("attempts").path(number - 1);
    }

    private static void assertSecondAttemptLoaded(JsonNode ended) {
        assertThat(ended.path("attempts")).hasSize(2);
        assertThat(attempt(ended, 1).path("error").path("code").asText()).isEqualTo("SOURCE_FAILED");
        assertLoaded(ended);
    }

    private static void assertLoaded(JsonNode ended) {
        assertThat(ended.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("counts").path("added").asInt()).isEqualTo(FEED.permits());
        assertThat(replicas.database().permits()).isEqualTo(FEED.permits());
    }
}
