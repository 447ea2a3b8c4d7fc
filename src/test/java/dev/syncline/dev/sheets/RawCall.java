package dev.syncline.dev.sheets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auth.oauth2.ServiceAccountCredentials;

/** Calls without a client in between, for what a client hides: the very bytes and headers. */
final class RawCall {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final SheetsStandIn standIn;

    record Answered(int status, HttpResponse<String> response, JsonNode body) {}

    RawCall(SheetsStandIn standIn) {
        this.standIn = standIn;
    }

    /** A token that Google's own library has got. */
    static String token(String key, String scope) throws IOException {
        return ServiceAccountCredentials.fromStream(new ByteArrayInputStream(key.getBytes(StandardCharsets.UTF_8)))
                .createScoped(List.of(scope))
                .refreshAccessToken()
                .getTokenValue();
    }

    Answered get(String path, String token, String... headers) {
        return send(request(path, token, headers).GET());
    }

    Answered post(String path, String token, String type, String body) {
        return send(request(path, token, "Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String token, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(standIn.root() + path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Answered send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            boolean isJson =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
            boolean isZipped = response.headers().firstValue("Content-Encoding").isPresent();
            JsonNode body = isJson && !isZipped ? MAPPER.readTree(response.body()) : MAPPER.nullNode();
            return new Answered(response.statusCode(), response, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
