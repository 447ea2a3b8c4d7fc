package dev.syncline.processes;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The process of a run is killed in mid-run, as by a node that loses its power. */
class KilledProcessIT {
    private static final Duration SLOW = Duration.ofMillis(50);
    private static final Duration TAKEN_OVER = Duration.ofSeconds(30);
    private static final GeneratedFeed FEED = GeneratedFeed.of(6_000);

    private Replicas replicas;
    private Replica runner;

    @BeforeAll
    static void loadUndisturbed() {
        assertThat(UndisturbedLoad.of(FEED).first().permits()).hasSize(FEED.permits());
    }

    @BeforeEach
    void start() {
        replicas = new Replicas(Replicas.batchesOf(100));
    }

    @AfterEach
    void stop() {
        replicas.close();
    }

    @Test
    @DisplayName(
            "C0-04, S1-33: another process takes a killed one's run over within 30 s, and no row is doubled or lost")
    void anotherProcessTakesOver() {
        // Given a first load in its middle
        var both = replicas.start(2);
        runner = both.get(0);
        Replica other = both.get(1);
        replicas.brake(SLOW);
        String run = runner.start(FEED);
        runner.awaitWriting(run, 2_000);

        replicas.database().set(run, Map.of("attempts.0.node", "node-7", "priority", "high"));

        // When
        Instant killedAt = Instant.now();
        runner.process().kill();
        other.awaitAttempt(run, 2, TAKEN_OVER);
        Duration took = Duration.between(killedAt, Instant.now());

        // Then
        Measured.tell("C0-04 kill to second attempt", took);
        assertThat(took).isLessThan(TAKEN_OVER);
        assertThat(replicas.database().permits()).as("rows of attempt 1").isGreaterThan(1_000);
        replicas.brake(Duration.ZERO);
        JsonNode ended = other.awaitEnd(run);
        assertInterruptedOnce(ended);
        assertThat(ended.path("counts").path("read").asInt()).isEqualTo(FEED.records());
        assertThat(ended.path("counts").path("added").asInt()).isEqualTo(FEED.permits());
        UndisturbedLoad.of(FEED).first().assertSameAs(replicas.database(), ended);
        // And what another version wrote into it is still there (C0-57)
        Document stored = replicas.database().run(run);
        assertThat(stored.getString("priority")).isEqualTo("high");
        assertThat(stored.getList("attempts", Document.class).get(0).getString("node"))
                .isEqualTo("node-7");
        // And a new trigger is accepted
        JsonNode again = other.awaitEnd(other.start(FEED));
        assertThat(again.path("counts").path("unchanged").asInt()).isEqualTo(FEED.permits());
    }

    @Test
    @DisplayName(
            "C0-04, S1-33: the only process is killed while it updates; restarted, it goes on, and counts as if undisturbed")
    void restartedProcessGoesOn() {
        // Given a second load in its middle
        runner = replicas.start();
        runner.awaitEnd(runner.start(FEED));
        replicas.brake(SLOW);
        String run = runner.start(FEED.nextEdition());
        runner.awaitWriting(run, 2_000);

        // When
        runner.process().kill();
        replicas.brake(Duration.ZERO);
        Replica restarted = replicas.start();
        restarted.awaitAttempt(run, 2, TAKEN_OVER);

        // Then
        JsonNode ended = restarted.awaitEnd(run);
        assertInterruptedOnce(ended);
        UndisturbedLoad.of(FEED).second().assertSameAs(replicas.database(), ended);
    }

    private static void assertInterruptedOnce(JsonNode run) {
        assertThat(run.path("attempts")).hasSize(2);
        JsonNode first = run.path("attempts").path(0);
        assertThat(first.path("error").path("code").asText()).isEqualTo("INTERRUPTED");
        assertThat(first.path("endedAt").asText()).isNotEmpty();
        assertThat(run.path("attempts").path(1).has("error")).isFalse();
    }
}
