package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SteeredClock;
import dev.syncline.ingest.Progress;
import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;

import static dev.syncline.ingest.Feed.aFeed;
import static dev.syncline.run.RunMaker.CLEAN;
import static dev.syncline.run.ScheduleSetting.fromOutside;
import static dev.syncline.run.ScheduleSetting.schedule;
import static dev.syncline.run.ScheduleSetting.skipping;
import static org.assertj.core.api.Assertions.assertThat;

/** Schedules of the scripted sync over the real store, each process of them with its own steered clock. */
@QuarkusTest
@TestProfile(CoreProfile.class)
class ScheduleTicksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Schedule EACH_2_MIN = schedule("*/2 * * * *", "UTC");
    private static final Schedule DAILY = schedule("0 6 * * *", "UTC");

    @Inject
    RunCoordinator coordinator;

    @Inject
    TickStore store;

    @Inject
    RunStore runs;

    @Inject
    IdempotencyKeys keys;

    @Inject
    RetryPolicy retries;

    @Inject
    RunUndo undo;

    @Inject
    RunsConfig config;

    @Inject
    ProcessName name;

    @Inject
    RunWatch watch;

    @Inject
    TakeOver takeOver;

    @Inject
    MongoDatabase database;

    @Inject
    Ids ids;

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    private final SteeredClock clock = new SteeredClock("2020-11-23T05:59:00Z");
    private final MeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeEach
    void clear() {
        desk.clear(sync);
        desk.forgetSchedules();
        sync.does(scope -> Multi.createFrom().item(CLEAN));
    }

    /** The schedules' part of a process, as it is after its start. */
    private final class Process {
        final ScheduleTicks ticks;
        final ScheduleClock beats;

        Process(Schedule schedule) {
            this(schedule, true);
        }

        Process(Schedule schedule, boolean enabled) {
            SyncCatalog syncs = new SyncCatalog(List.of(new ScheduledSync(sync, schedule, enabled)));
            ticks = new ScheduleTicks(
                    syncs, coordinator, store, new ScheduleStore(database, clock), database, ids, metrics, clock);
            beats = new ScheduleClock(syncs, ticks, coordinator, clock);
        }

        void beat() {
            var unused = beats.beat().await().atMost(PATIENCE);
        }

        void beatAt(String instant) {
            clock.set(instant);
            beat();
        }

        TickResult tick() {
            return tick(Mode.live);
        }

        TickResult tick(Mode mode) {
            Ticker scheduler = new Ticker(mode, "scheduler", "tick-1");
            return ticks.tick(ScriptedSync.SYNC, scheduler).await().atMost(PATIENCE);
        }
    }

    private List<Run> runs() {
        return desk.all("runs").stream()
                .map(run -> desk.stored(run.getString("_id")))
                .toList();
    }

    private Run onlyRun() {
        assertThat(runs()).hasSize(1);
        return desk.awaitEnd(runs().get(0));
    }

    private Document tick(String slot) {
        return desk.find("schedule_ticks", Filters.eq("_id", "scripted@" + slot))
                .get(0);
    }

    private double counted(String outcome) {
        return metrics.get("syncline.schedule.ticks")
                .tags("sync", "scripted", "outcome", outcome)
                .counter()
                .count();
    }

    // --- on time

    @Test
    void aSlotStartsOneRunThatNamesIt() {
        Process process = new Process(DAILY);
        process.beatAt("2020-11-23T05:59:59Z");
        assertThat(runs()).isEmpty();

        process.beatAt("2020-11-23T06:00:00Z");
        process.beatAt("2020-11-23T06:00:01Z");

        Run run = onlyRun();
        assertThat(run.trigger().kind()).isEqualTo(Trigger.Kind.scheduled);
        assertThat(run.trigger().actor()).isEqualTo("schedule");
        assertThat(run.trigger().idempotencyKey()).isEqualTo("scripted@2020-11-23T06:00:00Z");
        assertThat(run.trigger().requestId()).isNotEqualTo(run.id()).hasSize(36);
        assertThat(run.reason()).isNull();
        assertThat(run.mode()).isEqualTo(Mode.live);
        assertThat(tick("2020-11-23T06:00:00Z"))
                .containsEntry("run", run.id())
                .containsEntry("outcome", "started")
                .containsEntry("earlier", 0L)
                .doesNotContainKey("open");
        assertThat(counted("started")).isEqualTo(1);
    }

    @Test
    @DisplayName("S1-02: a scheduled run and a manual one do the same; only trigger and actor differ")
    void aScheduledRunIsARunLikeOthers() {
        // Given
        sync.reads(aFeed().withPermits(0, 7));
        Run manual = desk.run();
        desk.clear(sync);
        sync.reads(aFeed().withPermits(0, 7));

        // When
        Process process = new Process(DAILY);
        process.beat();
        process.beatAt("2020-11-23T06:00:00Z");

        // Then
        Run scheduled = onlyRun();
        assertThat(scheduled)
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes("id|version|.*([aA]t|Ms)|attempts\\.owner|attempts\\.process|trigger.*")
                .isEqualTo(manual);
        assertThat(scheduled.trigger().kind()).isEqualTo(Trigger.Kind.scheduled);
        assertThat(manual.trigger().kind()).isEqualTo(Trigger.Kind.manual);
        assertThat(scheduled.trigger().actor()).isNotEqualTo(manual.trigger().actor());
        assertThat(desk.rows()).hasSize(7);
    }

    @Test
    void manyProcessesStartOneRunForEachSlot() {
        List<Process> processes =
                Stream.generate(() -> new Process(EACH_2_MIN)).limit(8).toList();
        processes.forEach(Process::beat);
        for (int slot = 0; slot < 5; slot++) {
            clock.set("2020-11-23T06:0%d:00.300Z".formatted(2 * slot));
            CompletableFuture<?>[] beats = processes.stream()
                    .map(process -> CompletableFuture.runAsync(process::beat))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(beats).join();
            runs().forEach(desk::awaitEnd);
        }

        assertThat(runs())
                .extracting(run -> run.trigger().idempotencyKey())
                .containsExactly(
                        "scripted@2020-11-23T06:00:00Z",
                        "scripted@2020-11-23T06:02:00Z",
                        "scripted@2020-11-23T06:04:00Z",
                        "scripted@2020-11-23T06:06:00Z",
                        "scripted@2020-11-23T06:08:00Z");
        assertThat(counted("started")).isEqualTo(5);
    }

    @Test
    @DisplayName("S0-24: ten ticks of a scheduler that is early or late by seconds are ten runs every two minutes")
    void tenTicksAreTenRuns() {
        Process process = new Process(EACH_2_MIN);
        process.beat();
        clock.set("2020-11-23T06:00:00Z");
        int[] jitterSeconds = {0, 2, -2, 3, -3, 1, -1, -4, 4, -2};
        for (int i = 0; i < 10; i++) {
            Duration since = Duration.ofMinutes(2L * i).plusSeconds(jitterSeconds[i]);
            clock.set(Instant.parse("2020-11-23T06:00:00Z").plus(since).toString());

            TickResult result = process.tick();

            assertThat(result).as("tick %d", i).isInstanceOf(TickResult.Started.class);
            desk.awaitEnd(((TickResult.Started) result).run());
        }
        assertThat(runs()).hasSize(10);
        assertThat(counted("started")).isEqualTo(10);
    }

    @Test
    @DisplayName(
            "S0-9, S0-41: a scheduler outside says which mode; actor and request are its own, all else is the same")
    void takesTheModeOfTheScheduler() {
        Process process = new Process(EACH_2_MIN);
        process.beat();
        clock.set("2020-11-23T06:00:00Z");

        assertThat(process.tick(Mode.dry_run)).isInstanceOf(TickResult.Started.class);

        Run run = onlyRun();
        assertThat(run.mode()).isEqualTo(Mode.dry_run);
        assertThat(run.trigger())
                .isEqualTo(new Trigger(Trigger.Kind.scheduled, "scheduler", "tick-1", "scripted@2020-11-23T06:00:00Z"));
    }

    @Test
    @DisplayName("a schedule that a scheduler outside drives starts nothing by the service's own clock")
    void leavesTheSlotsToTheScheduler() {
        Process process = new Process(fromOutside("*/2 * * * *", "UTC"));
        process.beat();
        for (String minute : List.of("06:00:00", "06:00:59", "06:01:50")) {
            process.beatAt("2020-11-23T" + minute + "Z");
        }
        assertThat(runs()).isEmpty();
        assertThat(desk.all("schedules")).as("and yet it can be late").hasSize(1);

        assertThat(process.tick()).isInstanceOf(TickResult.Started.class);

        assertThat(onlyRun().reason()).as("its own minute is not too late").isNull();
        assertThat(tick("2020-11-23T06:00:00Z")).containsEntry("outcome", "started");
        clock.set("2020-11-23T06:01:53Z");
        assertThat(process.tick()).isEqualTo(new TickResult.TooEarly(Duration.ofSeconds(7)));
    }

    @Test
    @DisplayName("S0-24: ten ticks are ten runs, each of 10 s, for whoever ticks in a minute of their own")
    void tenTicksFromOutsideAreTenRuns() {
        Process process = new Process(fromOutside("*/2 * * * *", "UTC"));
        process.beat();
        for (int i = 0; i < 10; i++) {
            clock.set(Instant.parse("2020-11-23T06:00:47Z")
                    .plus(Duration.ofMinutes(2L * i))
                    .toString());
            TickResult result = process.tick();
            assertThat(result).as("tick %d", i).isInstanceOf(TickResult.Started.class);
            desk.awaitEnd(((TickResult.Started) result).run());
            clock.advance(Duration.ofSeconds(10));
            process.beat();
        }
        assertThat(runs()).hasSize(10).extracting(Run::reason).containsOnlyNulls();
    }

    @Test
    @DisplayName("C0-52: a process that is about to end claims no slot")
    void claimsNothingAtTheEnd() {
        // Given
        SyncCatalog syncs = new SyncCatalog(List.of(new ScheduledSync(sync, DAILY, true)));
        AttemptRunner runner = new AttemptRunner(runs, syncs, retries, undo, config, name, clock);
        RunCoordinator ending =
                new RunCoordinator(syncs, runs, keys, runner, watch, new RunEvents(), takeOver, name, ids, clock);
        ScheduleStore schedules = new ScheduleStore(database, clock);
        ScheduleTicks ticks = new ScheduleTicks(syncs, ending, store, schedules, database, ids, metrics, clock);
        ScheduleClock beats = new ScheduleClock(syncs, ticks, ending, clock);
        var seen = beats.beat().await().atMost(PATIENCE);

        // When
        ending.drain(new ShutdownDelayInitiatedEvent());
        clock.set("2020-11-23T06:00:00Z");
        var unused = beats.beat().await().atMost(PATIENCE);

        // Then
        assertThat(desk.all("schedule_ticks")).isEmpty();
        new Process(DAILY).beat();
        assertThat(runs()).hasSize(1);
    }

    // --- skipped

    @Test
    @DisplayName("S0-23: a tick while a run is active is skipped as inflight, recorded, and no failure")
    void skipsWhileARunIsActive() {
        sync.does(scope ->
                scope.stop().onItem().transformToMulti(x -> Multi.createFrom().<Progress>empty()));
        Run active = desk.start(Mode.live).run();
        Process process = new Process(DAILY);
        process.beat();
        clock.set("2020-11-23T06:00:00Z");

        TickResult result = process.tick();

        assertThat(result).isInstanceOfSatisfying(TickResult.Skipped.class, skipped -> {
            assertThat(skipped.reason()).isEqualTo("inflight");
            assertThat(skipped.active().id()).isEqualTo(active.id());
        });
        assertThat(tick("2020-11-23T06:00:00Z")).containsEntry("outcome", "inflight");
        desk.cancel(active);
        assertThat(onlyRun().state()).isEqualTo(RunState.CANCELLED);
        // And the slot is not made up for
        process.beatAt("2020-11-23T06:00:30Z");
        assertThat(runs()).hasSize(1);
        assertThat(counted("inflight")).isEqualTo(1);
    }

    @Test
    @DisplayName("S0-23: a tick of a sync that is switched off is skipped as config_disabled, and recorded")
    void skipsWhatIsSwitchedOff() {
        Process process = new Process(DAILY, false);
        process.beat();
        clock.set("2020-11-23T06:00:00Z");

        assertThat(process.tick()).isEqualTo(new TickResult.Skipped("config_disabled", null));

        assertThat(tick("2020-11-23T06:00:00Z")).containsEntry("outcome", "config_disabled");
        assertThat(runs()).isEmpty();
        assertThat(counted("config_disabled")).isEqualTo(1);
    }

    @Test
    @DisplayName("S0-23: a tick for a slot that is claimed is too early, and told how long to wait")
    void tellsHowLongToWait() {
        Process process = new Process(EACH_2_MIN);
        process.beat();
        clock.set("2020-11-23T06:00:01Z");
        desk.awaitEnd(((TickResult.Started) process.tick()).run());
        clock.set("2020-11-23T06:00:40.500Z");

        assertThat(process.tick()).isEqualTo(new TickResult.TooEarly(Duration.ofMillis(79_500)));
        assertThat(process.tick()).isEqualTo(new TickResult.TooEarly(Duration.ofMillis(79_500)));

        assertThat(runs()).hasSize(1);
        assertThat(tick("2020-11-23T06:00:00Z")).containsEntry("repeated", 2);
    }

    // --- missed

    @Test
    void oneRunStandsForAllMissedSlots() {
        new Process(DAILY).beat();

        new Process(DAILY).beatAt("2020-11-26T14:00:00Z");

        Run run = onlyRun();
        assertThat(run.reason()).isEqualTo("the slot of 2020-11-26T06:00:00Z was missed, and 3 before it");
        assertThat(tick("2020-11-26T06:00:00Z"))
                .containsEntry("outcome", "started")
                .containsEntry("earlier", 3L);
        // And another start finds nothing more
        new Process(DAILY).beatAt("2020-11-26T14:05:00Z");
        assertThat(runs()).hasSize(1);
    }

    @Test
    void missedSlotsAreSkippedByThatPolicy() {
        new Process(skipping("0 6 * * *", "UTC")).beat();
        Process later = new Process(skipping("0 6 * * *", "UTC"));

        later.beatAt("2020-11-24T06:01:01Z");

        assertThat(runs()).isEmpty();
        assertThat(tick("2020-11-24T06:00:00Z"))
                .containsEntry("outcome", "missed")
                .containsEntry("earlier", 1L);
        // And the next one runs
        later.beatAt("2020-11-25T06:00:59Z");
        assertThat(onlyRun().reason()).isNull();
    }

    @Test
    void nothingWasMissedBeforeAScheduleWasFirstSeen() {
        clock.set("2020-11-23T06:00:10Z");
        Process process = new Process(DAILY);
        process.beat();
        assertThat(runs()).isEmpty();

        process.beatAt("2020-11-24T06:00:00Z");
        assertThat(runs()).hasSize(1);
        assertThat(tick("2020-11-24T06:00:00Z")).containsEntry("earlier", 0L);
    }

    @Test
    void nothingWasMissedBeforeAScheduleWasChanged() {
        new Process(DAILY).beat();
        new Process(schedule("0 4 * * *", "UTC")).beatAt("2020-11-28T12:00:00Z");
        new Process(schedule("0 4 * * *", "America/Toronto")).beatAt("2020-11-29T03:59:00Z");
        assertThat(runs()).isEmpty();
        assertThat(desk.all("schedules")).singleElement().satisfies(stored -> assertThat(stored)
                .containsEntry("cron", "0 4 * * *")
                .containsEntry("zone", "America/Toronto")
                .containsEntry("since", Date.from(Instant.parse("2020-11-29T03:59:00Z"))));

        new Process(schedule("0 4 * * *", "America/Toronto")).beatAt("2020-11-29T09:00:00Z");
        assertThat(runs()).hasSize(1);
    }

    @Test
    void slotsFromBeforeTheMemoryOfTicksAreNotMissed() {
        new Process(schedule("0 0 1 1 *", "UTC")).beat();
        new Process(schedule("0 0 1 1 *", "UTC")).beatAt("2021-06-01T00:00:00Z");
        assertThat(runs()).isEmpty();
    }

    // --- a clock that jumps

    @Test
    void aClockThatGoesBackAnHourRunsNothingTwice() {
        Process process = new Process(EACH_2_MIN);
        process.beat();
        for (String minute : List.of("06:00", "06:02", "06:04")) {
            process.beatAt("2020-11-23T" + minute + ":00Z");
            runs().forEach(desk::awaitEnd);
        }

        for (String minute : List.of("05:04", "05:58", "06:00", "06:02", "06:04", "06:05")) {
            process.beatAt("2020-11-23T" + minute + ":00Z");
            runs().forEach(desk::awaitEnd);
        }

        // 05:58 had been before the schedule was first seen, at 05:59.
        assertThat(runs()).hasSize(4);
        process.beatAt("2020-11-23T06:06:00Z");
        assertThat(runs())
                .extracting(run -> run.trigger().idempotencyKey())
                .doesNotHaveDuplicates()
                .hasSize(5)
                .contains("scripted@2020-11-23T06:06:00Z");
    }

    @Test
    void aClockThatGoesForwardADayMissesSlots() {
        Process process = new Process(EACH_2_MIN);
        process.beat();
        process.beatAt("2020-11-24T07:01:59.500Z");

        Run run = onlyRun();
        assertThat(run.reason()).isEqualTo("the slot of 2020-11-24T07:00:00Z was missed, and 100 or more before it");
        // And put right again, it goes on as if nothing had been
        process.beatAt("2020-11-23T06:00:00Z");
        process.beatAt("2020-11-23T06:02:00Z");
        assertThat(runs()).hasSize(3);
    }

    @Test
    void aClockThatRunsADayAheadTakesNoSlotThatHasYetToCome() {
        // Given: a day's slot comes twelve hours from now, by the clock that all share
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        int hour = now.plus(Duration.ofHours(12)).atZone(ZoneOffset.UTC).getHour();
        Process process = new Process(schedule("0 %d * * *".formatted(hour), "UTC"));
        process.beatAt(now.toString());

        // When this process's clock goes forward a day, and is put right again
        process.beatAt(now.plus(Duration.ofDays(1)).toString());
        process.beatAt(now.plus(Duration.ofDays(1)).plusSeconds(2).toString());
        process.beatAt(now.plusSeconds(4).toString());

        // Then the slot is free for whoever meets it in time
        assertThat(runs()).isEmpty();
        assertThat(desk.all("schedule_ticks")).isEmpty();
    }

    @Test
    void aScheduleFirstSeenOnAClockThatRanAheadIsNotHeldUp() {
        clock.set("2020-11-30T00:00:00Z");
        Process process = new Process(DAILY);
        process.beat();
        process.beatAt("2020-11-23T05:59:30Z");

        process.beatAt("2020-11-23T06:00:00Z");

        assertThat(runs()).hasSize(1);
    }

    // --- left undone

    @Test
    void whatAProcessClaimedBeforeItDiedIsStartedByAnother() {
        // Given a process that died between the claim and the run, and one that lost the race
        Process other = new Process(DAILY);
        other.beat();
        Schedule.Due due = new Schedule.Due(Instant.parse("2020-11-23T06:00:00Z"), 0);
        Tick left = Tick.of(ScriptedSync.SYNC, due, ids.next(), Instant.parse("2020-11-23T06:00:00.100Z"));
        assertThat(store.claim(left).await().atMost(PATIENCE)).isTrue();
        other.beatAt("2020-11-23T06:00:00.200Z");
        other.beatAt("2020-11-23T06:00:09Z");
        assertThat(runs()).isEmpty();

        // When
        other.beatAt("2020-11-23T06:00:12Z");
        new Process(DAILY).beatAt("2020-11-23T06:00:13Z");

        // Then
        assertThat(onlyRun().id()).isEqualTo(left.run());
        assertThat(tick("2020-11-23T06:00:00Z"))
                .containsEntry("outcome", "started")
                .doesNotContainKey("open");
    }

    @Test
    @DisplayName(
            "S0-41: a tick for a dry run that was left undone is settled as a dry run, by a process that only watches")
    void whatWasLeftUndoneKeepsItsMode() {
        Process other = new Process(fromOutside("*/2 * * * *", "UTC"));
        other.beat();
        other.beatAt("2020-11-23T06:00:20Z");
        Schedule.Due due = new Schedule.Due(Instant.parse("2020-11-23T06:00:00Z"), 0);
        Tick left = Tick.of(
                ScriptedSync.SYNC,
                due,
                ids.next(),
                Instant.parse("2020-11-23T06:00:30Z"),
                new Ticker(Mode.dry_run, "scheduler", "tick-2"));
        assertThat(store.claim(left).await().atMost(PATIENCE)).isTrue();

        other.beatAt("2020-11-23T06:00:45Z");
        other.beatAt("2020-11-23T06:00:57Z");

        Run run = onlyRun();
        assertThat(run.id()).isEqualTo(left.run());
        assertThat(run.mode()).isEqualTo(Mode.dry_run);
        assertThat(run.trigger().actor()).isEqualTo("scheduler");
        assertThat(run.trigger().requestId()).isEqualTo("tick-2");
    }

    @Test
    void whatWasStartedAndNotSaidIsNotStartedAgain() {
        Process process = new Process(DAILY);
        process.beat();
        process.beatAt("2020-11-23T06:00:00Z");
        Run run = onlyRun();
        desk.reopenTicks();

        Process restarted = new Process(DAILY);
        restarted.beatAt("2020-11-23T06:00:20Z");

        assertThat(onlyRun().version()).isEqualTo(run.version());
        assertThat(tick("2020-11-23T06:00:00Z")).containsEntry("outcome", "started");
    }

    @Test
    void whatWasLeftUndoneTooLongAgoIsSkippedByThatPolicy() {
        Schedule schedule = skipping("0 6 * * *", "UTC");
        new Process(schedule).beat();
        Tick left = Tick.of(
                ScriptedSync.SYNC,
                new Schedule.Due(Instant.parse("2020-11-23T06:00:00Z"), 0),
                ids.next(),
                clock.instant());
        assertThat(store.claim(left).await().atMost(PATIENCE)).isTrue();

        new Process(schedule).beatAt("2020-11-23T14:00:00Z");

        assertThat(runs()).isEmpty();
        assertThat(tick("2020-11-23T06:00:00Z")).containsEntry("outcome", "missed");
    }
}
