package dev.syncline.dev.sheets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.jboss.logging.Logger;

/** {@code /v4/…}: what has been ordered for a call, then who calls, then what is asked. */
final class ApiHandler implements HttpHandler {
    private static final Logger LOG = Logger.getLogger(ApiHandler.class);
    static final String PATH = "/v4/spreadsheets";
    private static final String NO_SUCH_PAGE = "<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title>"
            + "<p><b>404.</b> <ins>That’s an error.</ins><p>The requested URL was not found on this server.";

    private final SheetsApi api;
    private final Tokens tokens;
    private final Faults faults;
    private final CallLog calls;
    private final CountDownLatch closed;

    ApiHandler(SheetsApi api, Tokens tokens, Faults faults, CallLog calls, CountDownLatch closed) {
        this.api = api;
        this.tokens = tokens;
        this.faults = faults;
        this.calls = calls;
        this.closed = closed;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = body(exchange);
            Call call = call(exchange, body);
            long number = calls.add(call);
            Faults.Fate fate = faults.next(call);
            fate.before().forEach(Runnable::run);
            await(fate.delay());
            Answer answer = fate.failure().map(Answer::of).orElseGet(() -> answer(exchange, call, body));
            fate.after().forEach(Runnable::run);
            calls.answered(number, answer.status());
            answer.sendTo(exchange, fate.isCut());
        }
    }

    /** Google's clients for Java send it compressed. */
    private static byte[] body(HttpExchange exchange) throws IOException {
        boolean isZipped = "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream sent = exchange.getRequestBody();
        return isZipped ? new GZIPInputStream(sent).readAllBytes() : sent.readAllBytes();
    }

    /** Long addresses come as forms, by the method that they mean in a header. */
    private static Call call(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        String meant = exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override");
        return meant == null
                ? new Call(exchange.getRequestMethod(), path, query == null ? "" : query, 0, Instant.now())
                : new Call(meant, path, new String(body, StandardCharsets.UTF_8), 0, Instant.now());
    }

    /** Ends early when the server is closed. */
    private void await(Duration delay) {
        try {
            boolean isOver = delay.isZero() || closed.await(delay.toNanos(), TimeUnit.NANOSECONDS);
            if (isOver && !delay.isZero()) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer answer(HttpExchange exchange, Call call, byte[] body) {
        try {
            Access access = tokens.check(exchange.getRequestHeaders().getFirst("Authorization"));
            faults.count(access.account(), call.isWrite());
            return Answer.json(200, api.answer(request(call, body, access)));
        } catch (ApiException e) {
            return Answer.of(e);
        } catch (UnknownPathException e) {
            return Answer.html(404, NO_SUCH_PAGE);
        } catch (RuntimeException e) {
            LOG.errorf(e, "a call of the sheets stand-in failed: call=%s %s", call.method(), call.path());
            return Answer.of(ApiException.ofStatus(500, "backendError"));
        }
    }

    private static ApiRequest request(Call call, byte[] body, Access access) {
        String path = call.path().substring(PATH.length());
        boolean hasVerb = call.method().equals("POST") || path.endsWith("/values:batchGet");
        int colon = hasVerb ? path.lastIndexOf(':') : -1;
        String verb = colon < 0 ? "" : path.substring(colon + 1);
        List<String> segments = Query.segments(colon < 0 ? path : path.substring(0, colon));
        Map<String, List<String>> query = Query.parse(call.query());
        boolean hasBody = !call.method().equals("GET") && body.length > 0;
        return new ApiRequest(
                call.method(), segments, verb, query, hasBody ? json(body) : MissingNode.getInstance(), access);
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw ApiException.invalid("Invalid JSON payload received. " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiException.invalid("Invalid JSON payload received.");
        }
    }
}
