package dev.syncline.source;

import java.net.InetAddress;
import java.net.URI;

import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** Gets an allowed address, over redirects that are allowed too, as far as the beginning of a successful answer. */
final class HttpGet {
    private static final int MOST_REDIRECTS = 5;

    private final HttpClient client;
    private final UrlGuard guard;
    private final ResponseStatus status;

    HttpGet(HttpClient client, UrlGuard guard, ResponseStatus status) {
        this.client = client;
        this.guard = guard;
        this.status = status;
    }

    /**
     * What is done with an answer of 200, 206, or 304 to who has asked for it; its connection ends when this does, or is
     * cancelled.
     */
    interface Body<T> {
        Uni<T> read(HttpClientResponse response, HttpExchange exchange);
    }

    /** Gets {@code uri} and hands the answer to {@code body}; fails with a {@link SyncException}. */
    <T> Uni<T> get(URI uri, MultiMap headers, FetchLimits limits, Body<T> body) {
        return new Hop<>(headers, limits, body, MOST_REDIRECTS).to(uri);
    }

    private final class Hop<T> {
        private final MultiMap headers;
        private final FetchLimits limits;
        private final Body<T> body;
        private final int redirectsLeft;

        Hop(MultiMap headers, FetchLimits limits, Body<T> body, int redirectsLeft) {
            this.headers = headers;
            this.limits = limits;
            this.body = body;
            this.redirectsLeft = redirectsLeft;
        }

        Uni<T> to(URI uri) {
            return guard.admit(uri).chain(url -> url.overAddresses(address -> over(url, address)));
        }

        private Uni<T> over(AdmittedUrl url, InetAddress address) {
            return Uni.createFrom().deferred(() -> {
                HttpExchange exchange = new HttpExchange(client, limits.connectTimeout(), limits.readTimeout());
                return exchange.get(url, address, headers)
                        .chain(response -> answer(url, response, exchange))
                        .onTermination()
                        .invoke(exchange::close);
            });
        }

        private Uni<T> answer(AdmittedUrl url, HttpClientResponse response, HttpExchange exchange) {
            int code = response.statusCode();
            if (ResponseStatus.isSuccess(code) || code == 304 && isConditional()) {
                return body.read(response, exchange);
            }
            String location = response.getHeader("Location");
            if (ResponseStatus.isRedirect(code) && location != null) {
                exchange.close();
                return redirect(url.uri(), location);
            }
            return Uni.createFrom().failure(() -> status.failure(code, response.getHeader("Retry-After")));
        }

        private boolean isConditional() {
            return headers.contains("If-None-Match") || headers.contains("If-Modified-Since");
        }

        private Uni<T> redirect(URI from, String location) {
            if (redirectsLeft == 0) {
                return refused("The source redirects more than " + MOST_REDIRECTS + " times");
            }
            try {
                return new Hop<>(headers, limits, body, redirectsLeft - 1).to(from.resolve(location));
            } catch (IllegalArgumentException e) {
                return refused("The source redirects to what is no address");
            }
        }

        private Uni<T> refused(String detail) {
            return Uni.createFrom().failure(() -> new SyncException(ErrorCode.SOURCE_REFUSED, detail));
        }
    }
}
