package dev.syncline.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

@Timeout(20)
class FeedFetcherTest {
    private static final byte[] FEED = ("[{\"a\":\"" + "x".repeat(100_000) + "\"}]").getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-03-02T11:00:00Z");
    private static final FetchLimits.Retries AT_ONCE = new FetchLimits.Retries(3, Duration.ZERO);
    private static final FetchLimits LIMITS = limits(Duration.ofSeconds(5), 1_000_000);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final StubSource source = new StubSource();
    private Path spool;
    private FeedFetcher fetcher;

    @BeforeEach
    void open() {
        spool = folder.resolve("feed.json");
        fetcher = fetcher(source.origin());
    }

    @AfterEach
    void close() {
        fetcher.close();
        source.close();
        vertx.closeAndAwait();
    }

    @Test
    void aFeedIsStoredAsItComes() {
        // Given
        source.then(StubSource.body(FEED, "ETag", "\"1\"", "Last-Modified", "Mon, 02 Mar 2026 10:00:00 GMT"));
        AtomicLong told = new AtomicLong();

        // When
        FetchedFeed fetched = fetcher.fetch(source.at("/feed?x=1"), spool, LIMITS, told::set)
                .await()
                .indefinitely();

        // Then
        assertThat(spool).hasBinaryContent(FEED);
        assertThat(fetched)
                .isEqualTo(new FetchedFeed(spool, FEED.length, "\"1\"", "Mon, 02 Mar 2026 10:00:00 GMT", null));
        assertThat(told).hasValue(FEED.length);
        assertThat(source.requests().get(0).target()).isEqualTo("/feed?x=1");
    }

    @Test
    void gzipStaysGzip() {
        // Given
        byte[] packed = FeedFiles.gzip("[{\"a\":1}]");
        source.then(StubSource.body(packed, "Content-Encoding", "gzip"));

        // When
        fetch("/feed");

        // Then
        assertThat(spool).hasBinaryContent(packed);
        assertThat(source.requests().get(0).acceptEncoding()).isEqualTo("gzip");
        assertThat(FeedFiles.readAll(spool, FeedLimits.defaults())).hasSize(1);
    }

    @Test
    void chunksWithoutLengthArriveWhole() {
        source.then(StubSource.chunked("[{\"a\":1}]".getBytes(StandardCharsets.UTF_8)));
        fetch("/feed");
        assertThat(spool).hasContent("[{\"a\":1}]");
    }

    @Test
    void aCutTransferGoesOnWhereItEnded() {
        // Given
        source.then(StubSource.cutAfter(40_000, FEED, "ETag", "\"v1\"", "Accept-Ranges", "bytes"))
                .then(StubSource.restOf(FEED, "ETag", "\"v1\""));

        // When
        fetch("/feed");

        // Then
        assertThat(spool).hasBinaryContent(FEED);
        assertThat(source.requests()).hasSize(2);
        assertThat(source.requests().get(1).range()).isEqualTo("bytes=40000-");
        assertThat(source.requests().get(1).ifRange()).isEqualTo("\"v1\"");
    }

    @Test
    void aTransferStartsAgainWhenTheServerIgnoresRange() {
        source.then(StubSource.cutAfter(40_000, FEED, "ETag", "\"v1\"")).then(StubSource.body(FEED, "ETag", "\"v2\""));
        assertThat(fetch("/feed").etag()).isEqualTo("\"v2\"");
        assertThat(spool).hasBinaryContent(FEED);
    }

    @Test
    void aTransferStartsAgainWithoutAStrongValidator() {
        source.then(StubSource.cutAfter(40_000, FEED, "ETag", "W/\"v1\"")).then(StubSource.body(FEED));
        fetch("/feed");
        assertThat(source.requests().get(1).range()).isNull();
        assertThat(spool).hasBinaryContent(FEED);
    }

    @Test
    void aPartOfAnotherFileIsNotAppended() {
        source.then(StubSource.cutAfter(40_000, FEED, "ETag", "\"v1\""))
                .then(StubSource.restOf(new byte[90_000], "ETag", "\"v2\""))
                .then(StubSource.body(FEED));
        fetch("/feed");
        assertThat(spool).hasBinaryContent(FEED);
        assertThat(source.requests().get(2).range()).isNull();
    }

