package dev.syncline.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A feed of one permit, of which nothing comes before it is let go: a run that takes it waits. */
final class HeldFeed implements AutoCloseable {
    private static final byte[] PERMITS = """
            [{"PERMIT_NUM":"24 000001 BLD","REVISION_NUM":"00","STATUS":"Inspection","PERMIT_TYPE":"House",
              "STREET_NUM":"1","STREET_NAME":"KING","RESIDENTIAL":1}]
            """.getBytes(UTF_8);

    private final HttpServer server;
    private final CountDownLatch letGo = new CountDownLatch(1);

    HeldFeed() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            letGo.await();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, PERMITS.length);
            exchange.getResponseBody().write(PERMITS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String origin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    String address() {
        return origin() + "/permits.json";
    }

    void letGo() {
        letGo.countDown();
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
    }
}
