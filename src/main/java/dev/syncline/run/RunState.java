package dev.syncline.run;

import java.util.Map;
import java.util.Set;

/** Where a run stands, and the one table of where it can go from there (C0-02). */
public enum RunState {
    QUEUED,
    RUNNING,
    RETRY_WAIT,
    SUCCEEDED,
    PARTIAL,
    FAILED,
    CANCELLED;

    private static final Map<RunState, Set<RunState>> NEXT = Map.of(
            QUEUED, Set.of(QUEUED, RUNNING, FAILED, CANCELLED),
            RUNNING, Set.of(RUNNING, RETRY_WAIT, SUCCEEDED, PARTIAL, FAILED, CANCELLED),
            RETRY_WAIT, Set.of(RETRY_WAIT, RUNNING, FAILED, CANCELLED),
            SUCCEEDED, Set.of(),
            PARTIAL, Set.of(),
            FAILED, Set.of(),
            CANCELLED, Set.of());

    /** Whether a run may go from here to {@code next}; staying means that something else of it changes. */
    public boolean leadsTo(RunState next) {
        return NEXT.get(this).contains(next);
    }

    /** A run in this state never changes again. */
    public boolean terminal() {
        return NEXT.get(this).isEmpty();
    }
}
