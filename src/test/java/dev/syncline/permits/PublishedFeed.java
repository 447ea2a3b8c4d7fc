package dev.syncline.permits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A real HTTP server that publishes one feed, at any path; as honest about its changes as the test wants it. */
final class PublishedFeed implements AutoCloseable {
    /** What a request asked by; null what it did not. */
    record Asked(String target, String ifNoneMatch, String ifModifiedSince, String range) {
        boolean conditional() {
            return ifNoneMatch != null || ifModifiedSince != null;
        }
    }

    private final HttpServer server;
    private final List<Asked> requests = new CopyOnWriteArrayList<>();
    private volatile byte[] body = new byte[0];
    private volatile String etag;
    private volatile String lastModified;
    private volatile Behaviour behaviour = Behaviour.honest;
    private final CountDownLatch held = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    enum Behaviour {
        /** 304 to who has it already. */
        honest,
        /** Sends all of it to everybody. */
        forgetful,
        /** 304 to whoever asks by anything. */
        stuck,
        /** 304 to everybody. */
        mute,
        /** Says that it has more than it sends, and closes the connection; nobody can go on there. */
        cut,
        /** Sends half, and the rest when it is released. */
        slow,
        /** 503. */
        down
    }

    PublishedFeed(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @CanIgnoreReturnValue
    PublishedFeed publish(List<String> permits, String etag, String lastModified) {
        return publish(("[" + String.join(",", permits) + "]").getBytes(StandardCharsets.UTF_8), etag, lastModified);
    }

    @CanIgnoreReturnValue
    PublishedFeed publish(byte[] body, String etag, String lastModified) {
        this.body = body;
        this.etag = etag;
        this.lastModified = lastModified;
        return this;
    }

    void behaves(Behaviour how) {
        behaviour = how;
    }

    /** Lets a slow transfer go on. */
    void release() {
        held.countDown();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }

    List<Asked> requests() {
        return requests;
    }

    Asked last() {
        return requests.get(requests.size() - 1);
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        Asked asked = new Asked(
                exchange.getRequestURI().toString(),
                headers.getFirst("If-None-Match"),
                headers.getFirst("If-Modified-Since"),
                headers.getFirst("Range"));
        requests.add(asked);
        if (etag != null) {
            exchange.getResponseHeaders().set("ETag", etag);
        }
        if (lastModified != null) {
            exchange.getResponseHeaders().set("Last-Modified", lastModified);
        }
        try (exchange) {
            switch (behaviour) {
                case honest -> send(exchange, has(asked) ? 304 : 200);
                case forgetful -> send(exchange, 200);
                case stuck -> send(exchange, asked.conditional() ? 304 : 200);
                case mute -> send(exchange, 304);
                case down -> send(exchange, 503);
                case cut -> sendHalf(exchange);
                case slow -> {
                    sendHalf(exchange);
                    held.await();
                    exchange.getResponseBody().write(body, body.length / 2, body.length - body.length / 2);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** RFC 9110, 13.2.2: the entity tag decides alone where there is one; tags are compared weakly. */
    private boolean has(Asked asked) {
        if (asked.ifNoneMatch() != null) {
            return etag != null && opaque(asked.ifNoneMatch()).equals(opaque(etag));
        }
        return lastModified != null && lastModified.equals(asked.ifModifiedSince());
    }

    private static String opaque(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }

    private void send(HttpExchange exchange, int status) throws IOException {
        if (status == 200) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } else {
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private void sendHalf(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Accept-Ranges", "none");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
    }
}
