package dev.syncline.roster;

import java.util.List;

import jakarta.inject.Singleton;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.syncline.ingest.Change.Kind;
import dev.syncline.platform.MongoDatabase;

/** What changed in a device, from the changes that its runs have written. */
@Singleton
class DeviceHistory {
    static final int LENGTH = 50;

    private final ReactiveMongoCollection<Document> changes;

    DeviceHistory(MongoDatabase database) {
        this.changes = database.collection("changes");
    }

    /** The last 50 changes, newest first. */
    Uni<List<DeviceChange>> of(String serial, Veil veil) {
        FindOptions newestFirst = new FindOptions()
                .filter(applied(serial))
                .sort(Sorts.descending("at", "_id"))
                .limit(LENGTH);
        return changes.find(newestFirst)
                .map(stored -> DeviceChange.of(stored, veil))
                .collect()
                .asList();
    }

    /** A held change has not happened: it waits for a person's word. */
    private static Bson applied(String serial) {
        return Filters.and(
                Filters.eq("sync", RosterSync.SYNC), Filters.eq("key", serial), Filters.ne("kind", Kind.held.name()));
    }
}
