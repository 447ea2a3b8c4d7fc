package dev.syncline.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A server that a feed comes from, in good health or not. */
final class FeedServer implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private final ReentrantReadWriteLock answering = new ReentrantReadWriteLock();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Reply reply = new Reply(404, Map.of(), new byte[0], 0);

    /** @param sent bytes after which nothing more comes */
    private record Reply(int status, Map<String, String> headers, byte[] body, int sent) {}

    FeedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
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
            exchange.getResponseBody().write(now.body(), 0, now.sent());
            if (now.sent() < now.body().length) {
                exchange.getResponseBody().flush();
                closing.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        reply = new Reply(status, headers, new byte[0], 0);
    }

    void serve(Path feed) {
        serve(feed, 1);
    }

    /** Sends half of it and then nothing more. */
    void stallAtHalf(Path feed) {
        serve(feed, 2);
    }

    private void serve(Path feed, int divisor) {
        try {
            byte[] body = Files.readAllBytes(feed);
            reply = new Reply(200, Map.of("Content-Type", "application/json"), body, body.length / divisor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
