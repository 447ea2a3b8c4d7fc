package dev.syncline.roster;

import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;

import dev.syncline.ingest.IngestLimits;

/** The limits of a restore: any number of devices may go missing by it. */
record RestoreLimits(IngestLimits usual) implements IngestLimits {
    /** More than all. */
    private static final double NEVER = 2;

    @Override
    public double floorShare() {
        return 0;
    }

    @Override
    public Optional<Long> floorRows() {
        return Optional.empty();
    }

    @Override
    public double holdShare() {
        return NEVER;
    }

    @Override
    public int batchSize() {
        return usual.batchSize();
    }

    @Override
    public MemorySize batchBytes() {
        return usual.batchBytes();
    }

    @Override
    public int lookUpSize() {
        return usual.lookUpSize();
    }

    @Override
    public int batchesAtOnce() {
        return usual.batchesAtOnce();
    }

    @Override
    public double rejectedShare() {
        return usual.rejectedShare();
    }

    @Override
    public long rejectedAllowed() {
        return usual.rejectedAllowed();
    }

    @Override
    public long rejectionsKept() {
        return usual.rejectionsKept();
    }
}
