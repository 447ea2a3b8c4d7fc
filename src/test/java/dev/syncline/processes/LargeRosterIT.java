package dev.syncline.processes;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.PackagedApp;
import dev.syncline.TestMongo;
import dev.syncline.dev.sheets.SheetsStandIn;

import static org.assertj.core.api.Assertions.assertThat;

/** Rosters as large as they are meant to become, in a small heap. */
class LargeRosterIT {
    private static final String HEAP = "-Xmx256m";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The embedded server uses its index of ids for queries by the id alone, and a row's fence names more (C0-05). */
    private static final int CHANGED_WHERE_EACH_UPDATE_IS_A_SCAN = 2_000;

    private RosterProcesses roster;
    private PackagedApp app;
    private Api api;

    @BeforeEach
    void start() {
        roster = new RosterProcesses(Map.of());
        app = roster.replicas().startOn(List.of(HEAP, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        api = new Api(app.address());
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> api.get("/q/health/ready").status() == 200);
    }

    @AfterEach
    void stop() {
        roster.close();
    }

    @Test
    @DisplayName("S0-49: 1,000 devices take no more than 20 s")
    void aThousand() {
        roster.write(1_000, 20, "In Stock");

        assertThat(load("1,000 x 20, first load", "added", 1_000)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("S0-49: 10,000 devices of 100 columns take no more than 60 s at -Xmx256m: new, unchanged, changed")
    void tenThousand() {
        roster.write(10_000, 100, "In Stock");
        assertThat(load("10,000 x 100, first load", "added", 10_000)).isLessThan(LIMIT);

        assertThat(load("10,000 x 100, unchanged", "unchanged", 10_000)).isLessThan(LIMIT);

        int changed = TestMongo.isEmbedded() ? CHANGED_WHERE_EACH_UPDATE_IS_A_SCAN : 10_000;
        roster.write(10_000, 100, "In Use", changed);
        assertThat(load("10,000 x 100, %,d changed".formatted(changed), "updated", changed))
                .isLessThan(LIMIT);
    }

    /** A run of which all rows become the same; how long it took. */
    private Duration load(String what, String outcome, int rows) {
        int callsBefore = calls();
        Answer started = api.post("/api/sync/manual", "{}", Map.of());
        String run = started.body().path("data").path("runId").asText();
        JsonNode ended = Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> api.get("/api/runs/" + run).body(), Replica::isOver);
        assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("SUCCEEDED");
        assertThat(ended.path("counts").path(outcome).asInt()).isEqualTo(rows);
        Duration took = Duration.ofMillis(ended.path("durationMs").asLong());
        Measured.tell("S0-49 " + what, took);
        Measured.tell("S0-49 " + what + ", rows a second", rows * 1_000L / Math.max(1, took.toMillis()));
        Measured.tell("S0-49 " + what + ", API calls", calls() - callsBefore);
        return took;
    }

    private int calls() {
        SheetsStandIn sheets = roster.sheets();
        return sheets.calls().size();
    }
}
