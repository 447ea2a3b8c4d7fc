package dev.syncline.dev.sheets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

/** {@code POST /token}. */
final class TokenHandler implements HttpHandler {
    private final Tokens tokens;

    TokenHandler(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answer(form).sendTo(exchange, false);
        }
    }

    private Answer answer(String form) throws IOException {
        try {
            return Answer.json(200, tokens.grant(Query.parse(form)));
        } catch (Tokens.Refused e) {
            return Answer.json(400, Map.of("error", e.error(), "error_description", String.valueOf(e.getMessage())));
        }
    }
}
