package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static dev.syncline.SignedIn.nobody;
import static dev.syncline.run.RunMaker.MINUTE;
import static dev.syncline.run.RunMaker.NOON;
import static dev.syncline.run.RunMaker.aQueuedRun;
import static dev.syncline.run.RunMaker.become;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(CoreProfile.class)
class SyncWarningsTest {
    private static final Instant LATER = NOON.plus(Duration.ofDays(1));

    @Inject
    ScriptedSync sync;

    @Inject
    RunDesk desk;

    @BeforeEach
    void clear() {
        desk.clear(sync);
    }

    @Test
    @DisplayName("S0-47: two failures in a row are a streak, one is not, and a success ends it")
    void twoFailuresAreAStreak() {
        assertThat(codes(RunState.FAILED)).isEmpty();
        assertThat(codes(RunState.FAILED, RunState.FAILED)).containsExactly("FAILED_REPEATEDLY");
        assertThat(codes(RunState.SUCCEEDED, RunState.FAILED, RunState.FAILED)).isEmpty();
        assertThat(codes(RunState.PARTIAL, RunState.FAILED, RunState.FAILED)).isEmpty();
        assertThat(codes(RunState.FAILED, RunState.SUCCEEDED, RunState.FAILED)).isEmpty();
    }

    @Test
    @DisplayName("S0-47: what is under way or was cancelled neither adds to a streak nor ends it")
    void whatHasNoOutcomeIsPassedOver() {
        List<Warning> warnings = warnings(RunState.RUNNING, RunState.FAILED, RunState.CANCELLED, RunState.FAILED);

        assertThat(warnings).extracting(Warning::code).containsExactly("FAILED_REPEATEDLY");
        assertThat(warnings.get(0).message()).isEqualTo("The last 2 runs have failed");
        assertThat(warnings.get(0).sample()).containsExactly("run-2", "run-4");
    }

    @Test
    @DisplayName(
            "S0-47: a run that works longer than is usual is told, under way or not; waiting for a retry is no work")
    void aSlowRunIsTold() {
        sync.slowAfter(MINUTE.multipliedBy(2));
        Run quick = become(aQueuedRun().startedBy("p/1", NOON), RunState.SUCCEEDED);
        Run running = aQueuedRun().startedBy("p/1", NOON);
        Run retried = running.retryAt(LATER, RunMaker.FAILURE, Progress.NONE, NOON.plus(MINUTE), MINUTE)
                .startedBy("p/2", LATER);

        assertThat(SyncWarnings.of(sync, List.of(quick), LATER)).isEmpty();
        assertThat(SyncWarnings.of(sync, List.of(running), NOON.plusSeconds(120)))
                .isEmpty();
        assertThat(SyncWarnings.of(sync, List.of(running), NOON.plusSeconds(121)))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.code()).isEqualTo("RUN_SLOW");
                    assertThat(warning.message())
                            .isEqualTo("The run has taken 121 s, more than the 120 s that are usual");
                });
        assertThat(SyncWarnings.of(sync, List.of(retried), LATER.plusSeconds(59)))
                .isEmpty();
        assertThat(SyncWarnings.of(sync, List.of(retried), LATER.plusSeconds(61)))
                .hasSize(1);
    }

    @Test
    @DisplayName("S0-47: the API tells a streak from what is stored, and nothing else, so a restart changes nothing")
    void theApiTellsIt() {
        sync.does(scope ->
                Multi.createFrom().failure(new SyncException(ErrorCode.FEED_TRUNCATED, "the feed ends at byte 700")));
        Run first = desk.run();
        Run second = desk.run();

        assertThat(given().get("/api/syncs/" + ScriptedSync.SYNC).jsonPath().getList("warnings.code"))
                .containsExactly("FAILED_REPEATEDLY");
        assertThat(given().get("/api/syncs/" + ScriptedSync.SYNC).jsonPath().getList("warnings[0].sample"))
                .containsExactly(second.id(), first.id());

        sync.does(scope -> Multi.createFrom().item(new Progress(Progress.FINISHED, Tally.NONE, 0, null)));
        desk.run();
        assertThat(given().get("/api/syncs/" + ScriptedSync.SYNC).jsonPath().getList("warnings"))
                .isEmpty();
        nobody().get("/api/syncs/" + ScriptedSync.SYNC).then().statusCode(401);
    }

    private List<String> codes(RunState... newestFirst) {
        return warnings(newestFirst).stream().map(Warning::code).toList();
    }

    private List<Warning> warnings(RunState... newestFirst) {
        List<Run> runs = new ArrayList<>();
        Arrays.stream(newestFirst).forEach(state -> {
            Run running = aQueuedRun("run-" + (runs.size() + 1), "scripted").startedBy("p/1", NOON);
            runs.add(state == RunState.RUNNING ? running : become(running, state));
        });
        return SyncWarnings.of(sync, runs, LATER);
    }
}
