package dev.syncline.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A server that a feed comes from, in good health or not. */
final class FeedServer implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private final ReentrantReadWriteLock answering = new ReentrantReadWriteLock();
    private volatile Reply reply = new Reply(404, Map.of(), new byte[0]);

    private record Reply(int status, Map<String, String> headers, byte[] body) {}

    FeedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        answering.readLock().lock();
        Reply now = reply;
        answering.readLock().unlock();
        try (exchange) {
            now.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(now.status(), now.body().length == 0 ? -1 : now.body().length);
            exchange.getResponseBody().write(now.body());
        }
    }

    String origin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** How many requests have come so far. */
    int asked() {
        return asked.get();
    }

    /** Answers nobody until the act is done. */
    void whileSilent(Runnable act) {
        answering.writeLock().lock();
        try {
            act.run();
        } finally {
            answering.writeLock().unlock();
        }
    }

    void failWith(int status, Map<String, String> headers) {
        reply = new Reply(status, headers, new byte[0]);
    }

    void serve(Path feed) {
        try {
            reply = new Reply(200, Map.of("Content-Type", "application/json"), Files.readAllBytes(feed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
