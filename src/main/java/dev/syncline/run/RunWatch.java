package dev.syncline.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the runs twice a second, with one query: what other processes did is published here, requests to cancel reach
 * their runner, and runs that wait for somebody come out: those whose retry is due, those handed over, and those whose
 * document has not changed for a lease's time. That time is measured here, by the monotonic clock, so nobody's clock matters.
 */
@ApplicationScoped
class RunWatch {
    private static final Logger LOG = Logger.getLogger(RunWatch.class);
    /** Writes become visible out of order by at most this. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private final RunStore store;
    private final RunEvents events;
    private final RunMetrics metrics;
    private final SyncCatalog syncs;
    private final AttemptRunner runner;
    private final RunsConfig config;
    private final Clock clock;

    private final Map<String, Seen> seen = new HashMap<>();
    private @Nullable Instant watermark;
    private boolean away;

    RunWatch(
            RunStore store,
            RunEvents events,
            RunMetrics metrics,
            SyncCatalog syncs,
            AttemptRunner runner,
            RunsConfig config,
            Clock clock) {
        this.store = store;
        this.events = events;
        this.metrics = metrics;
        this.syncs = syncs;
        this.runner = runner;
        this.config = config;
        this.clock = clock;
    }

    private record Seen(long version, long sinceNanos) {}

    /** Active runs that wait for a process to take them; the same run again until somebody has. */
    Multi<Run> takeable() {
        syncs.all().forEach(job -> metrics.expect(job.sync()));
        return Multi.createFrom()
                .ticks()
                .every(config.watchInterval())
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> look())
                .onItem()
                .transformToMultiAndConcatenate(runs -> Multi.createFrom().iterable(runs));
    }

    private Uni<List<Run>> look() {
        return beginning()
                .chain(from -> store.activeOrChangedSince(from.minus(OVERLAP)))
                .map(this::digest)
                .onFailure()
                .invoke(this::tellAway)
                .onFailure()
                .recoverWithItem(List.of());
    }

    /** History before the newest change is no news to anybody, but the age of the last success. */
    private Uni<Instant> beginning() {
        return watermark != null
                ? Uni.createFrom().item(watermark)
                : lastSuccesses().chain(store::newestChange);
    }

    private Uni<Void> lastSuccesses() {
        return Multi.createFrom()
                .iterable(syncs.all())
                .onItem()
                .transformToUniAndConcatenate(job -> store.lastSuccess(job.sync()))
                .invoke(found -> found.ifPresent(metrics::seen))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private void tellAway(Throwable failure) {
        if (!away) {
            LOG.warnf(
                    "the runs cannot be read; trying again every %s (%s)",
                    config.watchInterval(), failure.getMessage());
        }
        away = true;
    }

    private List<Run> digest(List<Run> runs) {
        away = false;
        metrics.active(runs.stream().filter(Run::active).toList());
        long now = System.nanoTime();
        List<Run> takeable = new ArrayList<>();
        Map<String, Seen> before = new HashMap<>(seen);
        seen.clear();
        for (Run run : runs) {
            Seen known = before.get(run.id());
            boolean news = known == null || known.version() < run.version();
            Seen current = news ? new Seen(run.version(), now) : known;
            seen.put(run.id(), current);
            if (news) {
                tell(run);
            }
            runner.running(run.id()).ifPresent(attempt -> runner.stopIfCancelled(attempt, run));
            if (run.active() && waits(run, current, now)) {
                takeable.add(run);
            }
        }
        return takeable;
    }

    private void tell(Run run) {
        if (run.updatedAt() != null && (watermark == null || run.updatedAt().isAfter(watermark))) {
            watermark = run.updatedAt();
        }
        metrics.seen(run);
        events.publish(run);
    }

    private boolean waits(Run run, Seen current, long now) {
        if (run.state() == RunState.RETRY_WAIT) {
            return run.dueAt(clock.instant());
        }
        boolean mine = runner.running(run.id()).isPresent();
        boolean silent = now - current.sinceNanos() > config.lease().toNanos();
        return !mine && (run.owner() == null || silent);
    }
}
