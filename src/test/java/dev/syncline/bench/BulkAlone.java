package dev.syncline.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import org.bson.RawBsonDocument;

/**
 * The least that a first load can cost: the driver's unordered bulk inserts, of documents that lie at hand as BSON, in
 * batches of the product's size with as many in flight as it has.
 */
final class BulkAlone {
    private static final int BATCH = 1_000;
    private static final int IN_FLIGHT = 2;

    private BulkAlone() {}

    /** Arguments: connection string, database, collection, file of {@link Dump}. */
    public static void main(String[] args) throws Exception {
        try (MongoClient client = MongoClients.create(args[0]);
                DataInputStream in =
                        new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(args[3])), 1 << 20))) {
            MongoCollection<RawBsonDocument> collection =
                    client.getDatabase(args[1]).getCollection(args[2], RawBsonDocument.class);
            Measured.Stopwatch watch = Measured.start(Meter.ofThisProcess());
            insert(in, collection);
            watch.stop().print();
        }
    }

    private static void insert(DataInputStream in, MongoCollection<RawBsonDocument> collection) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(IN_FLIGHT);
        Semaphore room = new Semaphore(IN_FLIGHT);
        List<RawBsonDocument> batch = Dump.next(in, BATCH);
        while (!batch.isEmpty()) {
            List<RawBsonDocument> sent = batch;
            room.acquire();
            senders.execute(() -> {
                insert(collection, sent);
                room.release();
            });
            batch = Dump.next(in, BATCH);
        }
        senders.shutdown();
        if (!senders.awaitTermination(1, TimeUnit.HOURS)) {
            throw new IllegalStateException("the bulk writes do not end");
        }
    }

    private static void insert(MongoCollection<RawBsonDocument> collection, List<RawBsonDocument> documents) {
        collection.bulkWrite(
                documents.stream().map(InsertOneModel::new).toList(), new BulkWriteOptions().ordered(false));
    }
}
