package dev.syncline.run;

import java.time.Instant;

import io.smallrye.mutiny.Uni;

/**
 * Is told of a run that should have happened and did not, so that a person gets to know. Any bean may be one. Called by one
 * process at a time, once for a slot; after a failure, or when another process begins to lead, once more, so telling the same
 * sync and slot twice must come to the same. Called on any thread, which it must not block.
 */
public interface MissedRunListener {
    /**
     * No run of the sync has begun since a slot that is older than {@link Schedule#lateAfter()}, and none is active.
     *
     * @param slot the newest such slot
     */
    Uni<Void> missed(SyncJob job, Instant slot);
}
