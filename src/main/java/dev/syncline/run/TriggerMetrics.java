package dev.syncline.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;

/**
 * What people and the schedule got for their wishes (S0-15), under the names that the roster's readers know. Tags are a sync's
 * kind and an outcome. Each process counts the runs that it ended, since it started.
 */
@ApplicationScoped
class TriggerMetrics {
    /** In milliseconds: what feels instant, what a person waits for, the limits of the roster and beyond. */
    private static final double[] BUCKETS = {100, 250, 500, 1_000, 2_500, 5_000, 10_000, 20_000, 45_000, 60_000, 300_000
    };

    private static final String MANUAL_LATENCY = "manual.sync.latency.ms";
    private static final String SCHEDULED_DURATION = "scheduled.sync.duration.ms";
    private static final String MANUAL_RATE = "manual.sync.failure.rate";
    private static final String SCHEDULED_RATE = "scheduled.sync.success.rate";

    private final MeterRegistry registry;
    private final Map<String, Outcomes> manual = new ConcurrentHashMap<>();
    private final Map<String, Outcomes> scheduled = new ConcurrentHashMap<>();

    TriggerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Outcomes(AtomicLong successes, AtomicLong failures) {
        Outcomes() {
            this(new AtomicLong(), new AtomicLong());
        }

        void add(boolean failed) {
            long unused = failed ? failures.incrementAndGet() : successes.incrementAndGet();
        }

        double failureRate() {
            return (double) failures.get() / Math.max(1, successes.get() + failures.get());
        }

        double successRate() {
            return (double) successes.get() / Math.max(1, successes.get() + failures.get());
        }
    }

    /** Shows each sync before anything happens: who watches a number has to find it. */
    void begin(@Observes StartupEvent event, SyncCatalog syncs) {
        syncs.all().forEach(job -> expect(job.sync()));
    }

    private void expect(String sync) {
        String kind = RunMetrics.kind(sync);
        manual(kind);
        scheduled(kind);
        latency(MANUAL_LATENCY, kind);
        latency(SCHEDULED_DURATION, kind);
    }

    /** A run that a person ended is neither a success nor a failure. */
    void ended(Run run) {
        String kind = RunMetrics.kind(run.sync());
        boolean failed = run.state() == RunState.FAILED;
        if (run.state() == RunState.CANCELLED || run.completedAt() == null) {
            return;
        }
        if (run.trigger().kind() == Trigger.Kind.manual) {
            manual(kind).add(failed);
            count("manual.sync.runs", kind, failed);
            Duration waited = Duration.between(run.queuedAt(), run.completedAt());
            latency(MANUAL_LATENCY, kind).record(waited.toMillis());
        }
        if (run.trigger().kind() == Trigger.Kind.scheduled) {
            scheduled(kind).add(failed);
            count("scheduled.sync.runs", kind, failed);
            latency(SCHEDULED_DURATION, kind).record(run.durationMs() == null ? 0 : run.durationMs());
        }
    }

    private void count(String name, String kind, boolean failed) {
        registry.counter(name, "sync", kind, "outcome", failed ? "failure" : "success")
                .increment();
    }

    @CanIgnoreReturnValue
    private DistributionSummary latency(String name, String kind) {
        return DistributionSummary.builder(name)
                .tags("sync", kind)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @CanIgnoreReturnValue
    private Outcomes manual(String kind) {
        return manual.computeIfAbsent(
                kind,
                name -> registry.gauge(MANUAL_RATE, Tags.of("sync", name), new Outcomes(), Outcomes::failureRate));
    }

    @CanIgnoreReturnValue
    private Outcomes scheduled(String kind) {
        return scheduled.computeIfAbsent(
                kind,
                name -> registry.gauge(SCHEDULED_RATE, Tags.of("sync", name), new Outcomes(), Outcomes::successRate));
    }
}
