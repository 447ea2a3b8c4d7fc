package dev.syncline.dev.sheets;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

/**
 * The page where a person sees the sheets and plays with them. What changes something is JSON, which a page of another origin
 * cannot send here.
 */
final class PageHandler implements HttpHandler {
    private static final Map<String, String> FILES = Map.of(
            "/", "text/html; charset=UTF-8",
            "/page.js", "text/javascript; charset=UTF-8",
            "/page.css", "text/css; charset=UTF-8");

    private final PageView view;
    private final PageChanges changes;

    PageHandler(SheetsStandIn standIn) {
        this.view = new PageView(standIn);
        this.changes = new PageChanges(standIn);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders()
                    .set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; frame-ancestors 'none'");
            answer(exchange).sendTo(exchange, false);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean isHere = String.valueOf(exchange.getRequestHeaders().getFirst("Host"))
                .matches("(127\\.0\\.0\\.1|localhost)(:\\d+)?");
        boolean isPost = exchange.getRequestMethod().equals("POST");
        if (!isHere) {
            return Answer.json(403, Map.of("message", "this server answers to 127.0.0.1 and localhost alone"));
        }
        if (FILES.containsKey(path) && !isPost) {
            return file(path);
        }
        if (path.equals("/stand-in/sheet") && !isPost) {
            return Answer.json(
                    200, Json.bytes(view.of(Query.parse(exchange.getRequestURI().getRawQuery()))));
        }
        return path.equals("/stand-in/changes") && isPost
                ? changed(exchange)
                : Answer.json(404, Map.of("message", "there is nothing here"));
    }

    private static Answer file(String path) throws IOException {
        String name = path.equals("/") ? "page.html" : path.substring(1);
        try (InputStream file = PageHandler.class.getResourceAsStream(name)) {
            return new Answer(200, FILES.get(path), file.readAllBytes(), Optional.empty());
        }
    }

    private Answer changed(HttpExchange exchange) throws IOException {
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!type.startsWith("application/json")) {
            return Answer.json(415, Map.of("message", "send JSON"));
        }
        JsonNode change = Json.MAPPER.readTree(exchange.getRequestBody());
        try {
            return Answer.json(200, Map.of("message", changes.make(change)));
        } catch (ApiException | IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            return Answer.json(400, Map.of("message", String.valueOf(e.getMessage())));
        }
    }
}
