package dev.syncline.platform;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWrapper;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The one database of the service. */
@ApplicationScoped
public class MongoDatabase {
    /** A server may look at each document for each value. */
    private static final int MOST_VALUES = 500;

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

    /** Stores documents, each in the place of the one that has its id. May be repeated. */
    public static <T> Uni<Void> replaceAll(
            ReactiveMongoCollection<T> collection, Collection<T> documents, Function<T, Object> id) {
        List<ReplaceOneModel<T>> writes = documents.stream()
                .map(document -> new ReplaceOneModel<>(
                        Filters.eq("_id", id.apply(document)), document, new ReplaceOptions().upsert(true)))
                .toList();
        return writes.isEmpty()
                ? Uni.createFrom().voidItem()
                : DatabaseFailures.repeat(collection.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
                        .replaceWithVoid();
    }

    /** Documents of which a field has one of the values, however many those are. */
    public static <T> Uni<List<T>> findAmong(
            ReactiveMongoCollection<T> collection, String field, Collection<?> values, FindOptions options) {
        return Multi.createFrom()
                .iterable(new LinkedHashSet<>(values))
                .group()
                .intoLists()
                .of(MOST_VALUES)
                .onItem()
                .transformToUniAndConcatenate(some -> DatabaseFailures.repeat(collection
                        .find(Filters.in(field, some), options)
                        .collect()
                        .asList()))
                .collect()
                .in(ArrayList<T>::new, List::addAll)
                .map(List::copyOf);
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
