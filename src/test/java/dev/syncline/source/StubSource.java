package dev.syncline.source;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A real HTTP server on a real socket that answers as the test says, in turn; the last answer stays. */
final class StubSource implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    record Request(
            String target,
            String host,
            String range,
            String ifRange,
            String acceptEncoding,
            String ifNoneMatch,
            String ifModifiedSince) {}

    StubSource() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @CanIgnoreReturnValue
    StubSource then(Answer answer) {
        answers.add(answer);
        return this;
    }

    int port() {
        return server.getAddress().getPort();
    }

    String origin() {
        return "http://127.0.0.1:" + port();
    }

    URI at(String path) {
        return URI.create(origin() + path);
    }

    List<Request> requests() {
        return requests;
    }

    static Answer body(byte[] bytes, String... headers) {
        return status(200, bytes, headers);
    }

    static Answer status(int status, byte[] bytes, String... headers) {
        return exchange -> {
            head(exchange, headers);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    static Answer chunked(byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (byte one : bytes) {
                exchange.getResponseBody().write(one);
            }
            exchange.close();
        };
    }

    /** Announces all bytes, sends some and closes the connection. */
    static Answer cutAfter(int sent, byte[] bytes, String... headers) {
        return exchange -> {
            head(exchange, headers);
            exchange.sendResponseHeaders(200, bytes.length);
            OutputStream out = exchange.getResponseBody();
            out.write(bytes, 0, sent);
            out.flush();
            exchange.close();
        };
    }

    /** The rest of the bytes, as a request with a Range header asks for it. */
    static Answer restOf(byte[] bytes, String... headers) {
        return exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            head(exchange, headers);
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
            exchange.sendResponseHeaders(206, bytes.length - from);
            exchange.getResponseBody().write(bytes, from, bytes.length - from);
            exchange.close();
        };
    }

    /** Sends some bytes and then nothing more. */
    Answer stallAfter(int sent, byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, sent);
            exchange.getResponseBody().flush();
            untilClosed();
        };
    }

    /** Takes the request and never answers. */
    Answer silence() {
        return exchange -> untilClosed();
    }

    static Answer redirect(String location) {
        return status(302, new byte[0], "Location", location);
    }

    private void untilClosed() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void head(HttpExchange exchange, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        requests.add(new Request(
                exchange.getRequestURI().toString(),
                headers.getFirst("Host"),
                headers.getFirst("Range"),
                headers.getFirst("If-Range"),
                headers.getFirst("Accept-Encoding"),
                headers.getFirst("If-None-Match"),
                headers.getFirst("If-Modified-Since")));
        next().give(exchange);
    }

    private synchronized Answer next() {
        return answers.size() > 1 ? answers.remove() : answers.peek();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
