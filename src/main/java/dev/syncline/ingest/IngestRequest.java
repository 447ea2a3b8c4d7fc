package dev.syncline.ingest;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.syncline.source.RowSource;

/**
 * One attempt's work.
 *
 * @param baseline the last complete run; null before the first
 * @param stopRequested asked before each read and each write, from any thread; once true, nothing more is written
 * @param undoable whether an {@link UndoJournal} is kept, so that what was written can be taken back
 */
public record IngestRequest(
        RunMark mark,
        RowSource source,
        RowMapper mapper,
        RowCollection target,
        Absence absence,
        IngestLimits limits,
        @Nullable Baseline baseline,
        BooleanSupplier stopRequested,
        boolean undoable) {

    public IngestRequest(
            RunMark mark,
            RowSource source,
            RowMapper mapper,
            RowCollection target,
            Absence absence,
            IngestLimits limits,
            @Nullable Baseline baseline,
            BooleanSupplier stopRequested) {
        this(mark, source, mapper, target, absence, limits, baseline, stopRequested, false);
    }

    /** The same work, all of which can be taken back. */
    public IngestRequest withUndo() {
        return new IngestRequest(mark, source, mapper, target, absence, limits, baseline, stopRequested, true);
    }
}
