package dev.syncline.status;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.Caller;
import dev.syncline.ingest.Warning;
import dev.syncline.run.RunStore;
import dev.syncline.run.ScheduleStore;
import dev.syncline.run.StandingWarnings;
import dev.syncline.run.SyncCatalog;
import dev.syncline.run.SyncJob;
import dev.syncline.run.SyncWarnings;

/** The syncs as they stand now, and as far as they are the caller's business (S4-34). Ask within the request. */
@ApplicationScoped
public class Syncs {
    private final SyncCatalog catalog;
    private final RunStore store;
    private final ScheduleStore schedules;
    private final List<StandingWarnings> warnings;
    private final Caller caller;
    private final Clock clock;

    Syncs(
            SyncCatalog catalog,
            RunStore store,
            ScheduleStore schedules,
            @All List<StandingWarnings> warnings,
            Caller caller,
            Clock clock) {
        this.catalog = catalog;
        this.store = store;
        this.schedules = schedules;
        this.warnings = warnings;
        this.caller = caller;
        this.clock = clock;
    }

    public Uni<List<SyncView>> all() {
        return Multi.createFrom()
                .iterable(visible())
                .onItem()
                .transformToUniAndConcatenate(this::view)
                .collect()
                .asList();
    }

    /** {@code NOT_FOUND} if there is no such sync. */
    public Uni<SyncView> get(String sync) {
        return view(job(sync));
    }

    /** {@code NOT_FOUND} if there is no such sync for the caller. */
    SyncJob job(String sync) {
        SyncJob job = catalog.get(sync);
        if (!job.visibleTo(caller.account().id())) {
            throw SyncCatalog.unknown();
        }
        return job;
    }

    private List<SyncJob> visible() {
        String account = caller.account().id();
        return catalog.all().stream().filter(job -> job.visibleTo(account)).toList();
    }

    /** The name that a caller gave, if it is a sync's or if none was given. */
    @Nullable
    String known(@Nullable String sync) {
        return sync == null
                ? null
                : Parameters.one(visible().stream().map(SyncJob::sync).toList(), "sync", sync);
    }

    private Uni<SyncView> view(SyncJob job) {
        return Uni.combine()
                .all()
                .unis(
                        store.newestOf(job.sync(), SyncWarnings.RUNS),
                        store.lastSuccess(job.sync()),
                        since(job),
                        standing(job))
                .with((newest, success, since, standing) ->
                        SyncView.of(job, newest, success, since, standing, clock.instant()));
    }

    private Uni<List<Warning>> standing(SyncJob job) {
        return Multi.createFrom()
                .iterable(warnings)
                .onItem()
                .transformToUniAndConcatenate(room -> room.of(job.sync()))
                .collect()
                .in(ArrayList<Warning>::new, List::addAll)
                .map(List::copyOf);
    }

    private Uni<Optional<Instant>> since(SyncJob job) {
        return job.schedule().isPresent()
                ? schedules.since(job.sync())
                : Uni.createFrom().item(Optional.empty());
    }
}
