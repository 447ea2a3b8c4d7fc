package dev.syncline.permits;

import java.util.List;

import jakarta.inject.Singleton;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;

/** The quality of the permits day by day; sole writer of {@code quality_snapshots}. */
@Singleton
class QualityStore {
    private static final String ID = "_id";

    private final ReactiveMongoCollection<QualitySnapshot> snapshots;

    QualityStore(MongoDatabase database) {
        this.snapshots = database.collection("quality_snapshots", QualitySnapshot.class);
    }

    /** The last word on its day. */
    Uni<Void> put(QualitySnapshot snapshot) {
        return DatabaseFailures.repeat(snapshots.replaceOne(
                        Filters.eq(ID, snapshot.snapshotDate()), snapshot, new ReplaceOptions().upsert(true)))
                .onFailure(DatabaseFailures::isDuplicate)
                .retry()
                .atMost(1)
                .replaceWithVoid();
    }

    /** The newest, newest first; of a day without one there is none. */
    Uni<List<QualitySnapshot>> newest(int limit) {
        return DatabaseFailures.repeat(snapshots
                .find(new FindOptions().sort(Sorts.descending(ID)).limit(limit))
                .collect()
                .asList());
    }
}
