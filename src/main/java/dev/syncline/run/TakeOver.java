package dev.syncline.run;

import java.time.Clock;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** What becomes of a run that waits for a process: a due retry, one that was handed over, or one whose process is gone. */
@ApplicationScoped
class TakeOver {
    private final SyncCatalog syncs;
    private final RunStore store;
    private final RunMetrics metrics;
    private final RunsConfig config;
    private final Clock clock;

    TakeOver(SyncCatalog syncs, RunStore store, RunMetrics metrics, RunsConfig config, Clock clock) {
        this.syncs = syncs;
        this.store = store;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
    }

    /** The run, if this process shall make its next attempt; empty when it is over instead, or somebody was faster. */
    Uni<Optional<Run>> decide(Run run) {
        if (run.state() != RunState.RETRY_WAIT && run.owner() != null) {
            metrics.takenOver(run);
            RunLog.warn(run, "the process of this run is silent; taking over, owner=" + run.owner());
        }
        if (run.cancel() != null) {
            return end(run, run.cancelledWhileWaiting(clock.instant()));
        }
        return diedTooOften(run)
                ? end(run, run.abandoned(clock.instant(), retries(run)))
                : Uni.createFrom().item(Optional.of(run));
    }

    private boolean diedTooOften(Run run) {
        int unfinished = run.owner() == null ? 0 : 1;
        return run.state() == RunState.RUNNING && run.failedAttempts() + unfinished >= config.maxAttempts();
    }

    private boolean retries(Run run) {
        return syncs.find(run.sync()).map(SyncJob::retries).orElse(true);
    }

    private Uni<Optional<Run>> end(Run run, Run ended) {
        return store.save(run, ended)
                .onFailure()
                .invoke(failure -> RunLog.info(run, "its end could not be told yet; trying again"))
                .onFailure()
                .recoverWithNull()
                .replaceWith(Optional.empty());
    }
}
