package dev.syncline.processes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A process is killed while it brings the devices in step with the sheet. */
class KilledRosterIT {
    private static final Duration SLOW = Duration.ofMillis(40);
    private static final Duration TAKEN_OVER = Duration.ofSeconds(30);
    private static final int DEVICES = 4_000;
    private static final int HALF_WAY = 1_500;

    private RosterProcesses roster;
    private Replica runner;

    @BeforeEach
    void load() {
        roster = new RosterProcesses(
                Map.of("syncline.roster.ingest.batch-size", "100", "syncline.roster.time-limit", "5M"));
        runner = roster.replicas().start();
        roster.write(DEVICES, 3, "In Stock");
        assertThat(RosterProcesses.refreshAndWait(runner)
                        .path("counts")
                        .path("added")
                        .asInt())
                .isEqualTo(DEVICES);
    }

    @AfterEach
    void stop() {
        roster.close();
    }

    @Test
    @DisplayName(
            "S0-21, S0-22: another process takes a killed one's run over, and its counts are those of an undisturbed run")
    void anotherProcessTakesOver() {
        // Given
        Replica other = roster.replicas().start();
        String run = killHalfWay();

        // When
        Instant killedAt = Instant.now();
        other.awaitAttempt(run, 2, TAKEN_OVER);
        Measured.tell("S0-21 kill to second attempt", Duration.between(killedAt, Instant.now()));
        roster.brake(Duration.ZERO);
        JsonNode ended = other.awaitEnd(run);

        // Then
        assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("SUCCEEDED");
        assertThat(ended.path("attempts").path(0).path("error").path("code").asText())
                .isEqualTo("INTERRUPTED");
        assertThat(ended.path("counts").path("read").asInt()).isEqualTo(DEVICES);
        assertThat(ended.path("counts").path("updated").asInt()).isEqualTo(DEVICES);
        assertThat(roster.replicas().database().collection("devices").countDocuments())
                .isEqualTo(DEVICES);
        JsonNode again = RosterProcesses.refreshAndWait(other);
        assertThat(again.path("counts").path("unchanged").asInt()).isEqualTo(DEVICES);
    }

    @Test
    @DisplayName(
            "S0-12, S0-22: restarted while the sheet cannot be read, it ends the run as failed, the devices are to the byte"
                    + " what they were, and a new run is accepted")
    void restartedProcessTakesBack() {
        // Given
        List<RawBsonDocument> before = roster.devices();
        String run = killHalfWay();
        assertThat(roster.devices()).as("the run was in its middle").isNotEqualTo(before);
        roster.sheets().faults().fail(404, "notFound", 1_000);
        roster.brake(Duration.ZERO);

        // When
        Replica restarted = roster.replicas().start();
        JsonNode ended = restarted.awaitEnd(run);

        // Then
        assertThat(ended.path("state").asText()).isEqualTo("FAILED");
        assertThat(ended.path("error").path("code").asText()).isEqualTo("SHEET_NOT_FOUND");
        assertThat(roster.devices()).isEqualTo(before);
        assertThat(restarted
                        .api()
                        .get("/api/sync/status")
                        .body()
                        .path("data")
                        .path("status")
                        .asText())
                .isEqualTo("error");
        roster.sheets().faults().reset();
        assertThat(RosterProcesses.refreshAndWait(restarted)
                        .path("counts")
                        .path("updated")
                        .asInt())
                .isEqualTo(DEVICES);
    }

    @Test
    @DisplayName("S0-21: an expired holder that wakes up in mid-run commits nothing and takes nothing back")
    void frozenProcessCommitsNothing() {
        // Given
        Replica other = roster.replicas().start();
        String run = halfWay();

        // When
        runner.process().freeze();
        other.awaitAttempt(run, 2, TAKEN_OVER);
        roster.brake(Duration.ZERO);
        JsonNode ended = other.awaitEnd(run);
        List<RawBsonDocument> after = roster.devices();
        runner.process().thaw();

        // Then
        assertThat(ended.path("counts").path("updated").asInt()).isEqualTo(DEVICES);
        Awaitility.await("it to notice")
                .atMost(TAKEN_OVER)
                .until(() -> runner.process().output().contains("the lease was lost"));
        Awaitility.await("nothing to change")
                .during(Duration.ofSeconds(3))
                .atMost(TAKEN_OVER)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(roster.devices()).isEqualTo(after));
        assertThat(other.run(run)).isEqualTo(ended);
    }

    private String halfWay() {
        roster.write(DEVICES, 3, "In Use");
        roster.brake(SLOW);
        String run = RosterProcesses.refresh(runner);
        runner.awaitWriting(run, HALF_WAY);
        return run;
    }

    private String killHalfWay() {
        String run = halfWay();
        runner.process().kill();
        Awaitility.await("its last writes").until(() -> !runner.process().isAlive());
        return run;
    }
}
