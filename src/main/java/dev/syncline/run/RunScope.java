package dev.syncline.run;

import java.util.Optional;

import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.Baseline;
import dev.syncline.ingest.RunMark;
import dev.syncline.ingest.SourceMark;

/** What an attempt knows of the run that it works for. */
public interface RunScope {
    /** The run as it was when the attempt began. */
    Run run();

    /** The last run of the same sync that read its source whole. */
    Optional<Baseline> baseline();

    /** What the last complete run knew of its feed. */
    Optional<SourceMark> lastSource();

    /**
     * Whether the target is as the last complete run left it, with nothing left to do: it had no remarks, no live run came
     * after it, and neither did an earlier attempt of this one.
     */
    boolean settled();

    /** Whether to stop at the next boundary: cancelled, over time, lease lost, or the process is about to end. */
    boolean stopRequested();

    /** Completes when a stop is requested, for work that waits and has no boundary of its own. */
    Uni<Void> stop();

    default RunMark mark() {
        Run run = run();
        return new RunMark(run.id(), run.sync(), run.attempt(), run.startedAt(), run.mode() == Mode.dry_run);
    }
}
