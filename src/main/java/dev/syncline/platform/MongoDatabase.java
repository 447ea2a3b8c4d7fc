package dev.syncline.platform;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWrapper;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The one database of the service. */
@ApplicationScoped
public class MongoDatabase {
    private final ReactiveMongoClient client;
    private final String name;

    MongoDatabase(ReactiveMongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String name) {
        this.client = client;
        this.name = name;
    }

    public <T> ReactiveMongoCollection<T> collection(String collection, Class<T> type) {
        return client.getDatabase(name).getCollection(collection, type);
    }

    public ReactiveMongoCollection<Document> collection(String collection) {
        return collection(collection, Document.class);
    }

    /** Stores a document unless one of that id is there, which then stays as it is. May be repeated, and by several processes. */
    public static <T> Uni<Void> insertIfAbsent(ReactiveMongoCollection<T> collection, String id, T document) {
        BsonDocument fields = BsonDocumentWrapper.asBsonDocument(document, collection.getCodecRegistry())
                .clone();
        fields.remove("_id");
        return DatabaseFailures.repeat(collection.updateOne(
                        Filters.eq("_id", id),
                        new BsonDocument("$setOnInsert", fields),
                        new UpdateOptions().upsert(true)))
                .onFailure(DatabaseFailures::isDuplicate)
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** A round trip to the server. */
    Uni<Document> ping() {
        return client.getDatabase(name).runCommand(new Document("ping", 1));
    }

    /** What time it is by the server's clock, the one that all processes share. All servers know this name of the command. */
    public Uni<Instant> time() {
        return client.getDatabase(name)
                .runCommand(new Document("isMaster", 1))
                .map(answer -> answer.getDate("localTime").toInstant());
    }

    public String name() {
        return name;
    }
}
