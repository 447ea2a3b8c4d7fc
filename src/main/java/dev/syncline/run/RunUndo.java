package dev.syncline.run;

import java.util.stream.Collectors;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.ChangeStore;
import dev.syncline.ingest.UndoJournal;

/**
 * Keeps the promise of a sync that writes all or nothing: what a run has written that did not succeed is taken back. The attempt
 * itself does so before its end is told; where it could not, because its process died or the database was away, the next attempt
 * does before it reads, or whoever follows the end. The run's stored state alone says which of the two it is.
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

    /**
     * Leaves the sync's rows as its last successful run left them. Call it as the owner of its active run.
     *
     * @return how many writes were taken back
     */
    Uni<Long> settle(SyncJob job) {
        return job.allOrNothing()
                ? journal.runs(job.sync())
                        .onItem()
                        .transformToMulti(left -> Multi.createFrom().iterable(left))
                        .onItem()
                        .transformToUniAndConcatenate(this::settle)
                        .collect()
                        .with(Collectors.summingLong(Long::longValue))
                : Uni.createFrom().item(0L);
    }

    private Uni<Long> settle(String run) {
        return runs.byId(run)
                .chain(found -> found.filter(RunUndo::stays).isPresent()
                        ? journal.forget(run).replaceWith(0L)
                        : takeBack(run));
    }

    private static boolean stays(Run run) {
        return run.state() == RunState.SUCCEEDED || run.state() == RunState.PARTIAL;
    }

    private Uni<Long> takeBack(String run) {
        return journal.takeBack(run).call(() -> changes.retract(run));
    }

    @Override
    public Uni<Void> follow(Run ended) {
        return syncs.all().stream().anyMatch(job -> job.sync().equals(ended.sync()) && job.allOrNothing())
                ? settle(ended.id()).replaceWithVoid()
                : Uni.createFrom().voidItem();
    }
}
