package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The upper part of the page: how the queue stands.
 *
 * @param acts whether who looks at it may see records and decide on them
 * @param configured whether any model has a spreadsheet
 * @param running whether a run is under way
 */
record QueueView(Overview overview, boolean acts, boolean configured, boolean running) {
    /** A tab that cannot be written to, in words. */
    public record Blocked(String model, String detail, Hindrance hindrance, Instant checkedAt) {
        static Blocked of(BlockedTab tab) {
            return new Blocked(
                    tab.model(), tab.detail() == null ? "" : tab.detail(), Hindrance.of(tab.code()), tab.checkedAt());
        }
    }

    public List<Figure> figures() {
        QueueStats stats = overview.stats();
        return List.of(
                new Figure("Waiting", stats.pending()),
                new Figure("Being written", stats.processing()),
                new Figure("Done lately", stats.completed()),
                new Figure("Failed", stats.failed()));
    }

    /** The most important thing first; a person reads no further when that is good. */
    public String words() {
        QueueStats stats = overview.stats();
        if (!configured) {
            return "No sheet is set up";
        }
        if (running) {
            return "Writing";
        }
        if (!overview.blocked().isEmpty()) {
            return "A tab needs you";
        }
        if (stats.failed() > 0) {
            return "Some changes have failed";
        }
        return stats.pending() > 0 ? "Changes wait for the next run" : "Everything is written";
    }

    public String tone() {
        QueueStats stats = overview.stats();
        if (!configured) {
            return "quiet";
        }
        if (running) {
            return "busy";
        }
        if (!overview.blocked().isEmpty() || stats.failed() > 0) {
            return "attention";
        }
        return stats.pending() > 0 ? "busy" : "good";
    }

    public @Nullable Instant oldest() {
        return overview.oldestPending().orElse(null);
    }

    public @Nullable Instant last() {
        return overview.lastProcessed().orElse(null);
    }

    public List<Blocked> blocked() {
        return overview.blocked().stream().map(Blocked::of).toList();
    }

    public long failed() {
        return overview.stats().failed();
    }

    /** Whether there are more than the page shows. */
    public boolean more() {
        return failed() > overview.failed().size();
    }

    public List<FailedGroup> groups() {
        return FailedGroup.of(overview.failed());
    }

    public List<String> notSynced() {
        return QueueStatus.NOT_SYNCED;
    }
}
