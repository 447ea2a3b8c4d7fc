package dev.syncline.processes;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.awaitility.Awaitility;

import dev.syncline.PackagedApp;

import static org.assertj.core.api.Assertions.assertThat;

/** One process of the service, seen from outside. */
final class Replica {
    static final Set<String> TERMINAL = Set.of("SUCCEEDED", "PARTIAL", "FAILED", "CANCELLED");
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration RUN = Duration.ofSeconds(90);

    private final PackagedApp app;
    private final MongoLine line;
    private final Api api;

    /** Waits until it listens. */
    Replica(PackagedApp app, MongoLine line) {
        this.app = app;
        this.line = line;
        this.api = new Api(app.address());
    }

    /** Its process: to be killed, frozen, thawed, terminated. */
    PackagedApp process() {
        return app;
    }

    /** Its line to the database. */
    MongoLine line() {
        return line;
    }

    Api api() {
        return api;
    }

    boolean isReady() {
        return api.get("/q/health/ready").status() == 200;
    }

    @CanIgnoreReturnValue
    Replica awaitReady() {
        Awaitility.await("the process to be ready").atMost(START).until(this::isReady);
        return this;
    }

    // --- runs

    /** Wishes for a run of a feed. */
    Answer trigger(GeneratedFeed feed, Map<String, String> headers) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("file_path", feed.name())
                .toString();
        return api.post("/api/sync", body, headers);
    }

    /** Starts a run, which must be accepted, and gives its id. */
    String start(GeneratedFeed feed) {
        Answer answer = trigger(feed, Map.of());
        assertThat(answer.status()).as("the trigger's answer %s", answer.body()).isEqualTo(202);
        return answer.body().path("task_id").asText();
    }

    JsonNode run(String id) {
        Answer answer = api.get("/api/runs/" + id);
        assertThat(answer.status()).as("the run %s: %s", id, answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Waits until the run has written so many rows, and more are to come. */
    @CanIgnoreReturnValue
    JsonNode awaitWriting(String id, long rows) {
        JsonNode run = Awaitility.await("the run to write " + rows + " rows")
                .atMost(RUN)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> run(id), r -> r.path("counts").path("read").asLong() >= rows || isOver(r));
        assertThat(run.path("state").asText()).as("state in mid-run").isEqualTo("RUNNING");
        return run;
    }

    @CanIgnoreReturnValue
    JsonNode awaitEnd(String id) {
        return Awaitility.await("the run to end")
                .atMost(RUN)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> run(id), Replica::isOver);
    }

    @CanIgnoreReturnValue
    JsonNode awaitAttempt(String id, int number, Duration within) {
        return Awaitility.await("attempt " + number)
                .atMost(within)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> run(id), r -> r.path("attempt").asInt() >= number);
    }

    @CanIgnoreReturnValue
    Answer cancel(String id) {
        return api.post("/api/runs/" + id + "/cancel");
    }

    static boolean isOver(JsonNode run) {
        return TERMINAL.contains(run.path("state").asText());
    }
}
