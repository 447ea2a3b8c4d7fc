package dev.syncline.run;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.syncline.platform.Leader;

/** Finds the run that should have happened and did not: the one failure that leaves no run to tell of it. */
@ApplicationScoped
class MissedRuns {
    private static final Logger LOG = Logger.getLogger(MissedRuns.class);

    private final SyncCatalog syncs;
    private final RunStore runs;
    private final ScheduleStore schedules;
    private final Leader leader;
    private final List<MissedRunListener> listeners;
    private final Clock clock;

    /** By sync, so that nobody is told at each look; who listens bears a repeat. */
    private final Map<String, Instant> told = new HashMap<>();

    MissedRuns(
            SyncCatalog syncs,
            RunStore runs,
            ScheduleStore schedules,
            Leader leader,
            @All List<MissedRunListener> listeners,
            Clock clock) {
        this.syncs = syncs;
        this.runs = runs;
        this.schedules = schedules;
        this.leader = leader;
        this.listeners = listeners;
        this.clock = clock;
    }

    @Scheduled(every = "30S", delayed = "30S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return leader.leads() ? tellMissed() : Uni.createFrom().voidItem();
    }

    Uni<Void> tellMissed() {
        return Multi.createFrom()
                .iterable(syncs.all())
                .filter(job -> job.enabled() && job.schedule().isPresent())
                .onItem()
                .transformToUniAndConcatenate(
                        job -> tellIfMissed(job, job.schedule().orElseThrow()))
                .onItem()
                .ignoreAsUni();
    }

    /** Whatever fails for one sync is tried again with the next look, and hides no other. */
    private Uni<Void> tellIfMissed(SyncJob job, Schedule schedule) {
        return schedules
                .since(job.sync())
                .chain(since -> since.isPresent()
                        ? tellOverdue(job, schedule, since.get())
                        : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "missed runs could not be found or told sync=%s (%s)", job.sync(), failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> tellOverdue(SyncJob job, Schedule schedule, Instant since) {
        Instant slot = schedule.newest(clock.instant().minus(schedule.lateAfter()));
        boolean news = slot.isAfter(since) && !slot.equals(told.get(job.sync()));
        return news ? tellUnlessRun(job, slot) : Uni.createFrom().voidItem();
    }

    private Uni<Void> tellUnlessRun(SyncJob job, Instant slot) {
        return runs.newestLive(job.sync())
                .chain(newest -> newest.filter(run -> serves(run, slot)).isPresent()
                        ? Uni.createFrom().voidItem()
                        : tell(job, slot));
    }

    /** Begun for the slot, by a clock that may differ, or under way when it came. */
    private static boolean serves(Run run, Instant slot) {
        Instant soonEnough = slot.minus(ScheduleTicks.GRACE);
        return run.active()
                || !run.queuedAt().isBefore(soonEnough)
                || (run.completedAt() != null && !run.completedAt().isBefore(slot));
    }

    private Uni<Void> tell(SyncJob job, Instant slot) {
        LOG.errorf("a run should have begun and did not sync=%s slot=%s", job.sync(), slot);
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(listener -> listener.missed(job, slot))
                .onItem()
                .ignoreAsUni()
                .invoke(() -> told.put(job.sync(), slot));
    }
}
