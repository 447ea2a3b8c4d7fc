package dev.syncline.source;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.LongConsumer;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * The pages of CKAN's datastore_search, one after the other into one spool file, unpacked. The server may give fewer rows
 * than asked for, so each page is counted and the next one begins behind the rows that really came.
 */
final class PagedDownload {
    /** The source names the time to wait itself; a full disk does not empty in seconds. */
    private static final Set<ErrorCode> LEFT_TO_THE_RUN = Set.of(ErrorCode.SOURCE_RATE_LIMITED, ErrorCode.SPOOL_FULL);

    private final Vertx vertx;
    private final HttpGet http;
    private final DatastoreQuery query;
    private final SpoolFile spool;
    private final SpoolFile page;
    private final FetchLimits limits;
    private final LongConsumer onBytes;
    private long offset;

    /** @param page takes one page at a time */
    PagedDownload(
            Vertx vertx,
            HttpGet http,
            DatastoreQuery query,
            SpoolFile spool,
            SpoolFile page,
            FetchLimits limits,
            LongConsumer onBytes) {
        this.vertx = vertx;
        this.http = http;
        this.query = query;
        this.spool = spool;
        this.page = page;
        this.limits = limits;
        this.onBytes = onBytes;
    }

    /** All pages; each is tried several times. */
    Uni<FetchedFeed> fetch() {
        return Multi.createBy()
                .repeating()
                .uni(() -> Backoff.retry(nextPage(), PagedDownload::isWorthRepeating, limits.page()))
                .whilst(this::isFollowed)
                .onItem()
                .ignoreAsUni()
                .map(end -> new FetchedFeed(spool.path(), spool.size(), null, null, "application/json"));
    }

    private Uni<FeedTotals> nextPage() {
        return Uni.createFrom().deferred(() -> download().once()).chain(fetched -> vertx.executeBlocking(this::take));
    }

    private Download download() {
        LongConsumer progress = bytes -> onBytes.accept(spool.size() + bytes);
        return new Download(vertx, http, query.page(offset), page, limits, null, progress);
    }

    /** Counts before it appends: a page that is cut or no JSON leaves no trace. */
    private FeedTotals take() {
        FeedLimits counting = new FeedLimits(1024, 1, limits.maxBytes());
        FeedTotals totals = JsonFeed.count(page.path(), counting);
        try (FeedBytes bytes = FeedBytes.open(page.path(), counting)) {
            bytes.copyTo(spool);
        }
        spool.append(ByteBuffer.wrap(new byte[] {'\n'}));
        offset += totals.records();
        return totals;
    }

    /** Without a total only an empty page is the end. */
    private boolean isFollowed(FeedTotals totals) {
        return totals.records() > 0 && (totals.announced() == null || offset < totals.announced());
    }

    private static boolean isWorthRepeating(SyncException failure) {
        ErrorCode code = failure.code();
        return code == ErrorCode.FEED_TRUNCATED || code.retryable() && !LEFT_TO_THE_RUN.contains(code);
    }
}
