package dev.syncline.processes;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.dev.SamplePerson;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

/** Who is taken off the list at one process is out at all of them. */
class RemovedPersonIT {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final GeneratedFeed FEED = GeneratedFeed.of(6_000);

    static Replicas replicas;
    static Replica here;
    static Replica there;

    @BeforeAll
    static void start() {
        Replicas.provide(FEED);
        replicas = new Replicas(Replicas.batchesOf(100));
        List<Replica> two = replicas.start(2);
        here = two.get(0);
        there = two.get(1);
    }

    @AfterAll
    static void stop() {
        replicas.close();
    }

    @Test
    @DisplayName("S0-3, C0-26: within 30 s another process refuses the person and ends their stream; their run goes on")
    void isOutEverywhere() {
        // Given
        replicas.brake(Duration.ofMillis(50));
        Api manager = there.api().as(SamplePerson.manager);
        String run = manager.post("/api/sync", "{\"file_path\":\"" + FEED.name() + "\"}", Map.of())
                .body()
                .path("task_id")
                .asText();
        there.awaitWriting(run, 100);
        try (EventClient theirs = manager.events("", Map.of());
                EventClient others = there.api().as(SamplePerson.viewer).events("", Map.of())) {
            theirs.await("something", event -> true);

            // When
            Answer changed = here.api()
                    .put(
                            "/api/config/allowlist",
                            "{\"emails\":[\"viewer@example.org\",\"lead@example.org\",\"admin@example.org\"]}");
            long changedAt = System.nanoTime();

            // Then
            assertThat(changed.status()).isEqualTo(200);
            JsonNode diff = changed.body().path("data").path("diff");
            assertThat(diff.path("removed")).extracting(JsonNode::asText).contains("manager@example.org");
            Awaitility.await("the other process to refuse them")
                    .atMost(BOUND)
                    .until(() -> manager.get("/api/runs").status() == 403);
            assertThat(theirs.awaitEnd()).isEqualTo(EventClient.End.COMPLETE);
            assertThat(Duration.ofNanos(System.nanoTime() - changedAt)).isLessThan(BOUND);
            assertThat(others.isOver()).isFalse();
            assertThat(here.api().as(SamplePerson.manager).get("/api/runs").status())
                    .as("where it was changed")
                    .isEqualTo(403);

            replicas.brake(Duration.ZERO);
            assertThat(there.awaitEnd(run).path("state").asText())
                    .as("complete, with the broken rows of the feed set aside")
                    .isEqualTo("PARTIAL");
            Document refusal = replicas.database()
                    .collection("audit")
                    .find(eq("outcome", "NOT_ALLOWLISTED"))
                    .first();
            assertThat(refusal)
                    .containsEntry("actor", "manager@example.org")
                    .containsEntry("target", "GET /api/runs")
                    .containsEntry("ip", "127.0.0.1");
        }
    }
}
