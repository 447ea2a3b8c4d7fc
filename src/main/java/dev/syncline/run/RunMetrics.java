package dev.syncline.run;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;

import dev.syncline.ingest.Tally;

/** Numbers of runs (C0-54). Tags are a sync's kind, never its whole id, and never a run's. */
@ApplicationScoped
class RunMetrics {
    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, Long> lastSuccess = new ConcurrentHashMap<>();

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
        registry.counter("syncline.lease.takeovers", "sync", kind(run.sync())).increment();
    }

    /** Success of a run anywhere, as the watch sees it: each process tells the same age. */
    void succeededAt(String sync, long epochMillis) {
        String kind = kind(sync);
        Long before = lastSuccess.get(kind);
        lastSuccess.merge(kind, epochMillis, Math::max);
        if (before == null) {
            registry.gauge(
                    "syncline.last.success.age.seconds",
                    io.micrometer.core.instrument.Tags.of("sync", kind),
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
