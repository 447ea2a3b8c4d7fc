package dev.syncline.identity;

import java.util.Locale;

/** A caller that shows a secret of its own instead of a token, and may do the few things that it is there for. */
public enum Machine {
    /** The cluster's scheduler, which ticks the roster sync (S0-23). */
    SCHEDULER,
    /** Whoever queues changes for the sheets and has them written back (S2-1). */
    WRITE_BACK;

    /** As it stands in runs and audit records. */
    String actor() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
