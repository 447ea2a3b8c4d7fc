package dev.syncline.source;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.mutiny.core.Vertx;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * Posts to an allowed address. It follows no redirect: what was meant for one host is not for another. Of the answer it takes
 * the head alone.
 */
@ApplicationScoped
public class HttpPost {
    private static final int CONNECTIONS = 8;

    private final HttpClient client;
    private final UrlGuard guard;
    private final ResponseStatus status;

    HttpPost(Vertx vertx, HttpSettings settings, Clock clock) {
        // A connection for each request, so that ending one ends nothing else.
        this.client = vertx.getDelegate()
                .createHttpClient(new HttpClientOptions().setKeepAlive(false).setMaxPoolSize(CONNECTIONS));
        this.guard = UrlGuard.of(settings);
        this.status = new ResponseStatus(clock);
    }

    /** @param retryAfter how long to wait as the other side says, at most a day; null if it says nothing of it */
    public record Answer(int status, @Nullable Duration retryAfter) {}

    /**
     * Posts once. Cancelling, and the end of the time, end the connection.
     *
     * @param timeout for all of it
     * @return what was answered, with any status; fails with a {@link SyncException}: SOURCE_URL_REFUSED, SOURCE_UNREACHABLE,
     *     SOURCE_TIMEOUT, SOURCE_CUT
     */
    public Uni<Answer> post(URI uri, Map<String, String> headers, byte[] body, Duration timeout) {
        Call call = new Call(MultiMap.caseInsensitiveMultiMap().addAll(headers), Buffer.buffer(body), timeout);
        return guard.admit(uri)
                .chain(url -> url.overAddresses(address -> over(url, address, call)))
                .ifNoItem()
                .after(timeout)
                .failWith(() ->
                        new SyncException(ErrorCode.SOURCE_TIMEOUT, "No answer within " + timeout.toMillis() + " ms"));
    }

    /**
     * Whether an address is on the list at all; opens nothing and asks no name server.
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

    private record Call(MultiMap headers, Buffer body, Duration timeout) {}

    private Uni<Answer> over(AdmittedUrl url, InetAddress address, Call call) {
        return Uni.createFrom().deferred(() -> {
            HttpExchange exchange = new HttpExchange(client, call.timeout(), call.timeout());
            return exchange.post(url, address, call.headers(), call.body())
                    .map(this::answer)
                    .onTermination()
                    .invoke(exchange::close);
        });
    }

    private Answer answer(HttpClientResponse response) {
        return new Answer(response.statusCode(), status.retryAfter(response.getHeader("Retry-After")));
    }
}
