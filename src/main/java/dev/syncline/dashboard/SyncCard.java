package dev.syncline.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Sweep;
import dev.syncline.run.RunState;
import dev.syncline.status.RunView;
import dev.syncline.status.SyncView;

/**
 * One sync on the page.
 *
 * @param startLabel what the button says that starts it
 * @param mayStart whether who looks at it may start it
 * @param showsRows whether who looks at it may see its rows, and so what a run set aside
 * @param newest its newest run
 * @param held a sweep that waits for a person's word
 * @param history the newest runs that have ended, newest first
 */
record SyncCard(
        SyncView sync,
        String startLabel,
        boolean mayStart,
        boolean showsRows,
        @Nullable RunLine newest,
        @Nullable Sweep held,
        List<RunLine> history) {

    /** @param runs its newest ones, newest first */
    static SyncCard of(
            SyncView sync,
            String startLabel,
            boolean mayStart,
            boolean showsRows,
            List<RunView> runs,
            Map<String, Sweep> sweeps) {
        List<RunLine> lines = runs.stream().map(run -> RunLine.of(run, sweeps)).toList();
        List<RunLine> ended =
                lines.stream().filter(line -> line.view().state().terminal()).toList();
        RunView complete = sync.lastSuccess();
        Sweep sweep = complete == null ? null : sweeps.get(complete.id());
        Sweep held = sweep != null && sweep.state() == Sweep.State.HELD ? sweep : null;
        return new SyncCard(sync, startLabel, mayStart, showsRows, lines.isEmpty() ? null : lines.get(0), held, ended);
    }

    public String id() {
        return sync.id();
    }

    /** The run that the card shows; empty before the first one. */
    public String run() {
        return newest == null ? "" : newest.view().id();
    }

    public long version() {
        return newest == null ? 0 : newest.view().version();
    }

    public String state() {
        return newest == null ? "" : newest.view().state().name();
    }

    public boolean active() {
        return newest != null && !newest.view().state().terminal();
    }

    /** A wish for a run is refused meanwhile; while a run waits for its retry it starts that retry. */
    public boolean startable() {
        return sync.enabled() && (!active() || waitsForRetry());
    }

    public boolean waitsForRetry() {
        return newest != null && newest.view().state() == RunState.RETRY_WAIT;
    }

    public boolean failed() {
        return newest != null && newest.view().state() == RunState.FAILED;
    }

    public @Nullable Instant dataAsOf() {
        return sync.freshness().dataAsOf();
    }

    /** When it runs by itself for the next time. */
    public @Nullable Instant next() {
        return sync.freshness().expectedNext();
    }

    /** Since when the data should be younger than it is. */
    public @Nullable Instant lateSince() {
        return sync.freshness().lateSince();
    }

    /** State of the sync in plain words: what goes on, else what a person has to do, else how the last run ended. */
    public String words() {
        if (!sync.enabled()) {
            return "Switched off";
        }
        if (newest == null) {
            return "Not run yet";
        }
        if (!active() && held != null) {
            return "Needs your decision";
        }
        return newest.words();
    }

    public String tone() {
        if (newest == null || !sync.enabled()) {
            return "quiet";
        }
        return !active() && held != null ? "attention" : newest.tone();
    }

    /** What a screen reader tells when the state changes. */
    public String says() {
        String end = newest == null || active() ? "" : ". " + newest.summary();
        String late = lateSince() == null ? "" : ". The data is late";
        return sync.title() + ": " + words() + end + late;
    }
}
