package dev.syncline.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import com.mongodb.reactivestreams.client.MongoClients;
import io.quarkus.mongodb.impl.ReactiveMongoClientImpl;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;

import dev.syncline.TestMongo;

/** A database that a test has to itself, without the application around it. */
public final class OwnDatabase implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReactiveMongoClient client =
            new ReactiveMongoClientImpl(MongoClients.create(TestMongo.connectionString()));
    private final String name = "syncline-test-" + UUID.randomUUID();
    private final MongoDatabase database = new MongoDatabase(client, name);
    private final Ids ids = new Ids(Clock.tickMillis(ZoneOffset.UTC));

    public MongoDatabase database() {
        return database;
    }

    /** The same one, with something before its calls. */
    public MongoDatabase watched(WatchedDatabase.Watch watch) {
        return new WatchedDatabase(client, name, watch);
    }

    public Ids ids() {
        return ids;
    }

    /** With these indexes made. */
    public IndexKeeper indexes(RequiredIndexes... required) {
        IndexKeeper keeper = new IndexKeeper(database, List.of(required));
        keeper.ensure().await().atMost(PATIENCE);
        return keeper;
    }

    @Override
    public void close() {
        client.getDatabase(name).drop().await().atMost(PATIENCE);
        client.close();
    }
}
