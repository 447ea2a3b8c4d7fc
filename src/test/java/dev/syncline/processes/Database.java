package dev.syncline.processes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

import dev.syncline.ingest.RowCollection;

/** What the processes leave behind, read past them. */
final class Database implements AutoCloseable {
    /** Fields of a permit that tell of the run, and so differ from load to load. */
    private static final Set<String> OF_THE_RUN = Set.of(
            RowCollection.ADDED_BY,
            RowCollection.CHANGED_BY,
            RowCollection.CHANGED_AT,
            RowCollection.FIRST_SEEN,
            RowCollection.LAST_SEEN,
            RowCollection.ABSENT_SINCE);

    private final MongoClient client;
    private final MongoDatabase database;

    Database(String connectionString, String name) {
        client = MongoClients.create(connectionString);
        database = client.getDatabase(name);
    }

    MongoCollection<Document> collection(String name) {
        return database.getCollection(name);
    }

    long permits() {
        return collection("permits").countDocuments();
    }

    /** The permits by key, without what tells of the run that wrote them; whether one is absent stays. */
    Map<String, Document> permitContents() {
        Map<String, Document> contents = new LinkedHashMap<>();
        for (Document permit : collection("permits").find().sort(Sorts.ascending("_id"))) {
            boolean absent = permit.containsKey(RowCollection.ABSENT_SINCE);
            OF_THE_RUN.forEach(permit::remove);
            contents.put(permit.getString("_id"), permit.append("is absent", absent));
        }
        return contents;
    }

    /** What a run is said to have changed, without its name and time. */
    List<Document> changesOf(String run) {
        List<Document> changes = new ArrayList<>();
        for (Document change : collection("changes").find().sort(Sorts.ascending("_id"))) {
            if (change.getString("_id").startsWith(run)) {
                changes.add(new Document("_id", change.getString("_id").substring(run.length()))
                        .append("kind", change.get("kind"))
                        .append("field", change.get("field"))
                        .append("old", change.get("old"))
                        .append("new", change.get("new")));
            }
        }
        return changes;
    }

    Document run(String id) {
        return collection("runs").find(Filters.eq("_id", id)).first();
    }

    /** Every byte of what the sync keeps, when what follows the ends of its runs is done. */
    Map<String, List<RawBsonDocument>> bytes() {
        Awaitility.await("what follows the ends of runs")
                .atMost(Duration.ofSeconds(60))
                .until(() -> collection("runs").countDocuments(Filters.exists("toFollow")) == 0);
        Map<String, List<RawBsonDocument>> bytes = new TreeMap<>();
        for (String name : List.of("permits", "runs", "changes", "rejections", "sweeps")) {
            bytes.put(name, bytes(name));
        }
        return bytes;
    }

    /** Every byte of a collection, as it is now. */
    List<RawBsonDocument> bytes(String name) {
        return database.getCollection(name, RawBsonDocument.class)
                .find()
                .sort(Sorts.ascending("_id"))
                .into(new ArrayList<>());
    }

    /** Writes into a run past the service, as another version of it might. */
    void set(String run, Map<String, Object> fields) {
        List<Bson> updates = new ArrayList<>();
        fields.forEach((path, value) -> updates.add(Updates.set(path, value)));
        collection("runs").updateOne(Filters.eq("_id", run), Updates.combine(updates));
    }

    /** As if nothing had ever been loaded. */
    void forgetPermits() {
        for (String name : List.of("permits", "runs", "changes", "rejections", "sweeps", "idempotency_keys")) {
            collection(name).deleteMany(new Document());
        }
    }

    void drop() {
        database.drop();
    }

    @Override
    public void close() {
        client.close();
    }
}
