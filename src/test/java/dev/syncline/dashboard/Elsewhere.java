package dev.syncline.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Somebody else's server on this machine. By the name {@code localhost} its pages are of another origin and yet of the same
 * site as the service, so that cookies go along; by {@code 127.0.0.1} they are of another site.
 */
final class Elsewhere implements AutoCloseable {
    private static final String FORM = """
            <!doctype html><title>Elsewhere</title><link rel="icon" href="data:,">
            <form method="post" action="%s" enctype="%s">
            <input name='{"emails": ["intruder@example.org"], "reason": "' value='"}'><button>Win a prize</button></form>
            """;

    private final HttpServer server;

    private Elsewhere(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", Elsewhere::answer);
        server.start();
    }

    /** @param port any free one if it is 0 */
    static Elsewhere at(int port) {
        try {
            return new Elsewhere(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String origin(String host) {
        return "http://" + host + ":" + server.getAddress().getPort();
    }

    /** A page with a form that posts to an address of the service. */
    static String form(String address, String type) {
        return "/?" + type + "," + address;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = exchange.getRequestURI();
            String[] parts = String.valueOf(asked.getQuery()).split(",", 2);
            byte[] page =
                    FORM.formatted(parts.length > 1 ? parts[1] : "/", parts[0]).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
