package dev.syncline.processes;

import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A process is asked to end in mid-run, as at each roll-out. */
class StoppedProcessIT {
    private static final Duration SLOW = Duration.ofMillis(50);
    private static final Duration EXIT = Duration.ofSeconds(20);
    private static final GeneratedFeed FEED = GeneratedFeed.of(6_000);

    private Replicas replicas;
    private Replica stopped;
    private Replica other;

    @BeforeAll
    static void loadUndisturbed() {
        assertThat(UndisturbedLoad.of(FEED).first().permits()).hasSize(FEED.permits());
    }

    @BeforeEach
    void start() {
        Map<String, String> settings = new HashMap<>(Replicas.batchesOf(100));
        // A hand-over that counted as a failure would end the run.
        settings.put("syncline.runs.max-attempts", "1");
        replicas = new Replicas(settings);
        List<Replica> both = replicas.start(2);
        stopped = both.get(0);
        other = both.get(1);
        replicas.brake(SLOW);
    }

    @AfterEach
    void stop() {
        replicas.close();
    }

    @Test
    @DisplayName(
            "C0-52: SIGTERM hands the run over at once, ends streams and waiting calls cleanly, and the process exits")
    void handsItsRunOver() throws Exception {
        // Given a run in its middle, two who follow it and one who waits for its end
        String run = stopped.start(FEED);
        stopped.awaitWriting(run, 2_000);
        try (EventClient all = stopped.api().events("", Map.of());
                EventClient one = stopped.api().events("?run=" + run, Map.of())) {
            all.awaitState(run, "RUNNING");
            one.awaitState(run, "RUNNING");

            // When
            Instant asked = Instant.now();
            stopped.process().terminate();
            List<Integer> statuses = triggerUntilNobodyListens();
            int exitCode = stopped.process().exitCode();
            Duration took = Duration.between(asked, Instant.now());

            // Then
            Measured.tell("C0-52 SIGTERM to exit", took);
            assertThat(took).isLessThan(EXIT);
            assertThat(exitCode).isIn(0, 143);
            assertThat(statuses).isSubsetOf(409, 503);
            assertThat(all.awaitEnd()).isEqualTo(EventClient.End.COMPLETE);
            assertThat(one.awaitEnd()).isEqualTo(EventClient.End.COMPLETE);
        }
        JsonNode next = other.awaitAttempt(run, 2, Duration.ofSeconds(10));
        JsonNode first = next.path("attempts").path(0);
        assertThat(first.path("error").path("code").asText()).isEqualTo("HANDED_OVER");
        Duration gap = Duration.between(
                Instant.parse(first.path("endedAt").asText()),
                Instant.parse(next.path("attempts").path(1).path("startedAt").asText()));
        Measured.assertMostly("C0-52 hand-over to next attempt", List.of(gap), Duration.ofSeconds(2));
        replicas.brake(Duration.ZERO);
        UndisturbedLoad.of(FEED).first().assertSameAs(replicas.database(), other.awaitEnd(run));
        assertThat(replicas.database().collection("runs").countDocuments()).isEqualTo(1);
    }

    private List<Integer> triggerUntilNobodyListens() {
        List<Integer> statuses = new ArrayList<>();
        Awaitility.await("the process to stop listening").atMost(EXIT).until(() -> {
            try {
                statuses.add(stopped.trigger(FEED, Map.of()).status());
                return false;
            } catch (java.io.UncheckedIOException e) {
                return e.getCause() instanceof ConnectException
                        || !stopped.process().isAlive();
            }
        });
        return statuses;
    }

    @Test
    @DisplayName("C0-52: whoever waits for a run's end is answered with the run as it is")
    void answersThoseWhoWait() throws Exception {
        // Given
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(() -> stopped.trigger(FEED, Map.of("Prefer", "wait=60")));
        String run = Awaitility.await("the run to begin")
                .until(() -> other.api().get("/api/runs?state=RUNNING").body().path("items"), runs -> !runs.isEmpty())
                .path(0)
                .path("id")
                .asText();

        // When
        stopped.process().terminate();
        Answer answer = waiting.get(20, TimeUnit.SECONDS);

        // Then
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("task_id").asText()).isEqualTo(run);
    }

    @Test
    @DisplayName("C0-52: SIGTERM while MongoDB does not answer: no new run, streams end, exit within 20 s")
    void endsWithoutItsDatabase() throws Exception {
        // Given
        String run = stopped.start(FEED);
        stopped.awaitWriting(run, 1_000);
        try (EventClient follower = stopped.api().events("", Map.of())) {
            follower.awaitState(run, "RUNNING");
            stopped.line().stall();

            // When
            Instant asked = Instant.now();
            stopped.process().terminate();
            Awaitility.await("the process to refuse new runs")
                    .until(() -> stopped.trigger(FEED, Map.of()).status() == 503);
            int exitCode = stopped.process().exitCode();
            Duration took = Duration.between(asked, Instant.now());

            // Then
            Measured.tell("C0-52 SIGTERM to exit, MongoDB away", took);
            assertThat(took).isLessThan(EXIT);
            assertThat(exitCode).isIn(0, 143);
            assertThat(follower.awaitEnd()).isEqualTo(EventClient.End.COMPLETE);
        }
    }
}
