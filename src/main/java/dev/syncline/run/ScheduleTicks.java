package dev.syncline.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;

/**
 * Makes slots of schedules into runs. The insert of a slot's tick is what triggers its run: of all processes that find the slot
 * due, one succeeds (ADR 12). The tick names the run to be, so whoever finds one without an outcome can do what its process
 * left undone, and doing it twice starts no second run.
 */
@ApplicationScoped
public class ScheduleTicks {
    private static final Logger LOG = Logger.getLogger(ScheduleTicks.class);

    /** A slot that is older was missed. */
    static final Duration GRACE = Duration.ofSeconds(60);
    /** What is not settled after so long was left undone. */
    static final Duration LEFT_UNDONE = Duration.ofSeconds(10);
    /** Ticks are kept for longer (RunIndexes), so what is missing since then was missed. */
    private static final Duration MEMORY = Duration.ofDays(60);
    /** A scheduler outside may be so early, and at most a tenth of the interval. */
    private static final Duration EARLY = Duration.ofSeconds(5);

    private final SyncCatalog syncs;
    private final RunCoordinator coordinator;
    private final TickStore ticks;
    private final ScheduleStore schedules;
    private final MongoDatabase database;
    private final Ids ids;
    private final MeterRegistry metrics;
    private final Clock clock;

    ScheduleTicks(
            SyncCatalog syncs,
            RunCoordinator coordinator,
            TickStore ticks,
            ScheduleStore schedules,
            MongoDatabase database,
            Ids ids,
            MeterRegistry metrics,
            Clock clock) {
        this.syncs = syncs;
        this.coordinator = coordinator;
        this.ticks = ticks;
        this.schedules = schedules;
        this.database = database;
        this.ids = ids;
        this.metrics = metrics;
        this.clock = clock;
    }

    // --- ticks

    /**
     * A scheduler outside ticks for a sync. It counts for the slot that is due, also when it comes a little early;
     * {@code NOT_FOUND} if there is no such sync.
     */
    public Uni<TickResult> tick(String sync, Ticker by) {
        SyncJob job = syncs.get(sync);
        return job.schedule()
                .map(schedule -> tickFromOutside(job, schedule, by))
                .orElseGet(() -> Uni.createFrom().item(skipped(sync, Tick.Outcome.config_disabled, null)));
    }

    private Uni<TickResult> tickFromOutside(SyncJob job, Schedule schedule, Ticker by) {
        Instant upTo = almost(schedule, clock.instant());
        return tick(job, schedule, upTo, by)
                .call(result -> result instanceof TickResult.TooEarly
                        ? ticks.repeated(job.sync(), schedule.newest(upTo))
                        : Uni.createFrom().voidItem());
    }

    private static Instant almost(Schedule schedule, Instant now) {
        Instant next = schedule.next(now);
        Duration tenth = Duration.between(next, schedule.next(next)).dividedBy(10);
        Duration tolerance = tenth.compareTo(EARLY) < 0 ? tenth : EARLY;
        return now.isBefore(next.minus(tolerance)) ? now : next;
    }

    /** Remembers since when a schedule holds, also where nobody has ticked for it yet: without it no slot is ever late. */
    Uni<Void> know(SyncJob job, Schedule schedule) {
        return schedules.since(job.sync(), schedule).replaceWithVoid();
    }

    /** Settles the newest slot up to an instant, if nobody has claimed it. */
    Uni<TickResult> tick(SyncJob job, Schedule schedule, Instant upTo, Ticker by) {
        return schedules
                .since(job.sync(), schedule)
                .chain(since -> unclaimedSince(job, since, upTo))
                .map(after -> schedule.due(after, upTo))
                .chain(due -> due.isPresent() ? claim(job, schedule, due.get(), by) : tooEarly(schedule, upTo));
    }

    /** From when on no slot is claimed, as far back as that can be known. */
    private Uni<Instant> unclaimedSince(SyncJob job, Instant since, Instant upTo) {
        Instant known = upTo.minus(MEMORY);
        Instant earliest = since.isAfter(known) ? since : known;
        return ticks.newest(job.sync(), upTo)
                .map(newest -> newest.map(Tick::slot).filter(earliest::isBefore).orElse(earliest));
    }

    /** Whether a slot has come is for the database's clock to say: one that runs ahead must not take what is to come. */
    private Uni<TickResult> claim(SyncJob job, Schedule schedule, Schedule.Due due, Ticker by) {
        return database.time()
                .chain(time -> due.slot().isAfter(time.plus(GRACE))
                        ? ahead(due, time)
                        : claim(job, schedule, tick(job, due, time, by)));
    }

    private Tick tick(SyncJob job, Schedule.Due due, Instant time, Ticker by) {
        return Tick.of(job.sync(), due, ids.next(), earlier(time, clock.instant()), by);
    }

    private Uni<TickResult> claim(SyncJob job, Schedule schedule, Tick tick) {
        return ticks.claim(tick)
                .chain(mine -> mine ? settle(job, schedule, tick, tick.at()) : tooEarly(schedule, tick.slot()));
    }

