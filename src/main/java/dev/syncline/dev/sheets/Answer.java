package dev.syncline.dev.sheets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.HttpExchange;

/** An answer as it is sent. */
record Answer(int status, String type, byte[] body, Optional<Duration> retryAfter) {
    private static final String JSON = "application/json; charset=UTF-8";
    private static final String HTML = "text/html; charset=UTF-8";

    static Answer json(int status, byte[] body) {
        return new Answer(status, JSON, body, Optional.empty());
    }

    static Answer json(int status, Object body) throws IOException {
        return json(status, Json.MAPPER.writeValueAsBytes(body));
    }

    static Answer html(int status, String page) {
        return new Answer(status, HTML, page.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    static Answer of(ApiException failure) {
        return new Answer(failure.code(), JSON, Json.bytes(failure::writeTo), failure.retryAfter());
    }

    /** @param isCut whether the connection is closed when half of it has been sent */
    void sendTo(HttpExchange exchange, boolean isCut) throws IOException {
        byte[] sent = body;
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        if (accepted != null && accepted.contains("gzip")) {
            sent = zipped(body);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Vary", "Origin, X-Origin, Referer");
        exchange.getResponseHeaders().set("Cache-Control", "private");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        retryAfter.ifPresent(
                wait -> exchange.getResponseHeaders().set("Retry-After", String.valueOf(wait.toSeconds())));
        exchange.sendResponseHeaders(status, sent.length == 0 ? -1 : sent.length);
        exchange.getResponseBody().write(sent, 0, isCut ? sent.length / 2 : sent.length);
        if (isCut) {
            exchange.getResponseBody().flush();
        }
    }

    private static byte[] zipped(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(body);
        }
        return bytes.toByteArray();
    }
}
