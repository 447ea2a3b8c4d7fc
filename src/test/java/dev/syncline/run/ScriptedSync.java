package dev.syncline.run;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import io.smallrye.mutiny.Multi;

import dev.syncline.ingest.Absence;
import dev.syncline.ingest.IngestLimits;
import dev.syncline.ingest.IngestPipeline;
import dev.syncline.ingest.IngestRequest;
import dev.syncline.ingest.Limits;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.RowCollection;
import dev.syncline.ingest.RowMapper;
import dev.syncline.permits.PermitMapper;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.source.RowSource;

/** A sync whose runs do what a test says; a bean of the {@link CoreProfile} alone. */
@Alternative
@Singleton
public class ScriptedSync implements SyncJob {
    public static final String SYNC = "scripted";
    public static final String ROWS = "scripted_rows";
    public static final Absence ABSENCE = new Absence("status", "Pending Closed", "Closed", Duration.ofDays(30));

    private final IngestPipeline pipeline;
    private final MongoDatabase database;
    private volatile Function<RunScope, Multi<Progress>> script =
            scope -> Multi.createFrom().empty();
    private volatile RowCollection rows;
    private volatile Optional<Duration> timeLimit = Optional.empty();
    private volatile Optional<Duration> slowAfter = Optional.empty();
    private volatile boolean allOrNothing;
    private volatile boolean retries = true;

    ScriptedSync(IngestPipeline pipeline, MongoDatabase database) {
        this.pipeline = pipeline;
        this.database = database;
        reset();
    }

    /** Writes to {@link #ROWS} again, without a time limit. */
    void reset() {
        rows = new RowCollection(database.collection(ROWS), 500);
        timeLimit = Optional.empty();
        slowAfter = Optional.empty();
        allOrNothing = false;
        retries = true;
    }

    public void does(Function<RunScope, Multi<Progress>> work) {
        script = work;
    }

    public void reads(RowSource feed) {
        reads(feed, Limits.limits());
    }

    public void reads(RowSource feed, IngestLimits limits) {
        does(scope -> ingest(scope, feed, limits));
    }

    public void writesTo(RowCollection other) {
        rows = other;
    }

    public void limitTo(Duration limit) {
        timeLimit = Optional.of(limit);
    }

    public void writesAllOrNothing() {
        allOrNothing = true;
    }

    public void neverTriesAgain() {
        retries = false;
    }

    public void triesAgain() {
        retries = true;
    }

    void slowAfter(Duration limit) {
        slowAfter = Optional.of(limit);
    }

    /** The work of a sync that reads a feed of permits. */
    public Multi<Progress> ingest(RunScope scope, RowSource feed, IngestLimits limits) {
        return ingest(scope, feed, new PermitMapper(), limits);
    }

    public Multi<Progress> ingest(RunScope scope, RowSource feed, RowMapper mapper, IngestLimits limits) {
        IngestRequest request = new IngestRequest(
                scope.mark(),
                feed,
                mapper,
                rows,
                ABSENCE,
                limits,
                scope.baseline().orElse(null),
                scope::stopRequested);
        return pipeline.ingest(allOrNothing ? request.withUndo() : request);
    }

    @Override
    public String sync() {
        return SYNC;
    }

    @Override
    public String title() {
        return "What a test says";
    }

    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public Optional<Duration> timeLimit() {
        return timeLimit;
    }

    @Override
    public Optional<Duration> slowAfter() {
        return slowAfter;
    }

    @Override
    public boolean allOrNothing() {
        return allOrNothing;
    }

    @Override
    public boolean retries() {
        return retries;
    }

    @Override
    public Multi<Progress> execute(RunScope scope) {
        return script.apply(scope);
    }

    @Override
    public Optional<SweepTarget> sweepTarget() {
        return Optional.of(new SweepTarget(rows, ABSENCE));
    }
}
