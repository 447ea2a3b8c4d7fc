package dev.syncline.run;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/** How many syncs of each kind are late, as a number that somebody can watch; each process tells the same. */
@ApplicationScoped
class LateSyncs {
    private static final Logger LOG = Logger.getLogger(LateSyncs.class);

    private final SyncCatalog syncs;
    private final RunStore runs;
    private final ScheduleStore schedules;
    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, AtomicLong> late = new ConcurrentHashMap<>();

    LateSyncs(SyncCatalog syncs, RunStore runs, ScheduleStore schedules, MeterRegistry registry, Clock clock) {
        this.syncs = syncs;
        this.runs = runs;
        this.schedules = schedules;
        this.registry = registry;
        this.clock = clock;
    }

    @Scheduled(every = "30S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return Multi.createFrom()
                .iterable(syncs.all())
                .filter(job -> job.schedule().isPresent())
                .invoke(job -> gauge(RunMetrics.kind(job.sync())))
                .onItem()
                .transformToUniAndConcatenate(this::kindIfLate)
                .collect()
                .asList()
                .invoke(this::show)
                .onFailure()
                .invoke(failure -> LOG.debugf("which syncs are late is not known (%s)", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** The kind of a sync that is late, nothing for another. */
    private Uni<String> kindIfLate(SyncJob job) {
        return Uni.combine()
                .all()
                .unis(runs.lastSuccess(job.sync()), schedules.since(job.sync()))
                .with((success, since) -> Freshness.of(job, success, since, clock.instant()))
                .map(freshness -> freshness.late() ? RunMetrics.kind(job.sync()) : null);
    }

    private void show(List<String> kinds) {
        late.forEach(
                (kind, count) -> count.set(kinds.stream().filter(kind::equals).count()));
    }

    private void gauge(String kind) {
        late.computeIfAbsent(
                kind, name -> registry.gauge("syncline.syncs.late", Tags.of("sync", name), new AtomicLong()));
    }
}
