package dev.syncline.roster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.Absence;
import dev.syncline.ingest.IngestPipeline;
import dev.syncline.ingest.IngestRequest;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.run.RunScope;
import dev.syncline.run.Schedule;
import dev.syncline.run.SyncJob;

/** The roster sync: read the sheet, or a baseline in its place, and bring {@code devices} in step with it, all or nothing. */
@ApplicationScoped
class RosterJob implements SyncJob {
    private static final String MISSING = "missing";
    private static final String INACTIVE = "inactive";
    private static final Progress FETCHING = new Progress("fetching", Tally.NONE, 0, null);

    private final RosterConfig config;
    private final ConfiguredSheet sheet;
    private final RosterRefresh refresh;
    private final BaselineRestore restore;
    private final IngestPipeline pipeline;
    private final DeviceRows devices;
    private final ColumnRegistry registry;
    private final Optional<Schedule> schedule;

    RosterJob(
            RosterConfig config,
            ConfiguredSheet sheet,
            RosterRefresh refresh,
            BaselineRestore restore,
            IngestPipeline pipeline,
            DeviceRows devices,
            ColumnRegistry registry) {
        this.config = config;
        this.sheet = sheet;
        this.refresh = refresh;
        this.restore = restore;
        this.pipeline = pipeline;
        this.devices = devices;
        this.registry = registry;
        this.schedule = config.sheetId().flatMap(id -> Schedule.of(config.schedule()));
    }

    @Override
    public String sync() {
        return RosterSync.SYNC;
    }

    @Override
    public String title() {
        return "Device roster, from a Google sheet";
    }

    @Override
    public String startLabel() {
        return "Refresh now";
    }

    @Override
    public Map<String, String> input() {
        return sheet.input();
    }

    @Override
    public boolean enabled() {
        return config.enabled();
    }

    /** Without a sheet there is nothing to read, and no reason to fail every two minutes. */
    @Override
    public Optional<Schedule> schedule() {
        return schedule;
    }

    @Override
    public Optional<Duration> timeLimit() {
        return Optional.of(config.timeLimit());
    }

    @Override
    public Optional<Duration> slowAfter() {
        return Optional.of(config.slowAfter());
    }

    /** Whoever pressed "Refresh now" is told at once; the schedule comes round in two minutes. */
    @Override
    public boolean retries() {
        return false;
    }

    @Override
    public boolean allOrNothing() {
        return true;
    }

    @Override
    public Optional<SweepTarget> sweepTarget() {
        return Optional.of(new SweepTarget(devices.rows(), absence()));
    }

    private Absence absence() {
        return new Absence(DeviceMapper.PRESENCE, MISSING, INACTIVE, config.inactiveAfter());
    }

    @Override
    public Multi<Progress> execute(RunScope scope) {
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(FETCHING), work(scope))
                .onFailure()
                .transform(RosterFailures::told);
    }

    private Multi<Progress> work(RunScope scope) {
        return prepared(scope).onItem().transformToMulti(work -> work.map(found -> bring(scope, found))
                .orElse(Multi.createFrom().empty()));
    }

    private Uni<Optional<RosterWork>> prepared(RunScope scope) {
        return scope.run().input().containsKey(RosterSync.BASELINE) ? restore.prepare(scope) : refresh.prepare(scope);
    }

    private Multi<Progress> bring(RunScope scope, RosterWork work) {
        return pipeline.ingest(request(scope, work))
                .onItem()
                .transformToUniAndConcatenate(
                        progress -> progress.finished() ? conclude(scope, work, progress) : unfinished(progress));
    }

    private IngestRequest request(RunScope scope, RosterWork work) {
        return new IngestRequest(
                        scope.mark(),
                        work.rows(),
                        work.mapper(),
                        devices.rows(),
                        absence(),
                        work.limits(),
                        work.before(),
                        scope::stopRequested)
                .withUndo();
    }

    private static Uni<Progress> unfinished(Progress progress) {
        return Uni.createFrom().item(progress);
    }

    /** The registry is written last: nothing of it is known to anybody before the devices are as it says. */
    private Uni<Progress> conclude(RunScope scope, RosterWork work, Progress finished) {
        Progress told = finished.withWarnings(work.warnings());
        if (scope.mark().dryRun()) {
            return Uni.createFrom().item(told);
        }
        return scope.stopRequested()
                ? unfinished(new Progress("concluding", told.counts(), told.bytesRead(), told.bytesTotal()))
                : registry.write(scope.mark(), work.columns()).replaceWith(told);
    }
}
