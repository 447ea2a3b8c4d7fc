package dev.syncline.processes;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Three processes, of which one is five minutes ahead of the others, and one five minutes behind. */
class WrongClockIT {
    private static final Duration WRONG = Duration.ofMinutes(5);
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration SLOW = Duration.ofMillis(100);
    private static final Duration TAKEN_OVER = Duration.ofSeconds(30);
    private static final GeneratedFeed FEED = GeneratedFeed.of(3_000);
    private static final GeneratedFeed SMALL = GeneratedFeed.of(500);

    static Replicas replicas;
    static Replica right;
    static Replica ahead;
    static Replica behind;

    @BeforeAll
    static void start() {
        Replicas.provide(FEED, SMALL);
        Map<String, String> settings = new HashMap<>(Replicas.batchesOf(50));
        settings.put("syncline.runs.lease", LEASE.toSeconds() + "S");
        settings.put("syncline.runs.renew-interval", "500MS");
        replicas = new Replicas(settings);
        right = replicas.start();
        ahead = startWrongBy(WRONG);
        behind = startWrongBy(WRONG.negated());
    }

    @AfterAll
    static void stop() {
        replicas.close();
    }

    @AfterEach
    void forget() {
        replicas.brake(Duration.ZERO);
        replicas.database().forgetPermits();
    }

    @Test
    @DisplayName("C0-04: nobody takes over a run that lives, whosever clock is wrong")
    void leasesOfTheLivingNeedNoClock() {
        for (Replica runner : List.of(right, ahead, behind)) {
            // Given
            replicas.brake(SLOW);
            String run = runner.start(FEED);

            // When
            Awaitility.await("the run to outlast a lease")
                    .pollDelay(LEASE.plusSeconds(1))
                    .atMost(TAKEN_OVER)
                    .until(() -> runner.run(run).path("counts").path("read").asInt() > 0);

            // Then
            runner.cancel(run);
            JsonNode ended = runner.awaitEnd(run);
            assertThat(ended.path("state").asText()).isEqualTo("CANCELLED");
            assertThat(ended.path("attempts")).hasSize(1);
            forget();
        }
    }

    @Test
    @DisplayName("C0-04: a run of a dead process is taken over in time, whosever clock is wrong")
    void leasesOfTheDeadNeedNoClock() {
        // Given
        Replica doomed = startWrongBy(WRONG);
        replicas.brake(SLOW);
        String run = doomed.start(FEED);
        JsonNode begun = doomed.awaitWriting(run, 1_000);
        assertThat(Instant.parse(begun.path("queuedAt").asText()))
                .as("what a wrong clock says")
                .isCloseTo(Instant.now().plus(WRONG), within(Duration.ofMinutes(1)));

        // When
        doomed.process().kill();
        replicas.brake(Duration.ZERO);

        // Then
        right.awaitAttempt(run, 2, TAKEN_OVER);
        JsonNode ended = right.awaitEnd(run);
        assertThat(ended.path("attempts")).hasSize(2);
        assertThat(ended.path("durationMs").asLong()).isPositive();
        assertThat(ended.path("counts").path("added").asInt()).isEqualTo(FEED.permits());
    }

    @Test
    @DisplayName("C0-21: a client resumes without a gap from an event of a process whose clock is wrong")
    void resumesFromAWrongClock() {
        for (Replica first : List.of(ahead, behind)) {
            // Given a client that was cut off, and runs that ended meanwhile
            String seen = first.start(SMALL);
            first.awaitEnd(seen);
            String lastId;
            try (EventClient cutOff = right.api().events("", Map.of())) {
                lastId = cutOff.await("the run", event -> event.run().equals(seen))
                        .id();
            }
            List<String> missed = List.of(loadSmall(right), loadSmall(ahead), loadSmall(behind), loadSmall(right));

            // When
            try (EventClient resumed = right.api().events("", Map.of("Last-Event-ID", lastId))) {
                // Then
                missed.forEach(run -> resumed.awaitState(run, "SUCCEEDED"));
            }
            forget();
        }
    }

    private static String loadSmall(Replica replica) {
        String run = replica.start(SMALL);
        assertThat(replica.awaitEnd(run).path("state").asText()).isEqualTo("SUCCEEDED");
        return run;
    }

    private static Replica startWrongBy(Duration offset) {
        return replicas.start(replicas.line(), Map.of(), WrongClock.by(offset)).awaitReady();
    }
}
