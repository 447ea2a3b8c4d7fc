package dev.syncline.source;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.mutiny.core.Vertx;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * One address into one spool file, as the bytes come. A transfer that broke off goes on where it ended when the server gave
 * a validator that says that it still sends the same bytes (RFC 9110, Range and If-Range); else it starts again.
 */
final class Download {
    private final Vertx vertx;
    private final HttpGet http;
    private final URI uri;
    private final SpoolFile spool;
    private final FetchLimits limits;
    private final @Nullable Validators known;
    private final LongConsumer onBytes;

    private @Nullable String etag;
    private @Nullable String lastModified;
    private @Nullable String contentType;
    private @Nullable String validator;
    private boolean begun;

    /** @param known of what we have already; a source that has nothing else sends nothing */
    Download(
            Vertx vertx,
            HttpGet http,
            URI uri,
            SpoolFile spool,
            FetchLimits limits,
            @Nullable Validators known,
            LongConsumer onBytes) {
        this.vertx = vertx;
        this.http = http;
        this.uri = uri;
        this.spool = spool;
        this.limits = limits;
        this.known = known;
        this.onBytes = onBytes;
    }

    /** The whole feed; what breaks off is resumed. Empty if it is still the one that is known. */
    Uni<Optional<FetchedFeed>> fetch() {
        return Backoff.retry(once(), this::isWorthResuming, limits.resume());
    }

    /** One transfer, without another try. */
    Uni<Optional<FetchedFeed>> once() {
        return Uni.createFrom().deferred(() -> http.get(uri, headers(), limits, this::store));
    }

    private MultiMap headers() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("Accept", "application/json, */*;q=0.1")
                .set("Accept-Encoding", "gzip")
                .set("User-Agent", "syncline");
        if (!begun && known != null) {
            setIfGiven(headers, "If-None-Match", known.etag());
            setIfGiven(headers, "If-Modified-Since", known.lastModified());
        }
        if (spool.size() > 0 && validator != null) {
            headers.set("Range", "bytes=" + spool.size() + "-").set("If-Range", validator);
        }
        return headers;
    }

    private static void setIfGiven(MultiMap headers, String name, @Nullable String value) {
        if (value != null) {
            headers.set(name, value);
        }
    }

    private Uni<Optional<FetchedFeed>> store(HttpClientResponse response, HttpExchange exchange) {
        if (response.statusCode() == 304) {
            return Uni.createFrom().item(Optional.empty());
        }
        Uni<Void> prepared =
                vertx.executeBlocking(() -> prepare(response)).memoize().indefinitely();
        // The body is listened to at once: a connection that closed before that would fail unheard.
        return exchange.body(response)
                .onItem()
                .transformToUniAndConcatenate(bytes -> prepared.chain(() -> append(bytes)))
                .onItem()
                .ignoreAsUni()
                .chain(() -> prepared)
                .map(end -> Optional.of(new FetchedFeed(spool.path(), spool.size(), etag, lastModified, contentType)));
    }

    private @Nullable Void prepare(HttpClientResponse response) {
        if (response.statusCode() == 206) {
            requireSamePlace(response);
        } else {
            spool.restart();
        }
        etag = response.getHeader("ETag");
        lastModified = response.getHeader("Last-Modified");
        contentType = response.getHeader("Content-Type");
        validator = validator(response);
        begun = true;
        spool.requireSpace(length(response));
        return null;
    }

    private Uni<Void> append(Buffer bytes) {
        return vertx.executeBlocking(() -> {
                    spool.append(bytes.getByteBuf().nioBuffer());
                    return (Void) null;
                })
                .invoke(() -> onBytes.accept(spool.size()));
    }

    /** A part that continues something else would make a file that never existed. */
    private void requireSamePlace(HttpClientResponse response) {
        String range = String.valueOf(response.getHeader("Content-Range"));
        boolean same = range.startsWith("bytes " + spool.size() + "-")
                && Objects.equals(etag, response.getHeader("ETag"))
                && Objects.equals(lastModified, response.getHeader("Last-Modified"));
        if (!same) {
            validator = null;
            throw new SyncException(ErrorCode.SOURCE_CUT, "The source resumed the transfer at another place");
        }
    }

    private boolean isWorthResuming(SyncException failure) {
        return switch (failure.code()) {
            case SOURCE_CUT -> true;
            case SOURCE_FAILED, SOURCE_UNREACHABLE -> begun;
            default -> false;
        };
    }

    /** A weak ETag does not promise the same bytes; "none" is how a server declines ranges. */
    private static @Nullable String validator(HttpClientResponse response) {
        String etag = response.getHeader("ETag");
        if ("none".equalsIgnoreCase(response.getHeader("Accept-Ranges"))) {
            return null;
        }
        return etag != null && etag.startsWith("\"") ? etag : response.getHeader("Last-Modified");
    }

    private static long length(HttpClientResponse response) {
        String length = response.getHeader("Content-Length");
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : -1;
    }
}
