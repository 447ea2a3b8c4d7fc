package dev.syncline.run;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import dev.syncline.ingest.Tally;

/** Numbers of runs (C0-54). Tags are a sync's kind, never its whole id, and never a run's. */
@ApplicationScoped
class RunMetrics {
    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, Long> lastSuccess = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> active = new ConcurrentHashMap<>();

    RunMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void ended(Run run) {
        String sync = kind(run.sync());
        registry.counter(
                        "syncline.runs",
                        "sync",
                        sync,
                        "trigger",
                        run.trigger().kind().name(),
                        "outcome",
                        run.state().name())
                .increment();
        registry.timer(
                        "syncline.run.duration",
                        "sync",
                        sync,
                        "outcome",
                        run.state().name())
                .record(Duration.ofMillis(run.durationMs() == null ? 0 : run.durationMs()));
        if (run.error() != null) {
            registry.counter(
                            "syncline.run.failures",
                            "sync",
                            sync,
                            "code",
                            run.error().code())
                    .increment();
        }
        rows(sync, run.progress().counts());
    }

    private void rows(String sync, Tally counts) {
        rows(sync, "read", counts.read());
        rows(sync, "added", counts.added());
        rows(sync, "updated", counts.updated());
        rows(sync, "unchanged", counts.unchanged());
        rows(sync, "rejected", counts.rejected());
        rows(sync, "duplicate", counts.duplicates());
        rows(sync, "absent", counts.absent());
    }

    private void rows(String sync, String outcome, long count) {
        registry.counter("syncline.rows", "sync", sync, "outcome", outcome).increment(count);
    }

    void takenOver(Run run) {
        takeovers(run.sync()).increment();
    }

    @CanIgnoreReturnValue
    private Counter takeovers(String sync) {
        return registry.counter("syncline.lease.takeovers", "sync", kind(sync));
    }

    /** A run that ended anywhere, as the watch sees it: each process tells the same age of the last success. */
    void seen(Run run) {
        boolean success = run.state() == RunState.SUCCEEDED || run.state() == RunState.PARTIAL;
        if (success && run.mode() == Mode.live && run.completedAt() != null) {
            succeededAt(kind(run.sync()), run.completedAt().toEpochMilli());
        }
    }

    /** Shows the sync at zero before anything happens: who watches a number has to find it. */
    void expect(String sync) {
        active.computeIfAbsent(kind(sync), this::activeGauge);
        takeovers(sync);
    }

    /** The active runs of all processes. */
    void active(List<Run> runs) {
        runs.forEach(run -> expect(run.sync()));
        active.forEach((kind, count) -> count.set(
                runs.stream().filter(run -> kind(run.sync()).equals(kind)).count()));
    }

    private AtomicLong activeGauge(String kind) {
        return registry.gauge("syncline.runs.active", Tags.of("sync", kind), new AtomicLong());
    }

    private void succeededAt(String kind, long epochMillis) {
        if (lastSuccess.put(kind, Math.max(epochMillis, lastSuccess.getOrDefault(kind, 0L))) == null) {
            registry.gauge(
                    "syncline.last.success.age.seconds",
                    Tags.of("sync", kind),
                    lastSuccess,
                    all -> (clock.millis() - all.get(kind)) / 1000.0);
        }
    }

    /** {@code project:handbook} and {@code project:wiki} are one kind: ids must not become tags. */
    static String kind(String sync) {
        int colon = sync.indexOf(':');
        return colon < 0 ? sync : sync.substring(0, colon);
    }
}
