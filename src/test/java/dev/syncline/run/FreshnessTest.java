package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SteeredClock;
import dev.syncline.platform.Leader;
import dev.syncline.platform.MongoDatabase;

import static dev.syncline.run.RunMaker.CLEAN;
import static dev.syncline.run.RunMaker.FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

/** A sync of each day at 06:00 that is late at 08:00, over the real store with a steered clock. */
@QuarkusTest
@TestProfile(CoreProfile.class)
class FreshnessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Schedule DAILY = ScheduleSetting.schedule("0 6 * * *", "UTC");
    private static final Duration MINUTES = Duration.ofMinutes(10);

    @Inject
    RunStore runs;

    @Inject
    MongoDatabase database;

    @Inject
    Leader leader;

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    private final SteeredClock clock = new SteeredClock("2026-11-20T12:00:00Z");
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final List<String> told = new ArrayList<>();
    private boolean deaf;
    private int runNumber;

    private SyncJob job;
    private ScheduleStore schedules;
    private MissedRuns missed;
    private LateSyncs late;

    @BeforeEach
    void firstSeenOnFriday() {
        desk.clear(sync);
        desk.forgetSchedules();
        watch(true);
        var unused = schedules.since(job.sync(), DAILY).await().atMost(PATIENCE);
    }

    private void watch(boolean enabled) {
        job = new ScheduledSync(sync, DAILY, enabled);
        SyncCatalog syncs = new SyncCatalog(List.of(job));
        schedules = new ScheduleStore(database, clock);
        missed = new MissedRuns(syncs, runs, schedules, leader, List.of(this::listen), clock);
        late = new LateSyncs(syncs, runs, schedules, metrics, clock);
    }

    private Uni<Void> listen(SyncJob missing, Instant slot) {
        if (deaf) {
            return Uni.createFrom().failure(new IllegalStateException("nobody listens just now"));
        }
        told.add(missing.sync() + "@" + slot);
        return Uni.createFrom().voidItem();
    }

    private Freshness at(String instant) {
        clock.set(instant);
        Optional<Run> success = runs.lastSuccess(job.sync()).await().atMost(PATIENCE);
        Optional<Instant> since = schedules.since(job.sync()).await().atMost(PATIENCE);
        return Freshness.of(job, success, since, clock.instant());
    }

    private void lookAt(String instant) {
        clock.set(instant);
        var unused = missed.tellMissed().await().atMost(PATIENCE);
    }

    private double lateAt(String instant) {
        clock.set(instant);
        var unused = late.count().await().atMost(PATIENCE);
        return metrics.get("syncline.syncs.late")
                .tag("sync", "scripted")
                .gauge()
                .value();
    }

    private Run began(String instant, Mode mode) {
        Instant start = Instant.parse(instant);
        Trigger trigger = new Trigger(Trigger.Kind.manual, "tester", "request-1", null);
        StartRequest request = new StartRequest(job.sync(), trigger, mode, null, Map.of());
        Run queued = Run.queued("run-" + runNumber++, request, null, "gone/0", start);
        assertThat(runs.insert(queued).await().atMost(PATIENCE)).isTrue();
        return runs.save(queued, queued.startedBy("gone/1", start)).await().atMost(PATIENCE);
    }

    private void complete(String start, Mode mode) {
        Run run = began(start, mode);
        var unused = runs.save(run, run.finished(CLEAN, run.startedAt().plus(MINUTES), MINUTES))
                .await()
                .atMost(PATIENCE);
    }

    private void failed(String start) {
        Run run = began(start, Mode.live);
        var unused = runs.save(run, run.failed(FAILURE, CLEAN, run.startedAt().plus(MINUTES), MINUTES))
                .await()
                .atMost(PATIENCE);
    }

    // --- what everybody sees

    @Test
    void nothingIsLateBeforeTheFirstSlotHadItsTime() {
        assertThat(at("2026-11-20T12:00:00Z"))
                .isEqualTo(new Freshness(null, null, Instant.parse("2026-11-21T06:00:00Z"), false, null));
        assertThat(at("2026-11-21T08:00:00Z").late()).isFalse();
        assertThat(at("2026-11-21T08:00:01Z"))
                .isEqualTo(new Freshness(
                        null,
                        null,
                        Instant.parse("2026-11-22T06:00:00Z"),
                        true,
                        Instant.parse("2026-11-21T08:00:00Z")));
        assertThat(at("2026-11-25T00:00:00Z").lateSince()).isEqualTo("2026-11-21T08:00:00Z");
    }

    @Test
    @DisplayName("S1-35: how old the data is, what is expected next, and that it is late")
    void isLateFromTheFirstSlotThatWasNotServed() {
        complete("2026-11-21T06:00:01Z", Mode.live);
        assertThat(at("2026-11-22T07:00:01Z"))
                .isEqualTo(new Freshness(
                        Instant.parse("2026-11-21T06:00:01Z"),
                        90_000L,
                        Instant.parse("2026-11-23T06:00:00Z"),
                        false,
                        null));
        assertThat(at("2026-11-22T08:00:01Z").lateSince()).isEqualTo("2026-11-22T08:00:00Z");

        // Neither a failed run nor a dry one helps
        failed("2026-11-22T09:00:00Z");
        complete("2026-11-22T10:00:00Z", Mode.dry_run);
        assertThat(at("2026-11-22T11:00:00Z").late()).isTrue();

        complete("2026-11-22T12:00:00Z", Mode.live);
        assertThat(at("2026-11-22T12:30:00Z").late()).isFalse();
        assertThat(at("2026-11-23T08:00:01Z").lateSince()).isEqualTo("2026-11-23T08:00:00Z");
    }

    @Test
    void aRunThatWasUnderWayServesTheSlot() {
        complete("2026-11-21T05:55:00Z", Mode.live);
        assertThat(at("2026-11-21T12:00:00Z").late()).isFalse();
        assertThat(at("2026-11-22T08:00:01Z").late()).isTrue();
    }

    @Test
    void aRunThatBeganByAClockThatRanAheadServesTheSlot() {
        Run run = began("2026-11-21T05:59:35Z", Mode.live);
        var unused = runs.save(run, run.finished(CLEAN, Instant.parse("2026-11-21T05:59:40Z"), MINUTES))
                .await()
                .atMost(PATIENCE);

        assertThat(at("2026-11-21T12:00:00Z").late()).isFalse();
        assertThat(at("2026-11-22T08:00:01Z").lateSince()).isEqualTo("2026-11-22T08:00:00Z");
        lookAt("2026-11-21T12:00:00Z");
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsSwitchedOffExpectsNothing() {
        watch(false);
        assertThat(at("2026-11-25T12:00:00Z")).isEqualTo(new Freshness(null, null, null, false, null));
        assertThat(lateAt("2026-11-25T12:00:00Z")).isZero();
    }

    @Test
    @DisplayName("C0-54: how many syncs of a kind are late")
    void theMetricFollows() {
        assertThat(lateAt("2026-11-21T08:00:00Z")).isZero();
        assertThat(lateAt("2026-11-21T08:00:01Z")).isEqualTo(1);
        complete("2026-11-21T09:00:00Z", Mode.live);
        assertThat(lateAt("2026-11-21T10:00:00Z")).isZero();
    }

    // --- the alert

    @Test
    void aRunThatDidNotHappenIsToldOnce() {
        lookAt("2026-11-21T07:59:59Z");
        assertThat(told).isEmpty();

        lookAt("2026-11-21T08:00:00Z");
        lookAt("2026-11-21T08:00:30Z");
        assertThat(told).containsExactly("scripted@2026-11-21T06:00:00Z");

        lookAt("2026-11-22T08:00:00Z");
        assertThat(told).containsExactly("scripted@2026-11-21T06:00:00Z", "scripted@2026-11-22T06:00:00Z");
    }

    @Test
    void aRunThatBeganIsNotMissing() {
        // A failed one has letters of its own; the clock of its process was half a minute behind
        failed("2026-11-21T05:59:30Z");
        lookAt("2026-11-21T09:00:00Z");
        // Nor one that is still under way, nor one that was when the slot came
        Run long1 = began("2026-11-21T20:00:00Z", Mode.live);
        lookAt("2026-11-22T09:00:00Z");
        var unused = runs.save(long1, long1.finished(CLEAN, Instant.parse("2026-11-22T09:30:00Z"), MINUTES))
                .await()
                .atMost(PATIENCE);
        lookAt("2026-11-22T10:00:00Z");
        assertThat(told).isEmpty();

        // But a dry run is none
        complete("2026-11-23T06:00:00Z", Mode.dry_run);
        lookAt("2026-11-23T08:00:00Z");
        assertThat(told).containsExactly("scripted@2026-11-23T06:00:00Z");
    }

    @Test
    void whoeverDidNotHearIsToldAgain() {
        deaf = true;
        lookAt("2026-11-21T08:00:00Z");
        deaf = false;
        lookAt("2026-11-21T08:00:30Z");
        assertThat(told).containsExactly("scripted@2026-11-21T06:00:00Z");
    }

    @Test
    void nobodyIsToldOfWhatIsSwitchedOff() {
        watch(false);
        lookAt("2026-11-25T08:00:00Z");
        assertThat(told).isEmpty();
    }
}
