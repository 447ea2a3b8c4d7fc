package dev.syncline.ingest;

import java.math.BigInteger;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;

/** {@link IngestLimits} as the service has them, but for what a test sets. */
public final class Limits implements IngestLimits {
    private int batchSize = 1_000;
    private long batchBytes = 4 << 20;
    private int batchesAtOnce = 2;
    private double floorShare = 0.8;
    private Optional<Long> floorRows = Optional.empty();
    private double holdShare = 0.1;
    private double rejectedShare = 0.1;
    private long rejectedAllowed = 20;
    private long rejectionsKept = 10_000;

    private Limits() {}

    public static Limits limits() {
        return new Limits();
    }

    /** One batch after the other. */
    public Limits inBatchesOf(int rows) {
        return inBatchesOf(rows, 1);
    }

    public Limits inBatchesOf(int rows, int atOnce) {
        batchSize = rows;
        batchesAtOnce = atOnce;
        return this;
    }

    public Limits inBatchesOfBytes(long bytes) {
        batchBytes = bytes;
        return this;
    }

    public Limits withFloorShare(double share) {
        floorShare = share;
        return this;
    }

    public Limits withFloorRows(long rows) {
        floorRows = Optional.of(rows);
        return this;
    }

    public Limits holdingFrom(double share) {
        holdShare = share;
        return this;
    }

    public Limits allowingRejected(long rows, double share) {
        rejectedAllowed = rows;
        rejectedShare = share;
        return this;
    }

    public Limits keepingRejections(long kept) {
        rejectionsKept = kept;
        return this;
    }

    @Override
    public int batchSize() {
        return batchSize;
    }

    @Override
    public MemorySize batchBytes() {
        return new MemorySize(BigInteger.valueOf(batchBytes));
    }

    @Override
    public int lookUpSize() {
        return 500;
    }

    @Override
    public int batchesAtOnce() {
        return batchesAtOnce;
    }

    @Override
    public double floorShare() {
        return floorShare;
    }

    @Override
    public Optional<Long> floorRows() {
        return floorRows;
    }

    @Override
    public double holdShare() {
        return holdShare;
    }

    @Override
    public double rejectedShare() {
        return rejectedShare;
    }

    @Override
    public long rejectedAllowed() {
        return rejectedAllowed;
    }

    @Override
    public long rejectionsKept() {
        return rejectionsKept;
    }
}
