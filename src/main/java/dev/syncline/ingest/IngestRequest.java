package dev.syncline.ingest;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.syncline.source.RowSource;

/**
 * One attempt's work.
 *
 * @param baseline the last complete run; null before the first
 * @param stopRequested asked before each read and each write, from any thread; once true, nothing more is written
 */
public record IngestRequest(
        RunMark mark,
        RowSource source,
        RowMapper mapper,
        RowCollection target,
        Absence absence,
        IngestLimits limits,
        @Nullable Baseline baseline,
        BooleanSupplier stopRequested) {}
