package dev.syncline.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.syncline.TestIdentity;
import dev.syncline.dev.SamplePerson;

/** The HTTP side of one process, as an admin sees it unless it is asked as somebody else. */
final class Api {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String bearer;

    Api(URI base) {
        this(base, SamplePerson.admin);
    }

    private Api(URI base, SamplePerson person) {
        this.base = base;
        this.bearer = TestIdentity.shared().bearer(person);
    }

    Api as(SamplePerson person) {
        return new Api(base, person);
    }

    Answer get(String path) {
        return send(request(path).GET().build());
    }

    Answer post(String path) {
        return post(path, "", Map.of());
    }

    Answer post(String path, String json, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        headers.forEach(request::header);
        return send(request.POST(HttpRequest.BodyPublishers.ofString(json)).build());
    }

    Answer put(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** Follows {@code /api/events}; {@code headers} such as Last-Event-ID. */
    EventClient events(String query, Map<String, String> headers) {
        HttpRequest.Builder request = known("/api/events" + query).header("Accept", "text/event-stream");
        headers.forEach(request::header);
        return EventClient.open(client, request.GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return known(path).timeout(PATIENCE);
    }

    private HttpRequest.Builder known(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", bearer);
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), json(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
