package dev.syncline.permits;

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

/** What changed in a permit, from the changes that the ingest writes. */
@Singleton
class PermitHistory {
    static final String CHANGES = "changes";

    private static final String SYNC = "permits";
    private static final int LENGTH = 50;

    private final ReactiveMongoCollection<Document> changes;

    PermitHistory(MongoDatabase database) {
        this.changes = database.collection(CHANGES);
    }

    /** The last 50 changes, newest first. */
    Uni<List<PermitChange>> of(PermitKey key) {
        FindOptions newestFirst = new FindOptions()
                .filter(applied(key))
                .sort(Sorts.descending("at", "_id"))
                .limit(LENGTH);
        return changes.find(newestFirst)
                .map(stored -> PermitChange.of(key, stored))
                .collect()
                .asList();
    }

    /** A held change has not happened: it waits for a person's word. */
    private static Bson applied(PermitKey key) {
        return Filters.and(
                Filters.eq("sync", SYNC), Filters.eq("key", key.text()), Filters.ne("kind", Kind.held.name()));
    }
}
