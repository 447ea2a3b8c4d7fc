package dev.syncline.source;

import java.net.ConnectException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import javax.net.ssl.SSLException;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** One request to one address. Closing it ends the connection at once, whatever it is doing. */
final class HttpExchange {
    /** Pieces of the body that may wait to be written. */
    private static final int WINDOW = 16;

    private final HttpClient client;
    private final Duration connectTimeout;
    private final Duration readTimeout;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable HttpClientRequest request;
    private volatile boolean closed;

    /** @param readTimeout how long the other side may be silent */
    HttpExchange(HttpClient client, Duration connectTimeout, Duration readTimeout) {
        this.client = client;
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
    }

    /** Gets; the answer's body waits until it is asked for. */
    Uni<HttpClientResponse> get(AdmittedUrl url, InetAddress address, MultiMap headers) {
        return send(HttpMethod.GET, url, address, headers, HttpClientRequest::send);
    }

    /** Posts; the same. */
    Uni<HttpClientResponse> post(AdmittedUrl url, InetAddress address, MultiMap headers, Buffer body) {
        return send(HttpMethod.POST, url, address, headers, opened -> opened.send(body));
    }

    private Uni<HttpClientResponse> send(
            HttpMethod method,
            AdmittedUrl url,
            InetAddress address,
            MultiMap headers,
            Function<HttpClientRequest, Future<HttpClientResponse>> sending) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
                .setHost(url.uri().getHost())
                .setPort(url.port())
                .setSsl(url.isTls())
                .setURI(url.requestTarget())
                .setHeaders(headers)
                .setConnectTimeout(connectTimeout.toMillis());
        return Uni.createFrom()
                .completionStage(() -> client.request(options)
                        .compose(opened -> begin(opened, sending))
                        .toCompletionStage())
                .ifNoItem()
                .after(connectTimeout.plus(readTimeout))
                .failWith(this::silent)
                .onFailure(failure -> !(failure instanceof SyncException))
                .transform(HttpExchange::noAnswer);
    }

    /** The body, as fast as it is taken; what arrived before the transfer broke off comes before its failure. */
    Multi<Buffer> body(HttpClientResponse response) {
        return Multi.createFrom()
                .<Buffer>emitter(emitter -> listen(response, emitter), BackPressureStrategy.BUFFER)
                .onItem()
                .invoke(() -> taken(response))
                .ifNoItem()
                .after(readTimeout)
                .failWith(this::silent);
    }

    /** The emitter's buffer holds no more than the window, since the response pauses then. */
    private void listen(HttpClientResponse response, MultiEmitter<? super Buffer> emitter) {
        response.handler(bytes -> {
                    if (waiting.incrementAndGet() >= WINDOW) {
                        response.pause();
                    }
                    emitter.emit(bytes);
                })
                .endHandler(end -> emitter.complete())
                .exceptionHandler(failure -> fail(emitter, failure))
                .resume();
    }

    private void taken(HttpClientResponse response) {
        if (waiting.getAndDecrement() == WINDOW) {
            response.resume();
        }
    }

    private void fail(MultiEmitter<?> emitter, Throwable failure) {
        if (!closed) {
            emitter.fail(new SyncException(ErrorCode.SOURCE_CUT, "The transfer broke off before its end", failure));
        }
    }

    void close() {
        closed = true;
        HttpClientRequest begun = request;
        if (begun != null) {
            begun.reset();
        }
    }

    private Future<HttpClientResponse> begin(
            HttpClientRequest opened, Function<HttpClientRequest, Future<HttpClientResponse>> sending) {
        request = opened;
        if (closed) {
            opened.reset();
        }
        // Without a handler Vert.x logs an error for each connection that we end ourselves.
        return sending.apply(opened).map(response -> response.pause().exceptionHandler(failure -> {}));
    }

    private SyncException silent() {
        return new SyncException(
                ErrorCode.SOURCE_TIMEOUT, "The source was silent for " + readTimeout.toMillis() + " ms");
    }

    private static SyncException noAnswer(Throwable failure) {
        if (failure instanceof ConnectException) {
            return new SyncException(ErrorCode.SOURCE_UNREACHABLE, "No connection to the source", failure);
        }
        if (failure instanceof SSLException || failure.getCause() instanceof SSLException) {
            return new SyncException(ErrorCode.SOURCE_UNREACHABLE, "No TLS connection to the source", failure);
        }
        return new SyncException(ErrorCode.SOURCE_CUT, "The source closed the connection without an answer", failure);
    }
}
