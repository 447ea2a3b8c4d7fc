package dev.syncline.dashboard;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.HeldSweeps;
import dev.syncline.ingest.Sweep;
import dev.syncline.run.RunStore;
import dev.syncline.run.SyncCatalog;
import dev.syncline.status.RunView;
import dev.syncline.status.Sights;
import dev.syncline.status.Starters;
import dev.syncline.status.SyncView;
import dev.syncline.status.Syncs;

/** Brings together what the page shows of each sync. */
@ApplicationScoped
class SyncCards {
    private static final int HISTORY = 10;

    private final Syncs syncs;
    private final RunStore runs;
    private final HeldSweeps sweeps;
    private final SyncCatalog jobs;
    private final Sights sights;
    private final Starters starters;

    SyncCards(Syncs syncs, RunStore runs, HeldSweeps sweeps, SyncCatalog jobs, Sights sights, Starters starters) {
        this.syncs = syncs;
        this.jobs = jobs;
        this.runs = runs;
        this.sweeps = sweeps;
        this.sights = sights;
        this.starters = starters;
    }

    Uni<List<SyncCard>> all() {
        return syncs.all()
                .onItem()
                .transformToMulti(views -> Multi.createFrom().iterable(views))
                .onItem()
                .transformToUniAndConcatenate(this::card)
                .collect()
                .asList();
    }

    /** {@code NOT_FOUND} if there is no such sync. */
    Uni<SyncCard> of(String sync) {
        return syncs.get(sync).chain(this::card);
    }

    private Uni<SyncCard> card(SyncView sync) {
        return runs.newestOf(sync.id(), HISTORY)
                .map(found -> found.stream().map(RunView::of).toList())
                .chain(history -> sweeps(sync, history).map(found -> card(sync, history, found)));
    }

    private SyncCard card(SyncView sync, List<RunView> history, Map<String, Sweep> sweeps) {
        String id = sync.id();
        return SyncCard.of(
                sync, jobs.get(id).startLabel(), starters.mayStart(id), sights.showRows(id), history, sweeps);
    }

    /** The last complete run may be older than all runs of the history, and its sweep still waits. */
    private Uni<Map<String, Sweep>> sweeps(SyncView sync, List<RunView> history) {
        List<String> held = Stream.concat(history.stream(), Stream.ofNullable(sync.lastSuccess()))
                .filter(run -> run.links().sweep() != null)
                .map(RunView::id)
                .distinct()
                .toList();
        return Multi.createFrom()
                .iterable(held)
                .onItem()
                .transformToUni(sweeps::find)
                .merge(4)
                .flatMap(found -> Multi.createFrom().optional(found))
                .collect()
                .asMap(Sweep::run);
    }
}
