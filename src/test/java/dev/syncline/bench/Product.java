package dev.syncline.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.syncline.PackagedApp;
import dev.syncline.TestIdentity;
import dev.syncline.dev.SamplePerson;

/** The packaged application in a process of its own, with a database of its own, used over HTTP as anybody would. */
final class Product implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long POLL_MILLIS = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final PackagedApp app;
    private final Meter meter;
    private final HeapLog heapLog;
    private final URI address;
    private final String bearer = TestIdentity.shared().bearer(SamplePerson.admin);

    private Product(PackagedApp app, HeapLog heapLog) {
        this.app = app;
        this.meter = new Meter(app.handle());
        this.heapLog = heapLog;
        this.address = app.address();
    }

    /** Starts it; {@code source} is what a run reads that names no file. */
    static Product start(BenchSettings settings, String database, Path source) {
        HeapLog heapLog = HeapLog.in(settings.folder().resolve(database + "-gc.log"));
        List<String> jvm = new ArrayList<>(settings.jvm());
        jvm.add(heapLog.option());
        PackagedApp app = PackagedApp.startOn(
                jvm,
                Map.of(
                        "quarkus.http.host", "127.0.0.1",
                        "quarkus.mongodb.connection-string", settings.mongo(),
                        "quarkus.mongodb.database", database,
                        "syncline.permits.import-directory",
                                source.toAbsolutePath().getParent().toString(),
                        "syncline.permits.source", source.getFileName().toString()));
        return new Product(app, heapLog);
    }

    /** A request of an admin. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", bearer);
    }

    /** Milliseconds since its process was started. */
    long uptimeMillis() {
        return System.currentTimeMillis()
                - app.handle().info().startInstant().orElseThrow().toEpochMilli();
    }

    HeapLog heapLog() {
        return heapLog;
    }

    /** What a run did, and what it took from the request that started it to its end. */
    record Load(Measured measured, JsonNode run) {
        long count(String outcome) {
            return run.at("/counts/" + outcome).asLong();
        }
    }

    /** Syncs a feed of the import directory and waits for the end. */
    Load load(Path feed) throws IOException, InterruptedException {
        awaitIndexes();
        Measured.Stopwatch watch = Measured.start(meter);
        String id = begin(feed);
        JsonNode run = run(id);
        while (run.path("completedAt").isMissingNode()) {
            Thread.sleep(POLL_MILLIS);
            run = run(id);
        }
        Load load = new Load(watch.stop(), run);
        if (!run.path("state").asText().equals("SUCCEEDED")) {
            throw new IllegalStateException("the load did not succeed: " + run);
        }
        return load;
    }

    /** Starts a run and answers its id. */
    String begin(Path feed) throws IOException, InterruptedException {
        String body = JSON.createObjectNode()
                .put("file_path", feed.getFileName().toString())
                .toString();
        HttpRequest request = request("/api/sync")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return answer(request, 202).path("task_id").asText();
    }

    JsonNode run(String id) throws IOException, InterruptedException {
        return answer(request("/api/runs/" + id).build(), 200);
    }

    void cancel(String id) throws IOException, InterruptedException {
        HttpRequest request = request("/api/runs/" + id + "/cancel")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        http.send(request, HttpResponse.BodyHandlers.discarding());
    }

    /** Ready means that the indexes are there. */
    private void awaitIndexes() throws IOException, InterruptedException {
        HttpRequest request = request("/q/health/ready").build();
        while (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    private JsonNode answer(HttpRequest request, int status) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != status) {
            throw new IllegalStateException(request.uri() + " answered " + response.statusCode() + response.body());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() throws InterruptedException {
        app.close();
    }
}
