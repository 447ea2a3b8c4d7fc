package dev.syncline.ingest;

/**
 * Rows by what became of them. Always {@code read = added + updated + unchanged + rejected + duplicates} (C0-10); absent rows
 * stand beside it, for they were not read.
 */
public record Tally(long read, long added, long updated, long unchanged, long rejected, long duplicates, long absent) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

    public Tally plus(Tally other) {
        return new Tally(
                read + other.read,
                added + other.added,
                updated + other.updated,
                unchanged + other.unchanged,
                rejected + other.rejected,
                duplicates + other.duplicates,
                absent + other.absent);
    }

    /** Rows that are in the target as they were read. */
    public long taken() {
        return added + updated + unchanged;
    }

    public static Tally ofAbsent(long absent) {
        return new Tally(0, 0, 0, 0, 0, 0, absent);
    }
}
