package dev.syncline.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.subscription.Cancellable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static dev.syncline.run.RunMaker.CLEAN;
import static dev.syncline.run.RunMaker.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The watch of a process that starts when others have run before it. */
@QuarkusTest
@TestProfile(CoreProfile.class)
class RunWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    RunStore store;

    @Inject
    AttemptRunner runner;

    @Inject
    SyncCatalog syncs;

    @Inject
    RunsConfig config;

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void clear() {
        desk.clear(sync);
    }

    @Test
    @DisplayName("C0-54: the age of the last success is told after a restart, and a dry run is none")
    void tellsTheLastSuccessOfEarlierProcesses() {
        // Given a success of an hour ago, and since then a dry run and one of another sync
        Instant hourAgo = Instant.now().minus(Duration.ofHours(1));
        ended("run-1", ScriptedSync.SYNC, Mode.live, hourAgo);
        ended("run-2", ScriptedSync.SYNC, Mode.dry_run, Instant.now());
        ended("run-3", "other", Mode.live, Instant.now());

        // When
        RunMetrics metrics = new RunMetrics(registry, Clock.systemUTC());
        RunWatch watch = new RunWatch(store, new RunEvents(), metrics, syncs, runner, config, Clock.systemUTC());
        Cancellable watching = watch.takeable().subscribe().with(run -> {});

        // Then
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(registry.find("syncline.last.success.age.seconds")
                            .tag("sync", ScriptedSync.SYNC)
                            .gauge())
                    .isNotNull());
            double age = registry.get("syncline.last.success.age.seconds")
                    .tag("sync", ScriptedSync.SYNC)
                    .gauge()
                    .value();
            assertThat(age).isBetween(3_600.0, 3_700.0);
        } finally {
            watching.cancel();
        }
    }

    private void ended(String id, String sync, Mode mode, Instant end) {
        Trigger trigger = new Trigger(Trigger.Kind.manual, "tester", "request-1", null);
        StartRequest request = new StartRequest(sync, trigger, mode, null, Map.of());
        Run queued = Run.queued(id, request, null, "gone/0", end);
        Run running = queued.startedBy("gone/1", end);
        assertThat(store.insert(queued).await().atMost(PATIENCE)).isTrue();
        Run saved = store.save(queued, running).await().atMost(PATIENCE);
        var unused =
                store.save(saved, saved.finished(CLEAN, end, MINUTE)).await().atMost(PATIENCE);
    }
}
