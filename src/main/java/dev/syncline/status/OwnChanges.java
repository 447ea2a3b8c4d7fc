package dev.syncline.status;

import java.util.List;

import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.Change;

/** What the runs of a sync changed, where the sync keeps a log of its own and writes nothing to {@code changes}. */
public interface OwnChanges {
    /** Whether it speaks for that sync; at most one does. */
    boolean serves(String sync);

    /**
     * A page of what a run changed.
     *
     * @param after id of the change behind which it goes on; empty for the start
     */
    Uni<List<Change>> page(String run, String after, int limit);
}
