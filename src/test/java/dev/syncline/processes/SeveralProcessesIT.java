package dev.syncline.processes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.JsonNode;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Three healthy processes on one database behave as one service. */
class SeveralProcessesIT {
    /** Makes a run last: with it, 100 rows take about a tenth of a second. */
    private static final Duration SLOW = Duration.ofMillis(50);

    private static final GeneratedFeed FEED = GeneratedFeed.of(6_000);
    private static final GeneratedFeed SMALL = GeneratedFeed.of(500);

    static Replicas replicas;
    static Replica a;
    static Replica b;
    static Replica c;

    @BeforeAll
    static void start() {
        Replicas.provide(FEED, SMALL);
        replicas = new Replicas(Replicas.batchesOf(100));
        List<Replica> three = replicas.start(3);
        a = three.get(0);
        b = three.get(1);
        c = three.get(2);
    }

    @AfterAll
    static void stop() {
        replicas.close();
    }

    @AfterEach
    void endAllAndForget() {
        replicas.brake(Duration.ZERO);
        a.api().get("/api/runs?limit=10").body().path("items").forEach(run -> {
            a.cancel(run.path("id").asText());
            a.awaitEnd(run.path("id").asText());
        });
        replicas.database().forgetPermits();
    }

    @Test
    @DisplayName("C0-03: 30 parallel triggers over three processes give one run, and 29 refusals that name it")
    void startsOneRunForManyTriggers() throws Exception {
        // Given
        replicas.brake(SLOW);

        // When
        List<Answer> answers = inParallel(30, i -> List.of(a, b, c).get(i % 3).trigger(FEED, Map.of()));

        // Then
        List<Answer> accepted = answers.stream().filter(x -> x.status() == 202).toList();
        assertThat(accepted).hasSize(1);
        String run = accepted.get(0).body().path("task_id").asText();
        assertThat(replicas.database().collection("runs").countDocuments()).isEqualTo(1);
        b.awaitWriting(run, 1);
        answers.add(b.trigger(FEED, Map.of()));
        List<Answer> refused = answers.stream().filter(x -> x.status() != 202).toList();
        assertThat(refused).hasSize(30).allSatisfy(x -> assertNames(x, run));
        assertThat(activeRun(answers.get(30)).path("startedAt").asText()).isNotEmpty();
        assertThat(activeRun(answers.get(30)).path("progress").path("read").asLong())
                .isPositive();
    }

    private static JsonNode activeRun(Answer refusal) {
        return refusal.body().path("activeRun");
    }

    private static void assertNames(Answer refusal, String run) {
        assertThat(refusal.status()).isEqualTo(409);
        JsonNode active = activeRun(refusal);
        assertThat(active.path("id").asText()).isEqualTo(run);
        assertThat(active.path("actor").asText()).isEqualTo("admin@example.org");
        assertThat(Instant.parse(active.path("queuedAt").asText())).isBefore(Instant.now());
        assertThat(active.path("progress").path("stage").asText()).isNotEmpty();
        assertThat(active.path("links").path("self").asText()).isEqualTo("/api/runs/" + run);
        assertThat(active.path("links").path("events").asText()).isEqualTo("/api/events?run=" + run);
        assertThat(active.path("links").path("cancel").asText()).isEqualTo("/api/runs/" + run + "/cancel");
    }

    @Test
    @DisplayName("C0-08: a key used on two processes stands for one run; with another body it is refused")
    void knowsIdempotencyKeysOfOtherProcesses() throws Exception {
        // When
        Map<String, String> key = Map.of("Idempotency-Key", "nightly-1");
        List<Answer> answers = inParallel(6, i -> List.of(a, b, c).get(i % 3).trigger(SMALL, key));
        String run = answers.get(0).body().path("task_id").asText();
        a.awaitEnd(run);
        Answer later = b.trigger(SMALL, key);
        Answer other = c.trigger(FEED, key);

        // Then
        assertThat(answers)
                .allSatisfy(x -> assertThat(x.body().path("task_id").asText()).isEqualTo(run));
        assertThat(later.body().path("sync_run").path("id").asText()).isEqualTo(run);
        assertThat(other.status()).isEqualTo(422);
        assertThat(replicas.database().collection("runs").countDocuments()).isEqualTo(1);
    }