    private static Uni<TickResult> ahead(Schedule.Due due, Instant time) {
        Duration remaining = Duration.between(time, due.slot());
        LOG.warnf(
                "a slot has come by this process's clock, and comes by the database's in %d s", remaining.toSeconds());
        return Uni.createFrom().item(new TickResult.TooEarly(remaining));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Uni<TickResult> tooEarly(Schedule schedule, Instant upTo) {
        return Uni.createFrom()
                .item(() -> new TickResult.TooEarly(Duration.between(clock.instant(), schedule.next(upTo))));
    }

    // --- what becomes of them

    private Uni<TickResult> settle(SyncJob job, Schedule schedule, Tick tick, Instant now) {
        boolean missed = missedFrom(schedule, tick.slot()).isBefore(now);
        if (!job.enabled()) {
            return skip(tick, Tick.Outcome.config_disabled, null);
        }
        return missed && schedule.missed() == Schedule.Missed.SKIP
                ? skip(tick, Tick.Outcome.missed, null)
                : start(job, tick, missed);
    }

    /** Our own clock meets each slot; a scheduler outside has its own minute, and all the time until the next slot. */
    private static Instant missedFrom(Schedule schedule, Instant slot) {
        return schedule.startedBy() == Schedule.StartedBy.SCHEDULER ? schedule.next(slot) : slot.plus(GRACE);
    }

    private Uni<TickResult> start(SyncJob job, Tick tick, boolean missed) {
        Ticker by = tick.by();
        String requestId = by.requestId() == null ? ids.next() : by.requestId();
        Trigger trigger = new Trigger(Trigger.Kind.scheduled, by.actor(), requestId, tick.id());
        StartRequest request =
                new StartRequest(tick.sync(), trigger, by.mode(), missed ? reason(tick) : null, job.input());
        return coordinator
                .start(request, tick.run())
                .chain(result -> result instanceof StartResult.Refused refused
                        ? skip(tick, Tick.Outcome.inflight, refused.run())
                        : started(tick, result.run()));
    }

    private static String reason(Tick tick) {
        String before = tick.earlier() == 0
                ? ""
                : ", and %d%s before it".formatted(tick.earlier(), tick.earlier() < Schedule.COUNTED ? "" : " or more");
        return "the slot of " + tick.slot() + " was missed" + before;
    }

    private Uni<TickResult> started(Tick tick, Run run) {
        count(tick.sync(), Tick.Outcome.started);
        return ticks.conclude(tick, Tick.Outcome.started).replaceWith(new TickResult.Started(run));
    }

    private Uni<TickResult> skip(Tick tick, Tick.Outcome why, @Nullable Run active) {
        LOG.infof("a slot is skipped: %s sync=%s slot=%s earlier=%d", why, tick.sync(), tick.slot(), tick.earlier());
        return ticks.conclude(tick, why).replaceWith(() -> skipped(tick.sync(), why, active));
    }

    private TickResult skipped(String sync, Tick.Outcome why, @Nullable Run active) {
        count(sync, why);
        return new TickResult.Skipped(why.name(), active);
    }

    private void count(String sync, Tick.Outcome outcome) {
        metrics.counter("syncline.schedule.ticks", "sync", RunMetrics.kind(sync), "outcome", outcome.name())
                .increment();
    }

    // --- what was left undone

    /**
     * Settles what a process claimed and did not settle, be it that it died or that the database went away.
     *
     * @return whether there is more, too young to be judged or still impossible to settle
     */
    Uni<Boolean> settleLeftUndone() {
        Instant now = clock.instant();
        return ticks.open()
                .onItem()
                .transformToMulti(open -> Multi.createFrom().iterable(open))
                .onItem()
                .transformToUniAndConcatenate(tick -> isLeftUndone(tick, now)
                        ? settleAgain(tick)
                        : Uni.createFrom().item(true))
                .collect()
                .with(Collectors.reducing(false, Boolean::logicalOr));
    }

    /** Whoever claimed it may have another idea of the time. */
    private static boolean isLeftUndone(Tick tick, Instant now) {
        return Duration.between(tick.at(), now).abs().compareTo(LEFT_UNDONE) >= 0;
    }

    /** Whether that failed, which must not keep others from being started. */
    private Uni<Boolean> settleAgain(Tick tick) {
        return settledAgain(tick)
                .replaceWith(false)
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "a slot cannot be settled yet sync=%s slot=%s (%s)",
                        tick.sync(), tick.slot(), failure.getMessage()))
                .onFailure()
                .recoverWithItem(true);
    }

    private Uni<TickResult> settledAgain(Tick tick) {
        Optional<SyncJob> job = syncs.find(tick.sync());
        return job.flatMap(SyncJob::schedule)
                .map(schedule -> settle(job.orElseThrow(), schedule, tick, clock.instant()))
                .orElseGet(() -> skip(tick, Tick.Outcome.config_disabled, null));
    }
}
