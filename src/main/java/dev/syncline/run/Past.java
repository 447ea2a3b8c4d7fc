package dev.syncline.run;

import java.util.Optional;

import dev.syncline.ingest.Baseline;
import dev.syncline.ingest.SourceMark;
import dev.syncline.ingest.Tally;

/**
 * What earlier runs of a sync left for the attempt that begins.
 *
 * @param read the last live run that read its source whole
 * @param complete the last live run that came to its end, which may have found its source unchanged
 * @param newest the last live run of all, whatever became of it
 */
record Past(Optional<Run> read, Optional<Run> complete, Optional<Run> newest) {

    Optional<Baseline> baseline() {
        return read.map(run -> baseline(run, complete.orElse(run)));
    }

    private static Baseline baseline(Run read, Run complete) {
        Tally counts = read.progress().counts();
        return new Baseline(read.id(), complete.startedAt(), counts.read() - counts.duplicates());
    }

    Optional<SourceMark> source() {
        return complete.map(run -> run.progress().source());
    }

    /** Rows that were set aside for what they are would be again; whatever else is left to do is a warning. */
    boolean settled() {
        return newest.filter(run -> run.state() == RunState.SUCCEEDED
                        || run.state() == RunState.PARTIAL
                                && run.progress().warnings().isEmpty())
                .isPresent();
    }
}