    @Test
    @DisplayName("C0-06: a cancel sent to another process than the runner ends the run within a second, counts true")
    void cancelsThroughAnotherProcess() {
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            // Given
            replicas.brake(SLOW);
            String run = a.start(FEED);
            b.awaitWriting(run, 1_000);

            // When
            Instant asked = Instant.now();
            Answer answer = b.cancel(run);
            JsonNode ended = b.awaitEnd(run);

            // Then
            assertThat(answer.status()).isEqualTo(202);
            assertThat(ended.path("state").asText()).isEqualTo("CANCELLED");
            assertCountsAreTrue(ended.path("counts"));
            delays.add(Duration.between(
                    asked, Instant.parse(ended.path("completedAt").asText())));
            replicas.database().forgetPermits();
        }
        Measured.assertMostly("C0-06 cancel through another process", delays, Duration.ofSeconds(1));
    }

    private static void assertCountsAreTrue(JsonNode counts) {
        assertThat(counts.path("added").asLong()).isEqualTo(replicas.database().permits());
        assertThat(counts.path("read").asLong())
                .isEqualTo(counts.path("added").asLong()
                        + counts.path("rejected").asLong()
                        + counts.path("duplicates").asLong());
        assertThat(counts.path("rejected").asLong())
                .isEqualTo(replicas.database().collection("rejections").countDocuments());
    }

    @Test
    @DisplayName("C0-22: what one process does to a run reaches streams of the others within a second")
    void tellsOtherProcessesStreams() {
        List<Duration> delays = new ArrayList<>();
        try (EventClient onB = b.api().events("", Map.of());
                EventClient onC = c.api().events("?sync=permits", Map.of())) {
            for (int i = 0; i < 4; i++) {
                // When
                String run = a.start(SMALL);
                JsonNode ended = a.awaitEnd(run);

                // Then
                for (EventClient client : List.of(onB, onC)) {
                    EventClient.Event told =
                            client.awaitState(run, ended.path("state").asText());
                    delays.add(Duration.between(
                            Instant.parse(ended.path("completedAt").asText()), told.heardAt()));
                }
            }
        }
        Measured.assertMostly("C0-22 transition to a stream of another process", delays, Duration.ofSeconds(1));
    }

    @Test
    @DisplayName(
            "C0-21: a client that was cut off resumes on another process, or a new one, and misses no end of a run")
    void resumesOnAnotherProcess() {
        // Given a client that saw a run begin, and then nothing more
        replicas.brake(SLOW);
        String first = a.start(FEED);
        String lastId;
        try (EventClient cutOff = a.api().events("", Map.of())) {
            lastId = cutOff.awaitState(first, "RUNNING").id();
        }
        a.cancel(first);
        a.awaitEnd(first);
        replicas.brake(Duration.ZERO);
        List<String> missed = new ArrayList<>(List.of(first));
        for (int i = 0; i < 3; i++) {
            missed.add(b.start(SMALL));
            b.awaitEnd(missed.get(missed.size() - 1));
        }

        // When
        Replica restarted = replicas.start();

        // Then
        for (Replica other : List.of(c, restarted)) {
            try (EventClient resumed = other.api().events("", Map.of("Last-Event-ID", lastId))) {
                missed.forEach(run -> resumed.await(
                        "the end of " + run, event -> event.run().equals(run) && Replica.isOver(event.data())));
            }
        }
        restarted.process().kill();
    }

    @Test
    @DisplayName("C0-57: fields that this version does not know survive its saves, and a run that has them decodes")
    void keepsWhatANewerVersionWrote() {
        // Given
        replicas.brake(SLOW);
        String run = a.start(FEED);
        a.awaitWriting(run, 500);
        Map<String, Object> unknown = Map.of(
                "priority",
                "high",
                "shard",
                new Document("of", 3).append("number", 1),
                "attempts.0.node",
                "node-7",
                "progress.rate",
                12.5,
                "progress.counts.skipped",
                4L,
                "trigger.channel",
                List.of("chat", "mail"));

        // When
        replicas.database().set(run, unknown);
        a.awaitWriting(run, 1_500);
        b.cancel(run);
        JsonNode ended = c.awaitEnd(run);

        // Then
        assertThat(ended.path("state").asText()).isEqualTo("CANCELLED");
        Document stored = replicas.database().run(run);
        unknown.forEach((path, value) -> assertThat(at(path, stored)).as(path).isEqualTo(value));
        assertThat(b.api()
                        .get("/api/runs")
                        .body()
                        .path("items")
                        .path(0)
                        .path("id")
                        .asText())
                .isEqualTo(run);
    }

    private static Object at(String path, Object value) {
        for (String name : path.split("\\.")) {
            value = value instanceof List<?> list
                    ? list.get(Integer.parseInt(name))
                    : value instanceof Document document ? document.get(name) : null;
        }
        return value;
    }

    private interface Call {
        Answer make(int number);
    }

    private static List<Answer> inParallel(int times, Call call) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(times);
        try {
            List<Future<Answer>> pending = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                pending.add(callers.submit(() -> call.make(number)));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : pending) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            callers.shutdown();
        }
    }
}
