package dev.syncline.run;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.ChangeStore;
import dev.syncline.ingest.UndoJournal;

/**
 * Keeps the promise of a sync that writes all or nothing: what a run has written that did not succeed is taken back. The attempt
 * itself does so before its end is told; where it could not, because its process died or the database was away, the next attempt
 * does before it reads. Whoever follows the end does it once more, for what was still on its way, and forgets the images. The
 * run's stored state alone says whether its writes stay.
 */
@ApplicationScoped
@Priority(3)
class RunUndo implements RunFollowUp {
    private final SyncCatalog syncs;
    private final RunStore runs;
    private final UndoJournal journal;
    private final ChangeStore changes;

    RunUndo(SyncCatalog syncs, RunStore runs, UndoJournal journal, ChangeStore changes) {
        this.syncs = syncs;
        this.runs = runs;
        this.journal = journal;
        this.changes = changes;
    }

    /** Leaves the sync's rows as its last successful run left them. Call it as the owner of its active run. */
    Uni<Void> settle(SyncJob job) {
        return job.allOrNothing()
                ? journal.runs(job.sync())
                        .onItem()
                        .transformToMulti(left -> Multi.createFrom().iterable(left))
                        .onItem()
                        .transformToUniAndConcatenate(this::settle)
                        .onItem()
                        .ignoreAsUni()
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> settle(String run) {
        return runs.byId(run)
                .map(found -> found.filter(RunUndo::stays).isPresent())
                .chain(stays -> stays ? Uni.createFrom().item(0L) : takeBack(run))
                .chain(() -> journal.forget(run));
    }

    private static boolean stays(Run run) {
        return run.state() == RunState.SUCCEEDED || run.state() == RunState.PARTIAL;
    }

    /** Leaves the rows as they were before a run, as far as its writes have arrived. Gives how many writes it had made. */
    Uni<Long> takeBack(String run) {
        return journal.takeBack(run).call(() -> changes.retract(run));
    }

    @Override
    public Uni<Void> follow(Run ended) {
        return syncs.find(ended.sync()).filter(SyncJob::allOrNothing).isPresent()
                ? settle(ended.id())
                : Uni.createFrom().voidItem();
    }
}
