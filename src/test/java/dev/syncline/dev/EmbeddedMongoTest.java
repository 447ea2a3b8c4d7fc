package dev.syncline.dev;

import java.time.Duration;

import jakarta.inject.Inject;

import com.mongodb.client.MongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.junit.QuarkusTest;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class EmbeddedMongoTest {
    @Inject
    MongoClient blocking;

    @Inject
    ReactiveMongoClient reactive;

    @ConfigProperty(name = "quarkus.mongodb.database")
    String database;

    @Test
    void servesTheBlockingAndTheReactiveClient() {
        // Given
        blocking.getDatabase(database).getCollection("notes").insertOne(new Document("_id", "one"));
        // When
        var notes = reactive.getDatabase(database).getCollection("notes");
        var found = notes.find().collect().asList().await().atMost(Duration.ofSeconds(10));
        // Then
        assertThat(found).containsExactly(new Document("_id", "one"));
    }
}
