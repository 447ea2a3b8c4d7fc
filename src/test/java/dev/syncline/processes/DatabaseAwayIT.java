package dev.syncline.processes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

/** MongoDB is away for a while: its port closed, or its network silent. */
class DatabaseAwayIT {
    private static final Duration SLOW = Duration.ofMillis(50);
    private static final Duration READY_AGAIN = Duration.ofSeconds(10);
    private static final GeneratedFeed FEED = GeneratedFeed.of(6_000);

    static Replicas replicas;
    static Replica replica;

    @BeforeAll
    static void start() {
        assertThat(UndisturbedLoad.of(FEED).first().permits()).hasSize(FEED.permits());
        Map<String, String> settings = new HashMap<>(Replicas.batchesOf(100));
        settings.put("syncline.runs.retry-delays", "1S");
        replicas = new Replicas(settings);
        replica = replicas.start();
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
    @DisplayName(
            "C0-50, C0-51: without MongoDB the process starts, lives, and names what is down; ready 10 s after its return")
    void startsWithoutMongo() {
        try (Replicas others = new Replicas(Map.of())) {
            // Given
            MongoLine line = others.line();
            line.cut();

            // When
            Replica started = others.start(line, Map.of(), List.of());

            // Then
            assertThat(started.api().get("/q/health/live").status()).isEqualTo(200);
            Answer notReady = started.api().get("/q/health/ready");
            assertThat(notReady.status()).isEqualTo(503);
            assertThat(notReady.body().toString()).contains("MongoDB does not answer");
            Answer refused = started.trigger(FEED, Map.of());
            assertThat(refused.status()).isEqualTo(503);
            assertThat(others.database().collection("runs").listIndexes()).isEmpty();

            // When
            Instant back = Instant.now();
            line.mend();
            started.awaitReady();

            // Then
            Measured.assertMostly(
                    "C0-51 MongoDB back to ready", List.of(Duration.between(back, Instant.now())), READY_AGAIN);
            assertThat(others.database().collection("runs").listIndexes().into(new ArrayList<>()))
                    .extracting(index -> index.getString("name"))
                    .contains("one_active");
            assertThat(started.trigger(FEED, Map.of()).status()).isEqualTo(202);
        }
    }

    @Test
    @DisplayName("C0-51: MongoDB breaks off for 5 s in mid-run: the run goes on, and counts as if undisturbed")
    void goesOnAfterAShortBreak() {
        String run = runInItsMiddle();

        replica.line().cut();
        staysAliveFor(Duration.ofSeconds(5));
        replica.line().mend();

        endsAsIfUndisturbed(run);
    }

    @Test
    @DisplayName("C0-51: MongoDB is silent for 25 s in mid-run: the run goes on, and counts as if undisturbed")
    void goesOnAfterALongSilence() {
        String run = runInItsMiddle();

        replica.line().stall();
        staysAliveFor(Duration.ofSeconds(25));
        replica.line().flow();

        endsAsIfUndisturbed(run);
    }

    private static String runInItsMiddle() {
        replicas.brake(SLOW);
        String run = replica.start(FEED);
        replica.awaitWriting(run, 2_000);
        return run;
    }

    private static void staysAliveFor(Duration outage) {
        Awaitility.await("the process to live on")
                .during(outage)
                .atMost(outage.multipliedBy(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> replica.api().get("/q/health/live").status() == 200);
        assertThat(replica.api().get("/q/health/ready").status()).isEqualTo(503);
    }

    private static void endsAsIfUndisturbed(String run) {
        replicas.brake(Duration.ZERO);
        Instant back = Instant.now();
        JsonNode ended = replica.awaitReady().awaitEnd(run);
        Measured.tell("C0-51 MongoDB back to end of run", Duration.between(back, Instant.now()));
        UndisturbedLoad.of(FEED).first().assertSameAs(replicas.database(), ended);
    }
}
