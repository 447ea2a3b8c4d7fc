package dev.syncline.processes;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.bson.Document;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What feeds leave behind when nothing goes wrong, to compare with what they leave when something does. Loaded once in this
 * JVM, by one process on a database of its own.
 */
record UndisturbedLoad(After first, After second) {
    private static final Map<GeneratedFeed, UndisturbedLoad> LOADS = new ConcurrentHashMap<>();

    /** The state after one load: the run as it ended, the permits, and what the run is said to have changed. */
    record After(JsonNode run, Map<String, Document> permits, List<Document> changes) {
        static After of(Database database, JsonNode run) {
            return new After(
                    run,
                    database.permitContents(),
                    database.changesOf(run.path("id").asText()));
        }

        /** Compares what another load of the same feed has left in its database. */
        void assertSameAs(Database database, JsonNode other) {
            assertThat(other.path("state")).as("state of %s", other).isEqualTo(run.path("state"));
            assertThat(other.path("counts")).as("counts").isEqualTo(run.path("counts"));
            assertThat(database.permitContents()).as("permits").isEqualTo(permits);
            assertThat(database.changesOf(other.path("id").asText()))
                    .as("changes")
                    .isEqualTo(changes);
        }
    }

    /** Of a feed, and then of its next edition. */
    static UndisturbedLoad of(GeneratedFeed feed) {
        return LOADS.computeIfAbsent(feed, UndisturbedLoad::load);
    }

    private static UndisturbedLoad load(GeneratedFeed feed) {
        try (Replicas replicas = new Replicas(Map.of())) {
            Replica replica = replicas.start();
            return new UndisturbedLoad(load(replicas, replica, feed), load(replicas, replica, feed.nextEdition()));
        }
    }

    private static After load(Replicas replicas, Replica replica, GeneratedFeed feed) {
        Replicas.provide(feed);
        String run = replica.start(feed);
        return After.of(replicas.database(), replica.awaitEnd(run));
    }
}
