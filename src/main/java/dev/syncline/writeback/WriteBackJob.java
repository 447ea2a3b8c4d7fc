package dev.syncline.writeback;

import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;

import dev.syncline.ingest.Progress;
import dev.syncline.run.RunScope;
import dev.syncline.run.Schedule;
import dev.syncline.run.SyncJob;

/** The write-back sync: what has changed in MongoDB to the sheets, or what an earlier run of it has written back out of them. */
@ApplicationScoped
class WriteBackJob implements SyncJob {
    private final WriteBackConfig config;
    private final Drain drain;
    private final WriteBackUndo undo;
    private final Optional<Schedule> schedule;

    WriteBackJob(WriteBackConfig config, Models models, Drain drain, WriteBackUndo undo) {
        this.config = config;
        this.drain = drain;
        this.undo = undo;
        this.schedule = models.all().stream()
                .flatMap(model -> model.spreadsheet().stream())
                .findAny()
                .flatMap(id -> Schedule.of(config.schedule()));
    }

    @Override
    public String sync() {
        return WriteBack.SYNC;
    }

    @Override
    public String title() {
        return "Write-back, from MongoDB to Google sheets";
    }

    @Override
    public String startLabel() {
        return "Write now";
    }

    @Override
    public boolean enabled() {
        return config.enabled();
    }

    /** Without a spreadsheet there is nothing to write to, and no reason to look every five minutes. */
    @Override
    public Optional<Schedule> schedule() {
        return schedule;
    }

    /** A run ends by itself before that. */
    @Override
    public Optional<Duration> timeLimit() {
        return Optional.of(config.runFor().plusMinutes(1));
    }

    /** The items are tried again, by later runs; and the schedule comes round in five minutes. */
    @Override
    public boolean retries() {
        return false;
    }

    @Override
    public Multi<Progress> execute(RunScope scope) {
        String run = scope.run().input().get(WriteBack.UNDO);
        return run == null ? drain.drain(scope) : undo.undo(scope, run);
    }
}
