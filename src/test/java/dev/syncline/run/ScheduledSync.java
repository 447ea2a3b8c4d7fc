package dev.syncline.run;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.mutiny.Multi;

import dev.syncline.ingest.Progress;

/** A sync of the application, with a schedule that the application itself does not know of. */
record ScheduledSync(SyncJob job, Schedule times, boolean enabled) implements SyncJob {
    @Override
    public String sync() {
        return job.sync();
    }

    @Override
    public String title() {
        return job.title();
    }

    @Override
    public Optional<Schedule> schedule() {
        return Optional.of(times);
    }

    @Override
    public Optional<Duration> timeLimit() {
        return job.timeLimit();
    }

    @Override
    public Multi<Progress> execute(RunScope scope) {
        return job.execute(scope);
    }

    @Override
    public Optional<SweepTarget> sweepTarget() {
        return job.sweepTarget();
    }
}
