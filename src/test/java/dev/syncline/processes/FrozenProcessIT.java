package dev.syncline.processes;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The process of a run is frozen past its lease, as by a hypervisor, and wakes up when others have gone on. */
class FrozenProcessIT {
    private static final Duration SLOW = Duration.ofMillis(50);
    private static final Duration TAKEN_OVER = Duration.ofSeconds(30);
    /** Long enough for whatever a process does after it woke up: its requests, its timers, its next look at the runs. */
    private static final Duration TIME_TO_ACT = Duration.ofSeconds(3);

    private static final String LEASE_LOST = "the lease was lost";
    private static final GeneratedFeed FEED = GeneratedFeed.of(6_000);

    static Replicas replicas;
    static Replica frozen;
    static Replica other;

    @BeforeAll
    static void start() {
        Replicas.provide(FEED, FEED.nextEdition());
        Map<String, String> settings = new HashMap<>(Replicas.batchesOf(100));
        settings.put("syncline.runs.lease", "4S");
        settings.put("syncline.runs.renew-interval", "1S");
        replicas = new Replicas(settings);
        List<Replica> both = replicas.start(2);
        frozen = both.get(0);
        other = both.get(1);
    }

    @AfterAll
    static void stop() {
        replicas.close();
    }

    @AfterEach
    void forget() {
        replicas.database().forgetPermits();
    }

    @Test
    @DisplayName("C0-05: a runner frozen past its lease changes nothing when it wakes up, and says why")
    void changesNothingAfterItWokeUp() {
        // Given a load of updates in its middle
        other.awaitEnd(other.start(FEED));
        replicas.brake(SLOW);
        String run = frozen.start(FEED.nextEdition());
        frozen.awaitWriting(run, 2_000);

        // When
        frozen.process().freeze();
        other.awaitAttempt(run, 2, TAKEN_OVER);
        replicas.brake(Duration.ZERO);
        JsonNode ended = other.awaitEnd(run);

        // Then
        assertThat(ended.path("state").asText()).isEqualTo("PARTIAL");
        assertThat(ended.path("attempts")).hasSize(2);
        wakesUpWithoutATrace();
        assertThat(frozen.run(run)).isEqualTo(ended);
    }

    @Test
    @DisplayName(
            "C0-05: what it was about to write when it froze does not overwrite what a newer run has written since")
    void overwritesNothingNewer() {
        // Given a first load in its middle, with writes on their way that do not arrive
        replicas.brake(SLOW);
        String run = frozen.start(FEED);
        frozen.awaitWriting(run, 2_000);
        frozen.line().stall();
        awaitBatchesOnTheirWay();

        // When another process ends the run and then loads the next edition
        frozen.process().freeze();
        other.awaitAttempt(run, 2, TAKEN_OVER);
        replicas.brake(Duration.ZERO);
        other.awaitEnd(run);
        JsonNode newer = other.awaitEnd(other.start(FEED.nextEdition()));

        // Then
        assertThat(newer.path("counts").path("updated").asInt()).isPositive();
        frozen.line().flow();
        wakesUpWithoutATrace();
    }

    /** Two batches are under way at any time; once nothing arrives any more, both wait in the line. */
    private static void awaitBatchesOnTheirWay() {
        Awaitility.await("the writes to stall").during(Duration.ofMillis(500)).until(noneArrive());
    }

    private static Callable<Boolean> noneArrive() {
        AtomicLong before = new AtomicLong();
        return () -> {
            long now = replicas.database().permits();
            return before.getAndSet(now) == now;
        };
    }

    private static void wakesUpWithoutATrace() {
        int before = lost();
        Map<String, List<RawBsonDocument>> bytes = replicas.database().bytes();
        frozen.process().thaw();
        Awaitility.await("the process to notice").atMost(Duration.ofSeconds(30)).until(() -> lost() > before);
        Awaitility.await("nothing to change")
                .during(TIME_TO_ACT)
                .atMost(TIME_TO_ACT.multipliedBy(4))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(replicas.database().bytes()).isEqualTo(bytes));
    }

    private static int lost() {
        return frozen.process().output().split(LEASE_LOST, -1).length - 1;
    }
}
