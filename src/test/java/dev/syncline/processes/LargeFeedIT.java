package dev.syncline.processes;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.syncline.PackagedApp;

import static org.assertj.core.api.Assertions.assertThat;

/** A feed as large as the real one, in the smallest place that it is meant for. */
class LargeFeedIT {
    private static final int RECORDS = 237_000;
    private static final int BATCH = 700;
    private static final long BYTES = 220_000_000;
    /** Half of what a process may have. */
    private static final String HEAP = "-Xmx256m";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path imports;

    /** A database that counts the rows of each write to the permits. */
    private static final class CountingBackend extends MemoryBackend {
        final Collection<Integer> writes = new ConcurrentLinkedQueue<>();

        @Override
        public Document handleMessage(MongoMessage message) {
            Document command = message.getDocument();
            count(command, "insert", "documents");
            count(command, "update", "updates");
            return super.handleMessage(message);
        }

        private void count(Document command, String name, String rows) {
            if ("permits".equals(command.get(name)) && command.get(rows) instanceof Collection<?> all) {
                writes.add(all.size());
            }
        }
    }

    @Test
    @DisplayName(
            "S1-08, S1-21: 220 MB of 237,000 records stream through 256 MB of heap, in batches of no more than was set")
    void streamsThroughASmallHeap() throws Exception {
        // Given
        Path feed = write();
        assertThat(Files.size(feed)).isGreaterThan(BYTES);
        CountingBackend backend = new CountingBackend();
        MongoServer database = new MongoServer(backend);
        String connection = database.bindAndGetConnectionString();
        Map<String, String> settings = Map.of(
                "quarkus.mongodb.connection-string",
                connection,
                "quarkus.mongodb.database",
                "large",
                "syncline.permits.import-directory",
                imports.toString(),
                "syncline.permits.ingest.batch-size",
                String.valueOf(BATCH));

        // When
        try (PackagedApp app = PackagedApp.startOn(List.of(HEAP, "-XX:+ExitOnOutOfMemoryError"), settings)) {
            Api api = new Api(app.address());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> api.get("/q/health/ready").status() == 200);
            Instant began = Instant.now();
            String run = api.post("/api/sync", "{\"file_path\": \"large.json\"}", Map.of())
                    .body()
                    .path("task_id")
                    .asText();
            JsonNode ended = Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> api.get("/api/runs/" + run).body(), Replica::isOver);

            // Then
            Measured.tell("S1-21 first load of " + RECORDS, Duration.between(began, Instant.now()));
            assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("SUCCEEDED");
            assertThat(ended.path("counts").path("read").asInt()).isEqualTo(RECORDS);
            assertThat(ended.path("counts").path("added").asInt()).isEqualTo(RECORDS);
            assertThat(ended.path("progress").path("bytesRead").asLong()).isEqualTo(Files.size(feed));
        }
        assertThat(backend.writes)
                .hasSizeGreaterThanOrEqualTo((RECORDS + BATCH - 1) / BATCH)
                .allMatch(rows -> rows <= BATCH)
                .contains(BATCH);
        assertThat(stored(connection)).isEqualTo(RECORDS);
        database.shutdownNow();
    }

    private static long stored(String connection) {
        try (var client = MongoClients.create(connection)) {
            return client.getDatabase("large").getCollection("permits").countDocuments();
        }
    }

    /** The bytes are in a column that is not mapped, so that the database of this test stays small. */
    private Path write() {
        Path feed = imports.resolve("large.json");
        String filling = "x".repeat(800);
        try (BufferedWriter out = Files.newBufferedWriter(feed)) {
            for (int i = 0; i < RECORDS; i++) {
                out.write(i == 0 ? "[" : ",\n");
                out.write(
                        "{\"PERMIT_NUM\":\"%02d %06d BLD\",\"REVISION_NUM\":\"00\",\"STATUS\":\"Inspection\",\"PERMIT_TYPE\":\"House\",\"STREET_NUM\":\"%d\",\"STREET_NAME\":\"KING\",\"RESIDENTIAL\":1,\"REMARKS\":\"%s\"}"
                                .formatted(i / 100_000, i % 100_000, i % 997, filling));
            }
            out.write("]");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return feed;
    }
}
