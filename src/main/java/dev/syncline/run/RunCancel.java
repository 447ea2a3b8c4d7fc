package dev.syncline.run;

import java.time.Clock;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** A person's wish that a run end (C0-06). */
@ApplicationScoped
public class RunCancel {
    private final RunStore store;
    private final AttemptRunner runner;
    private final Clock clock;

    RunCancel(RunStore store, AttemptRunner runner, Clock clock) {
        this.store = store;
        this.runner = runner;
        this.clock = clock;
    }

    /**
     * Asks a run to end. One that runs stops at its next batch boundary, within a second; one that waits ends at once.
     * {@code RUN_NOT_ACTIVE} if it has ended.
     */
    public Uni<Run> cancel(String id, String by) {
        return store.byId(id)
                .map(found ->
                        found.orElseThrow(() -> new SyncException(ErrorCode.NOT_FOUND, "there is no run of that id")))
                .chain(run -> cancel(run, by));
    }

    private Uni<Run> cancel(Run run, String by) {
        if (!run.active()) {
            throw new SyncException(ErrorCode.RUN_NOT_ACTIVE, "the run is " + run.state());
        }
        Run asked = run.cancelRequested(by, clock.instant());
        return store.save(run, asked)
                .chain(saved -> saved.state() == RunState.RUNNING ? obey(saved) : end(saved))
                .onFailure(StaleRunException.class)
                .recoverWithUni(() -> cancel(run.id(), by));
    }

    private Uni<Run> obey(Run run) {
        runner.running(run.id()).ifPresent(attempt -> runner.stopIfCancelled(attempt, run));
        return Uni.createFrom().item(run);
    }

    private Uni<Run> end(Run run) {
        return store.save(run, run.cancelledWhileWaiting(clock.instant()));
    }
}
