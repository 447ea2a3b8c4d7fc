package dev.syncline.run;

import jakarta.enterprise.context.ApplicationScoped;

/** Says what this process has just written of a run: to the log and the metrics when something ended, then to all who follow. */
@ApplicationScoped
class RunTeller {
    private final RunEvents events;
    private final RunMetrics metrics;
    private final TriggerMetrics triggers;

    RunTeller(RunEvents events, RunMetrics metrics, TriggerMetrics triggers) {
        this.events = events;
        this.metrics = metrics;
        this.triggers = triggers;
    }

    void tell(Run before, Run saved) {
        if (attemptEnded(before, saved)) {
            RunLog.attemptEnded(saved);
        }
        if (!saved.active()) {
            metrics.ended(saved);
            triggers.ended(saved);
        }
        events.publish(saved);
    }

    private static boolean attemptEnded(Run before, Run saved) {
        boolean gaveItUp = before.owner() != null && saved.owner() == null;
        return !saved.active() || gaveItUp;
    }
}
