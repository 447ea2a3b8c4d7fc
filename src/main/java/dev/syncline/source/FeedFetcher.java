package dev.syncline.source;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.mutiny.core.Vertx;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** Downloads a feed from an allowed address into a file, without a thread that waits for the network. */
@ApplicationScoped
public class FeedFetcher {
    private static final int CONNECTIONS = 32;
    private static final int CHUNK = 64 * 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final UrlGuard guard;
    private final HttpGet http;

    @Inject
    public FeedFetcher(Vertx vertx, HttpSettings settings, Clock clock) {
        this(vertx, UrlGuard.of(settings), clock);
    }

    FeedFetcher(Vertx vertx, UrlGuard guard, Clock clock) {
        this.vertx = vertx;
        // A connection for each request, so that ending one fetch ends nothing else.
        this.client = vertx.getDelegate()
                .createHttpClient(new HttpClientOptions()
                        .setKeepAlive(false)
                        .setMaxPoolSize(CONNECTIONS)
                        .setMaxChunkSize(CHUNK));
        this.guard = guard;
        this.http = new HttpGet(client, guard, new ResponseStatus(clock));
    }

    /**
     * Fetches a feed; an address that ends in {@code /datastore_search} is read page by page. Cancelling ends the connection
     * at once. After a failure or a cancel no file is left.
     *
     * @param spoolFile where the feed is put; what is there is overwritten. Gzip stays gzip
     * @param onBytes told now and then, on a thread of the event loop, how many bytes there are; falls when a transfer has
     *     to start again
     * @return the feed; fails with a {@link SyncException}: SOURCE_URL_REFUSED, SOURCE_UNREACHABLE, SOURCE_TIMEOUT,
     *     SOURCE_REFUSED (4xx), SOURCE_RATE_LIMITED (429, or 503 with Retry-After; the wait is in it), SOURCE_FAILED (5xx),
     *     SOURCE_CUT after the last resume, SOURCE_TOO_LARGE, SPOOL_FULL, and for a page also the codes of {@link JsonFeed}
     */
    public Uni<FetchedFeed> fetch(URI uri, Path spoolFile, FetchLimits limits, LongConsumer onBytes) {
        return fetchIfChanged(uri, spoolFile, limits, null, onBytes).map(Optional::orElseThrow);
    }

    /**
     * The same, unless the source says that it still has what we know (304): then the item is empty, and no file is left.
     * Pages are always fetched.
     *
     * @param known of the last fetch; null to fetch in any case
     */
    public Uni<Optional<FetchedFeed>> fetchIfChanged(
            URI uri, Path spoolFile, FetchLimits limits, @Nullable Validators known, LongConsumer onBytes) {
        return DatastoreQuery.isPaged(uri)
                ? inPages(new DatastoreQuery(uri, limits.pageSize()), spoolFile, limits, onBytes)
                        .map(Optional::of)
                : whole(uri, spoolFile, limits, known, onBytes);
    }

    /**
     * Whether an address is on the list at all; opens nothing and asks no name server, so it may be called in a request.
     *
     * @throws SyncException SOURCE_URL_REFUSED
     */
    public void requireAllowed(URI uri) {
        guard.requireListed(uri);
    }

    @PreDestroy
    void close() {
        client.close();
    }

    private Uni<Optional<FetchedFeed>> whole(
            URI uri, Path spoolFile, FetchLimits limits, @Nullable Validators known, LongConsumer onBytes) {
        return Uni.createFrom().deferred(() -> {
            SpoolFile spool = new SpoolFile(spoolFile, limits);
            Download download = new Download(vertx, http, uri, spool, limits, known, onBytes);
            return into(spool, limits, download::fetch)
                    .call(fetched -> fetched.isPresent() ? Uni.createFrom().voidItem() : blocking(spool::discard));
        });
    }

    private Uni<FetchedFeed> inPages(DatastoreQuery query, Path spoolFile, FetchLimits limits, LongConsumer onBytes) {
        return Uni.createFrom().deferred(() -> {
            SpoolFile spool = new SpoolFile(spoolFile, limits);
            SpoolFile page = new SpoolFile(spoolFile.resolveSibling(spoolFile.getFileName() + ".page"), limits);
            PagedDownload pages = new PagedDownload(vertx, http, query, spool, page, limits, onBytes);
            return into(spool, limits, () -> into(page, limits, pages::fetch).call(() -> blocking(page::discard)));
        });
    }

    /** Opens the file, lets it be filled within the time allowed, and leaves it only if that succeeded. */
    private <T> Uni<T> into(SpoolFile spool, FetchLimits limits, Supplier<Uni<T>> fill) {
        return blocking(spool::open)
                .chain(opened -> fill.get())
                .call(() -> blocking(spool::close))
                .ifNoItem()
                .after(limits.fetchTimeout())
                .failWith(() -> tooSlow(limits))
                .onFailure()
                .call(() -> blocking(spool::discard))
                .onCancellation()
                .invoke(() -> Infrastructure.getDefaultWorkerPool().execute(spool::discard));
    }

    private Uni<Void> blocking(Runnable work) {
        return vertx.executeBlocking(() -> {
            work.run();
            return null;
        });
    }

    private static SyncException tooSlow(FetchLimits limits) {
        return new SyncException(
                ErrorCode.SOURCE_TIMEOUT,
                "The transfer took longer than " + limits.fetchTimeout().toSeconds() + " s");
    }
}