    @Test
    void aFailureInTheMiddleIsOvercome() {
        source.then(StubSource.cutAfter(40_000, FEED, "ETag", "\"v1\""))
                .then(StubSource.status(500, new byte[0]))
                .then(StubSource.restOf(FEED, "ETag", "\"v1\""));
        fetch("/feed");
        assertThat(spool).hasBinaryContent(FEED);
    }

    @Test
    void aTransferThatIsCutAgainAndAgainFails() {
        source.then(StubSource.cutAfter(10, FEED));
        assertFails("/feed", ErrorCode.SOURCE_CUT);
        assertThat(source.requests()).hasSize(4);
    }

    @Test
    void aConnectionClosedWithoutAnswerIsCut() {
        source.then(exchange -> exchange.close());
        assertFails("/feed", ErrorCode.SOURCE_CUT);
    }

    @Test
    @DisplayName("C0-44: the time without a byte is bounded")
    void aServerThatStallsTimesOut() {
        source.then(source.stallAfter(10, FEED));
        assertThat(failure("/feed", limits(Duration.ofMillis(200), 1_000_000)).code())
                .isEqualTo(ErrorCode.SOURCE_TIMEOUT);
        assertThat(source.requests()).hasSize(1);
    }

    @Test
    void aServerThatNeverAnswersTimesOut() {
        source.then(source.silence());
        assertThat(failure("/feed", limits(Duration.ofMillis(200), 1_000_000)).code())
                .isEqualTo(ErrorCode.SOURCE_TIMEOUT);
    }

