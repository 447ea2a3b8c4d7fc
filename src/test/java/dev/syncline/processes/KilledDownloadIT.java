package dev.syncline.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two processes share a spool, and one is killed while it downloads. */
class KilledDownloadIT {
    private static final GeneratedFeed FEED = GeneratedFeed.of(2_000);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path spool;

    private FeedServer source;
    private Replicas replicas;

    @BeforeEach
    void start() {
        Replicas.provide(FEED);
        source = new FeedServer();
        replicas = new Replicas(Map.of(
                "syncline.permits.source",
                source.origin() + "/permits.json",
                "syncline.http.allowed-hosts",
                source.origin(),
                "syncline.permits.spool-directory",
                spool.toString()));
    }

    @AfterEach
    void stop() {
        replicas.close();
        source.close();
    }

    @Test
    @DisplayName(
            "S1-03, S1-33: the process that takes over removes what the killed one had, downloads anew, and leaves no file")
    void leavesNoFile() {
        // Given a download in its middle
        List<Replica> both = replicas.start(2);
        source.stallAtHalf(Replicas.fileOf(FEED));
        String run = both.get(0)
                .api()
                .post("/api/syncs/permits/runs")
                .body()
                .path("id")
                .asText();
        await(
                "bytes",
                () -> both.get(1).run(run).path("progress").path("bytesRead").asLong() > 0);
        assertThat(files()).singleElement().asString().endsWith(run + "-1.part");

        // When
        both.get(0).process().kill();
        source.serve(Replicas.fileOf(FEED));

        // Then
        JsonNode ended = both.get(1).awaitEnd(run);
        assertThat(ended.path("attempts")).hasSize(2);
        assertThat(ended.path("counts").path("added").asInt()).isEqualTo(FEED.permits());
        assertThat(ended.path("source").path("snapshot").asText()).endsWith(run + "-2.json");
        await("an empty spool", () -> files().isEmpty());
    }

    private static void await(String what, Callable<Boolean> holds) {
        Awaitility.await(what).atMost(PATIENCE).until(holds);
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(spool)) {
            return files.map(Path::getFileName).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
