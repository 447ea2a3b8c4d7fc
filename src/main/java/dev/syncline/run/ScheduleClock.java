package dev.syncline.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/**
 * Ticks for all schedules, in every process. It remembers only when to look next, so the database is asked when a slot is due,
 * a little later for what was left undone, and when the process starts or its clock is set back.
 */
@ApplicationScoped
class ScheduleClock {
    private static final Logger LOG = Logger.getLogger(ScheduleClock.class);

    private final SyncCatalog syncs;
    private final ScheduleTicks ticks;
    private final RunCoordinator coordinator;
    private final Clock clock;

    private final Map<String, Instant> due = new HashMap<>();
    private Instant lastBeat = Instant.EPOCH;
    private Instant lookBackAt = Instant.MIN;
    private boolean failing;
    private boolean told;

    ScheduleClock(SyncCatalog syncs, ScheduleTicks ticks, RunCoordinator coordinator, Clock clock) {
        this.syncs = syncs;
        this.ticks = ticks;
        this.coordinator = coordinator;
        this.clock = clock;
    }

    @Scheduled(every = "1S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> beat() {
        Instant now = clock.instant();
        if (coordinator.draining()) {
            return Uni.createFrom().voidItem();
        }
        if (now.isBefore(lastBeat)) {
            due.clear();
            lookBackAt = Instant.MIN;
        }
        lastBeat = now;
        failing = false;
        return lookBack(now)
                .chain(() -> ticksOf(now))
                .onFailure()
                .invoke(this::tellOnce)
                .onFailure()
                .recoverWithNull()
                .invoke(() -> told = failing);
    }

    private Uni<Void> lookBack(Instant now) {
        return now.isBefore(lookBackAt)
                ? Uni.createFrom().voidItem()
                : ticks.settleLeftUndone()
                        .invoke(more -> lookBackAt = more ? soon(now) : Instant.MAX)
                        .replaceWithVoid();
    }

    private static Instant soon(Instant now) {
        return now.plus(ScheduleTicks.LEFT_UNDONE).plus(Duration.ofSeconds(1));
    }

    private Uni<Void> ticksOf(Instant now) {
        return Multi.createFrom()
                .iterable(syncs.all())
                .onItem()
                .transformToUniAndConcatenate(job -> tickIfDue(job, now))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> tickIfDue(SyncJob job, Instant now) {
        return job.schedule()
                .filter(schedule -> !now.isBefore(due.getOrDefault(job.sync(), Instant.MIN)))
                .map(schedule -> schedule.startedBy() == Schedule.StartedBy.CLOCK
                        ? tick(job, schedule, now)
                        : watch(job, schedule, now))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** One of many syncs that cannot be started is looked at again with the next beat, and keeps no other from starting. */
    private Uni<Void> tick(SyncJob job, Schedule schedule, Instant now) {
        lookBackSoon(now);
        return ticks.tick(job, schedule, now, Ticker.CLOCK)
                .invoke(result -> due.put(job.sync(), lookAgain(schedule, result, now)))
                .onFailure()
                .invoke(this::tellOnce)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** A scheduler outside ticks at any time and at any process, so what one left undone is looked for all the time. */
    private Uni<Void> watch(SyncJob job, Schedule schedule, Instant now) {
        lookBackSoon(now);
        return ticks.know(job, schedule).invoke(() -> due.put(job.sync(), soon(now)));
    }

    private void lookBackSoon(Instant now) {
        if (soon(now).isBefore(lookBackAt)) {
            lookBackAt = soon(now);
        }
    }

    /** At the next slot, which for a clock that runs ahead is the one that has yet to come. */
    private static Instant lookAgain(Schedule schedule, TickResult result, Instant now) {
        Instant next = schedule.next(now);
        return result instanceof TickResult.TooEarly early
                        && now.plus(early.remaining()).isBefore(next)
                ? now.plus(early.remaining())
                : next;
    }

    /** Until a beat has gone well again. */
    private void tellOnce(Throwable failure) {
        if (!told && !failing) {
            LOG.warnf("the schedules cannot be followed, trying again every second (%s)", failure.getMessage());
        }
        failing = true;
    }
}
