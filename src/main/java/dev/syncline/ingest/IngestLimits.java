package dev.syncline.ingest;

import java.util.Optional;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** How much at once, and how much may be wrong or gone, for one sync. */
public interface IngestLimits {
    /** Most rows in one batch. */
    @WithDefault("1000")
    @Positive
    int batchSize();

    /** Most bytes of source in one batch. */
    @WithDefault("4M")
    MemorySize batchBytes();

    /** Most ids in one look-up; the embedded server's cost is quadratic in it. */
    @WithDefault("500")
    @Positive
    int lookUpSize();

    /** Batches that are compared and written at the same time. */
    @WithDefault("2")
    @Positive
    int batchesAtOnce();

    /** A feed with fewer rows than this share of the last complete run is taken for a partial one (S1-30). */
    @WithDefault("0.8")
    @DecimalMin("0")
    @DecimalMax("1")
    double floorShare();

    /** A feed with fewer rows than this is taken for a partial one; off unless set (S1-30). */
    Optional<@PositiveOrZero Long> floorRows();

    /** From this share of absent rows on the sweep waits for a person (S1-31, C0-12). */
    @WithDefault("0.1")
    @DecimalMin("0")
    @DecimalMax("1")
    double holdShare();

    /** From this share of rejected rows on the run fails, once more than {@link #rejectedAllowed()} were. */
    @WithDefault("0.1")
    @DecimalMin("0")
    @DecimalMax("1")
    double rejectedShare();

    /** So many rejected rows never fail a run that took at least one. */
    @WithDefault("20")
    @PositiveOrZero
    long rejectedAllowed();

    /** Rejected rows of a run that are kept; the rest are counted only (C0-11). */
    @WithDefault("10000")
    @PositiveOrZero
    long rejectionsKept();
}