    @Test
    @DisplayName("C0-44: the time of a whole transfer is bounded")
    void aServerThatDribblesTimesOut() {
        source.then(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(20_000_000);
            }
        });
        FetchLimits hasty = new FetchLimits(
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMillis(400),
                1_000_000,
                0,
                AT_ONCE,
                2,
                AT_ONCE);
        SyncException failure = failure("/feed", hasty);
        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_TIMEOUT);
        assertThat(failure.detail()).contains("transfer took longer");
    }

    @ParameterizedTest
    @CsvSource({
        "400, , SOURCE_REFUSED",
        "401, , SOURCE_REFUSED",
        "404, , SOURCE_REFUSED",
        "429, , SOURCE_RATE_LIMITED",
        "429, 7, SOURCE_RATE_LIMITED",
        "503, 7, SOURCE_RATE_LIMITED",
        "503, 'Mon, 02 Mar 2026 11:00:07 GMT', SOURCE_RATE_LIMITED",
        "503, soon, SOURCE_FAILED",
        "503, , SOURCE_FAILED",
        "500, , SOURCE_FAILED",
        "304, , SOURCE_REFUSED",
    })
    void eachStatusHasItsCode(int status, String retryAfter, ErrorCode code) {
        // Given
        String[] headers = retryAfter == null ? new String[0] : new String[] {"Retry-After", retryAfter};
        source.then(StubSource.status(status, new byte[0], headers));

        // When
        SyncException failure = failure("/feed", LIMITS);

        // Then
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.detail()).contains(String.valueOf(status));
        if (code == ErrorCode.SOURCE_RATE_LIMITED && retryAfter != null) {
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        }
        assertThat(source.requests()).hasSize(1);
    }

    // --- asking for news alone

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"'\"1\"',-", "'W/\"1\"',-", "-,'Mon, 02 Mar 2026 10:00:00 GMT'"})
    void aSourceThatHasNothingElseSendsNothing(String etag, String lastModified) {
        // Given
        source.then(StubSource.status(304, new byte[0]));

        // When
        var fetched = fetchIfChanged("/feed", new Validators(etag, lastModified));

        // Then
        assertThat(fetched).isEmpty();
        assertThat(files()).isEmpty();
        assertThat(source.requests()).hasSize(1);
        assertThat(source.requests().get(0).ifNoneMatch()).isEqualTo(etag);
        assertThat(source.requests().get(0).ifModifiedSince()).isEqualTo(lastModified);
    }

    @Test
    void aSourceThatHasNewsSendsThem() {
        source.then(StubSource.body(FEED, "ETag", "\"2\""));
        var fetched = fetchIfChanged("/feed", new Validators("\"1\"", null));
        assertThat(fetched).map(FetchedFeed::validators).contains(new Validators("\"2\"", null));
        assertThat(spool).hasBinaryContent(FEED);
    }

    @Test
    void nobodyAskedFor304() {
        source.then(StubSource.status(304, new byte[0]));
        assertFails("/feed", ErrorCode.SOURCE_REFUSED);
    }

    @Test
    void theQuestionGoesAlongWithARedirect() {
        source.then(StubSource.redirect("/other")).then(StubSource.status(304, new byte[0]));
        assertThat(fetchIfChanged("/feed", new Validators("\"1\"", null))).isEmpty();
        assertThat(source.requests().get(1).ifNoneMatch()).isEqualTo("\"1\"");
    }

    @Test
    void whatHasBegunIsFinishedWithoutTheQuestion() {
        // Given
        source.then(StubSource.cutAfter(40_000, FEED, "ETag", "\"v2\""))
                .then(StubSource.restOf(FEED, "ETag", "\"v2\""));

        // When
        var fetched = fetchIfChanged("/feed", new Validators("\"v1\"", "Mon, 02 Mar 2026 10:00:00 GMT"));

        // Then
        assertThat(fetched).isPresent();
        assertThat(spool).hasBinaryContent(FEED);
        assertThat(source.requests().get(1).ifRange()).isEqualTo("\"v2\"");
        assertThat(source.requests().get(1).ifNoneMatch()).isNull();
        assertThat(source.requests().get(1).ifModifiedSince()).isNull();
    }

    @Test
    void pagesAreFetchedInAnyCase() {
        source.then(StubSource.body(
                "{\"success\":true,\"result\":{\"records\":[],\"total\":0}}".getBytes(StandardCharsets.UTF_8)));
        assertThat(fetchIfChanged("/datastore_search?resource_id=x", new Validators("\"1\"", null)))
                .isPresent();
        assertThat(source.requests().get(0).ifNoneMatch()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e9", ""})
    void aTagThatNoHeaderShouldHoldIsForgotten(String odd) {
        assertThat(Validators.of(odd, null)).isNull();
        assertThat(Validators.of(odd, "yesterday")).isEqualTo(new Validators(null, "yesterday"));
        assertThat(Validators.of("x".repeat(257), null)).isNull();
    }

    @Test
    @DisplayName("C0-44: the size is bounded, announced or not")
    void aFeedThatIsTooLargeIsRefused() {
        source.then(StubSource.body(FEED)).then(StubSource.chunked(new byte[2000]));
        FetchLimits small = limits(Duration.ofSeconds(5), 1000);
        assertThat(failure("/feed", small).code()).isEqualTo(ErrorCode.SOURCE_TOO_LARGE);
        assertThat(failure("/feed", small).code()).isEqualTo(ErrorCode.SOURCE_TOO_LARGE);
    }

    @Test
    void aSpoolWithoutSpaceIsFull() {
        source.then(StubSource.body(FEED));
        FetchLimits greedy = new FetchLimits(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(9),
                1_000_000,
                Long.MAX_VALUE,
                AT_ONCE,
                2,
                AT_ONCE);
        assertThat(failure("/feed", greedy).code()).isEqualTo(ErrorCode.SPOOL_FULL);
    }

    @Test
    void aRedirectToAnAllowedHostIsFollowed() {
        source.then(StubSource.redirect("/other?x=1")).then(StubSource.body(FEED));
        fetch("/feed");
        assertThat(source.requests().get(1).target()).isEqualTo("/other?x=1");
    }

    @DisplayName("C0-44: every redirect is checked against the list")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://127.0.0.1:1/",
                "http://localhost/",
                "http://[::ffff:127.0.0.1]/",
                "https://example.com/feed",
                "file:///etc/passwd",
                "//evil.example/",
            })
    void aRedirectElsewhereIsRefused(String location) {
        source.then(StubSource.redirect(location));
        assertFails("/feed", ErrorCode.SOURCE_URL_REFUSED);
    }

    @Test
    void endlessRedirectsEnd() {
        source.then(StubSource.redirect("/feed"));
        assertFails("/feed", ErrorCode.SOURCE_REFUSED);
        assertThat(source.requests()).hasSize(6);
    }

    @Test
    void aRedirectToNoAddressIsRefused() {
        source.then(StubSource.redirect("http://a b/"));
        assertFails("/feed", ErrorCode.SOURCE_REFUSED);
    }

    @Test
    @DisplayName("C0-44: the connection goes to the address that was checked, even if the name leads elsewhere by then")
    void theNameIsResolvedOnceAndPinned() {
        // Given
        AtomicInteger lookups = new AtomicInteger();
        FeedFetcher rebinding = fetcher("http://feed.example:" + source.port() + "+private", host -> {
            lookups.incrementAndGet();
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });
        source.then(StubSource.body(FEED));

        // When
        rebinding
                .fetch(URI.create("http://feed.example:" + source.port() + "/feed"), spool, LIMITS, bytes -> {})
                .await()
                .indefinitely();

        // Then
        assertThat(lookups).hasValue(1);
        assertThat(source.requests().get(0).host()).isEqualTo("feed.example:" + source.port());
        rebinding.close();
    }

    @Test
    void theNextAddressIsTriedWhenOneDoesNotConnect() throws IOException {
        // Given: nothing listens on the source's port at the first address
        InetAddress[] addresses = {InetAddress.getByName("127.0.0.77"), InetAddress.getLoopbackAddress()};
        FeedFetcher both = fetcher("http://feed.example:" + source.port() + "+private", host -> addresses);
        source.then(StubSource.body(FEED));

        // When
        both.fetch(URI.create("http://feed.example:" + source.port() + "/"), spool, LIMITS, bytes -> {})
                .await()
                .indefinitely();

        // Then
        assertThat(spool).hasBinaryContent(FEED);
        both.close();
    }

    @Test
    void aClosedPortIsUnreachable() {
        int port = source.port();
        source.close();
        SyncException failure = catchThrowableOfType(SyncException.class, () -> fetcher.fetch(
                        URI.create("http://127.0.0.1:" + port + "/"), spool, LIMITS, bytes -> {})
                .await()
                .indefinitely());
        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
    }

    @Test
    @DisplayName("C0-06: a cancelled download ends at once and leaves nothing")
    void cancellingEndsTheConnectionAndRemovesTheFile() throws Exception {
        // Given: a server that would send for ever, and notices when nobody listens
        CountDownLatch flowing = new CountDownLatch(1);
        CompletableFuture<Boolean> cut = new CompletableFuture<>();
        source.then(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                for (int i = 0; i < 10_000_000; i++) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                }
                cut.complete(false);
            } catch (IOException e) {
                cut.complete(true);
            }
        });
        Cancellable running = fetcher.fetch(
                        source.at("/feed"),
                        spool,
                        limits(Duration.ofSeconds(5), Long.MAX_VALUE),
                        bytes -> flowing.countDown())
                .subscribe()
                .with(fetched -> {});
        assertThat(flowing.await(5, TimeUnit.SECONDS)).isTrue();

        // When
        running.cancel();

        // Then
        assertThat(cut.get(1, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(files()).isEmpty());
    }

    @Test
    void cancellingBeforeTheAnswerLeavesNothing() {
        // Given
        source.then(source.silence());
        Cancellable running = fetcher.fetch(source.at("/feed"), spool, LIMITS, bytes -> {})
                .subscribe()
                .with(fetched -> {});
        await().until(() -> !source.requests().isEmpty());

        // When
        running.cancel();

        // Then
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(files()).isEmpty());
    }

    @Test
    void pagesAreFetchedUntilTheTotalIsReached() {
        // Given: a server that gives at most 2 rows a page, whatever is asked
        source.then(StubSource.body(page(5, 1, 2)))
                .then(StubSource.body(FeedFiles.gzip(new String(page(5, 3, 4))), "Content-Encoding", "gzip"))
                .then(StubSource.body(page(5, 5)));

        // When
        fetch("/api/3/action/datastore_search?resource_id=r&offset=9");

        // Then
        assertThat(source.requests())
                .extracting(StubSource.Request::target)
                .containsExactly(
                        "/api/3/action/datastore_search?resource_id=r&sort=_id&limit=3&offset=0",
                        "/api/3/action/datastore_search?resource_id=r&sort=_id&limit=3&offset=2",
                        "/api/3/action/datastore_search?resource_id=r&sort=_id&limit=3&offset=4");
        assertThat(ids()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(files()).containsExactly(spool);
    }

    @Test
    void anEmptyPageEndsThePaging() {
        source.then(StubSource.body(page(5, 1, 2))).then(StubSource.body(page(5)));
        fetch("/datastore_search?limit=2&sort=x%20desc");
        assertThat(source.requests().get(1).target()).isEqualTo("/datastore_search?limit=2&sort=x%20desc&offset=2");
        SyncException failure = catchThrowableOfType(SyncException.class, this::ids);
        assertThat(failure.code()).isEqualTo(ErrorCode.FEED_INCOMPLETE);
    }

    @Test
    void aPageIsTriedAgain() {
        // Given
        source.then(StubSource.body(page(3, 1, 2)))
                .then(StubSource.status(500, new byte[0]))
                .then(StubSource.cutAfter(20, page(3, 3)))
                .then(StubSource.chunked("{\"success\":true,\"result\":{\"records\":[{\"a\":".getBytes()))
                .then(StubSource.body(page(3, 3)));

        // When
        fetch("/datastore_search");

        // Then
        assertThat(ids()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aPageWithoutContentIsNotTheEnd() {
        source.then(StubSource.body("[{\"_id\":1}]".getBytes()))
                .then(StubSource.status(200, new byte[0]))
                .then(StubSource.body("[{\"_id\":2}]".getBytes()))
                .then(StubSource.body("[]".getBytes()));
        fetch("/datastore_search");
        assertThat(ids()).containsExactly(1L, 2L);
    }

    @Test
    void aPageThatStaysBrokenFailsTheFetch() {
        source.then(StubSource.body(page(3, 1, 2))).then(StubSource.status(502, new byte[0]));
        assertFails("/datastore_search", ErrorCode.SOURCE_FAILED);
        assertThat(source.requests()).hasSize(5);
    }

    @Test
    @DisplayName("S1-22: success=false fails the run")
    void aPageThatReportsFailureIsNotTriedAgain() {
        source.then(StubSource.body("{\"success\":false,\"error\":{\"message\":\"no such table\"}}".getBytes()));
        SyncException failure = failure("/datastore_search", LIMITS);
        assertThat(failure.code()).isEqualTo(ErrorCode.FEED_FAILURE_REPORTED);
        assertThat(failure.detail()).contains("no such table");
        assertThat(source.requests()).hasSize(1);
    }

    @Test
    void anHtmlPageIsNotJson() {
        source.then(StubSource.body("<html>Sorry</html>".getBytes()));
        assertFails("/datastore_search", ErrorCode.FEED_NOT_JSON);
    }

    private static byte[] page(int total, int... ids) {
        StringBuilder rows = new StringBuilder();
        for (int id : ids) {
            rows.append(rows.isEmpty() ? "" : ",")
                    .append("{\"_id\":")
                    .append(id)
                    .append('}');
        }
        return ("{\"success\":true,\"result\":{\"records\":[" + rows + "],\"total\":" + total + "}}").getBytes();
    }

    private List<Object> ids() {
        return FeedFiles.readAll(spool, FeedLimits.defaults()).stream()
                .map(item -> ((SourceRow) item).cells().get("_id"))
                .toList();
    }

    @CanIgnoreReturnValue
    private FetchedFeed fetch(String path) {
        return fetcher.fetch(source.at(path), spool, LIMITS, bytes -> {})
                .await()
                .indefinitely();
    }

    private Optional<FetchedFeed> fetchIfChanged(String path, Validators known) {
        return fetcher.fetchIfChanged(source.at(path), spool, LIMITS, known, bytes -> {})
                .await()
                .indefinitely();
    }

    private void assertFails(String path, ErrorCode code) {
        assertThat(failure(path, LIMITS).code()).isEqualTo(code);
    }

    /** The failure of a fetch, which leaves no file. */
    private SyncException failure(String path, FetchLimits limits) {
        SyncException failure = catchThrowableOfType(
                SyncException.class, () -> fetcher.fetch(source.at(path), spool, limits, bytes -> {})
                        .await()
                        .indefinitely());
        assertThat(failure).isNotNull();
        assertThat(files()).isEmpty();
        return failure;
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FeedFetcher fetcher(String allowedHost) {
        return fetcher(allowedHost, InetAddress::getAllByName);
    }

    private FeedFetcher fetcher(String allowedHost, HostResolver resolver) {
        UrlGuard guard = new UrlGuard(List.of(allowedHost), resolver, Duration.ofSeconds(2));
        return new FeedFetcher(vertx, guard, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static FetchLimits limits(Duration read, long maxBytes) {
        return new FetchLimits(Duration.ofSeconds(2), read, Duration.ofSeconds(15), maxBytes, 0, AT_ONCE, 3, AT_ONCE);
    }
}
