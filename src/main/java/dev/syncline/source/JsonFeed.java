package dev.syncline.source;

import java.nio.file.Path;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * One pass over a JSON feed in a local file: a bare array, CKAN's envelope
 * {@code {"success":…,"result":{"records":[…],"total":n}}}, or a sequence of these, plain or gzip, in UTF-8. Memory is
 * bounded by {@link FeedLimits#maxRecord()}. A record that cannot be read (not well-formed, wrongly encoded, too large, no
 * object) comes as a {@link BrokenRow} and the next ones go on.
 *
 * <p>Everything that is wrong with the feed as a whole is thrown by {@link #next()} as a {@link SyncException}: FEED_NOT_JSON,
 * FEED_MALFORMED, FEED_TRUNCATED, FEED_FAILURE_REPORTED, SOURCE_TOO_LARGE where they are met; FEED_EMPTY and FEED_INCOMPLETE
 * in place of the null at the end. So a null proves that the feed was read to its end and held what it announced. After an
 * exception the feed can only be closed.
 *
 * <p>More records than announced are no error: a table that grows while it is paged through gives some, and they hide no
 * other record.
 */
public final class JsonFeed implements RowCursor {
    private final FeedBytes bytes;
    private final FeedWalk walk;
    private final RecordReader reader;
    private long rows;
    private long brokenRows;
    private boolean complete;

    private JsonFeed(FeedBytes bytes, FeedLimits limits, Set<String> columns) {
        this.bytes = bytes;
        this.walk = new FeedWalk(new FeedTokens(bytes), limits.maxRecord());
        this.reader = new RecordReader(new RecordParser(limits.maxDepth(), columns), limits);
    }

    /**
     * Opens a regular file. Blocking, as are all methods.
     *
     * @param columns the only cells to give, which is faster; empty for all of them. Numbers in other cells are not looked at,
     *     so a number out of range breaks its row in a pass over all cells only
     * @throws SyncException SOURCE_NOT_FOUND, SOURCE_FAILED, or FEED_TRUNCATED and FEED_MALFORMED for a bad gzip header
     */
    public static JsonFeed open(Path file, FeedLimits limits, Set<String> columns) {
        return new JsonFeed(FeedBytes.open(file, limits), limits, columns);
    }

    /** Counts the records of a page without reading them, and takes none or too few for an answer. */
    static FeedTotals count(Path page, FeedLimits limits) {
        try (JsonFeed feed = open(page, limits, Set.of())) {
            long records = 0;
            while (feed.walk.next() != null) {
                records++;
            }
            if (feed.walk.pages() == 0) {
                throw new SyncException(ErrorCode.FEED_TRUNCATED, "The page has no content");
            }
            return new FeedTotals(records, 0, feed.walk.announced());
        }
    }

    @Override
    public @Nullable SourceItem next() {
        if (complete) {
            return null;
        }
        ValueFrame frame = walk.next();
        if (frame == null) {
            requireComplete();
            complete = true;
            return null;
        }
        SourceItem item = reader.read(frame, rows + brokenRows, walk.place());
        if (item instanceof SourceRow) {
            rows++;
        } else {
            brokenRows++;
        }
        return item;
    }

    /** Position in the file, in bytes as they are stored. */
    @Override
    public long bytesRead() {
        return bytes.bytesRead();
    }

    @Override
    public long bytesTotal() {
        return bytes.bytesTotal();
    }

    /** What was counted; valid once {@link #next()} gave null. */
    public FeedTotals totals() {
        return new FeedTotals(rows, brokenRows, walk.announced());
    }

    @Override
    public void close() {
        bytes.close();
    }

    private void requireComplete() {
        FeedTotals totals = totals();
        if (totals.records() == 0) {
            throw new SyncException(ErrorCode.FEED_EMPTY, "The feed holds no records" + announcement(totals));
        }
        if (totals.announced() != null && totals.records() < totals.announced()) {
            throw new SyncException(
                    ErrorCode.FEED_INCOMPLETE,
                    "The feed holds " + totals.records() + " records" + announcement(totals));
        }
    }

    private static String announcement(FeedTotals totals) {
        return totals.announced() == null ? "" : " and announces " + totals.announced();
    }
}
