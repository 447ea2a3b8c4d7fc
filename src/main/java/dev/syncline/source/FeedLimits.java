package dev.syncline.source;

/**
 * How much of a feed is taken before it counts as too much. Memory grows with {@code maxRecord} only, never with the feed.
 *
 * @param maxRecord bytes of one record; a larger one is skipped unread and comes as a broken row
 * @param maxDepth levels of lists and objects inside a record, the record being the first
 * @param maxFeed bytes of the feed after decompression
 */
public record FeedLimits(int maxRecord, int maxDepth, long maxFeed) {
    private static final int MIB = 1 << 20;

    public FeedLimits {
        require(maxRecord >= 1024 && maxRecord <= 256 * MIB, "max-record must lie between 1 KiB and 256 MiB");
        require(maxDepth >= 1 && maxDepth <= 1000, "max-depth must lie between 1 and 1000");
        require(maxFeed >= 1, "max-feed must be positive");
    }

    /** 1 MiB a record, 64 levels, 8 GiB a feed. */
    public static FeedLimits defaults() {
        return new FeedLimits(MIB, 64, 8L * 1024 * MIB);
    }

    public static FeedLimits of(FeedSettings settings) {
        return new FeedLimits(
                Math.toIntExact(settings.maxRecord().asLongValue()),
                settings.maxDepth(),
                settings.maxSize().asLongValue());
    }

    public FeedLimits withMaxRecord(int bytes) {
        return new FeedLimits(bytes, maxDepth, maxFeed);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
