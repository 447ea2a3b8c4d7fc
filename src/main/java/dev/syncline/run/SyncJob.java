package dev.syncline.run;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.smallrye.mutiny.Multi;

import dev.syncline.ingest.Absence;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.RowCollection;

/**
 * One sync: what a run of it does. A bean of this type is all that a new sync adds to the core. {@link #execute} is called
 * once an attempt, and never twice at the same time for one sync over all processes.
 */
public interface SyncJob {
    /** The sync's id, as it stands in addresses and runs. */
    String sync();

    /** What the sync does, in one line for a person. */
    String title();

    /** What the button says that starts it. */
    default String startLabel() {
        return "Start now";
    }

    /** The id of the account whose sync it is and who alone may know of it; empty for everybody's. */
    default Optional<String> person() {
        return Optional.empty();
    }

    /** Whether somebody may know of it (S4-34). */
    default boolean visibleTo(String account) {
        return person().map(account::equals).orElse(true);
    }

    /** Whether it may be started. */
    boolean enabled();

    /** When it runs by itself; empty for never. Asked once a second, so have it at hand. */
    default Optional<Schedule> schedule() {
        return Optional.empty();
    }

    /**
     * What each of its runs knows from its start, whoever asks for it, beside what they say themselves. Called for each wish,
     * within the request where there is one.
     */
    default Map<String, String> input() {
        return Map.of();
    }

    /** Where the quality of its data is told, day by day, in the form of {@code GET /api/quality}; empty if nowhere. */
    default Optional<String> quality() {
        return Optional.empty();
    }

    /** An attempt that takes longer ends as {@code SYNC_TIMEOUT}; empty for no limit. */
    Optional<Duration> timeLimit();

    /** A run that works longer is told as slow (S0-47); empty for never. */
    default Optional<Duration> slowAfter() {
        return Optional.empty();
    }

    /**
     * Whether a failed attempt is followed by another one, minutes later, where its failure may pass. One that a person waits
     * for, or that comes round again by itself before that, has no use for it; a process that dies is followed in any case.
     */
    default boolean retries() {
        return true;
    }

    /**
     * Whether all of a run's writes are taken back unless it succeeds (S0-12). Its work says so to the pipeline too
     * ({@link dev.syncline.ingest.IngestRequest#withUndo}), and may take everything that earlier runs left as settled.
     */
    default boolean allOrNothing() {
        return false;
    }

    /**
     * Does the work. Subscribed on any thread, so what blocks has to move itself to a worker. Items tell how far the attempt
     * has come since its beginning; the last one stands for the whole and has the stage {@link Progress#FINISHED}, without
     * which nothing counts as done. A failure is told as {@link dev.syncline.platform.SyncException}; any other counts as a
     * fault of ours. When {@link RunScope#stopRequested()} becomes true the work ends at its next boundary, without failure.
     */
    Multi<Progress> execute(RunScope scope);

    /** The rows that an approved sweep marks, and how; empty for a sync that infers nothing from absence. */
    default Optional<SweepTarget> sweepTarget() {
        return Optional.empty();
    }

    /** Where a held sweep is applied. */
    record SweepTarget(RowCollection rows, Absence absence) {}
}
