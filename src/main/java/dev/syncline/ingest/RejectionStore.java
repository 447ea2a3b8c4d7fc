package dev.syncline.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;

import static com.mongodb.ErrorCategory.DUPLICATE_KEY;

/** Records that runs set aside; sole writer of {@code rejections}. */
@ApplicationScoped
public class RejectionStore {
    private final ReactiveMongoCollection<Rejection> rejections;

    RejectionStore(MongoDatabase database) {
        rejections = database.collection("rejections", Rejection.class);
    }

    /** One that is kept already stays as it is: only a write that came twice, or far too late, can meet it. */
    public Uni<Void> add(List<Rejection> added) {
        if (added.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<InsertOneModel<Rejection>> writes =
                added.stream().map(InsertOneModel::new).toList();
        return DatabaseFailures.repeat(rejections.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
                .onFailure(RejectionStore::isDuplicatesAlone)
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static boolean isDuplicatesAlone(Throwable failure) {
        return failure instanceof MongoBulkWriteException several
                && several.getWriteConcernError() == null
                && several.getWriteErrors().stream().allMatch(error -> error.getCategory() == DUPLICATE_KEY);
    }

    /** Forgets what an earlier attempt of the same run set aside: the next one reads everything again. */
    Uni<Void> clear(String run) {
        return DatabaseFailures.repeat(rejections.deleteMany(Filters.eq("run", run)))
                .replaceWithVoid();
    }

    /** A page of a run's rejections in the order of the source; {@code code} narrows it. */
    public Uni<List<Rejection>> page(String run, @Nullable String code, String after, int limit) {
        List<Bson> filter = new ArrayList<>(List.of(Filters.eq("run", run), Filters.gt("_id", after)));
        if (code != null) {
            filter.add(Filters.eq("code", code));
        }
        return rejections
                .find(
                        Filters.and(filter),
                        new FindOptions().sort(Sorts.ascending("_id")).limit(limit))
                .collect()
                .asList();
    }

    /** How many of a run's kept rejections there are of each code. */
    public Uni<Map<String, Long>> countByCode(String run) {
        List<Bson> pipeline = List.of(
                new Document("$match", new Document("run", run)),
                new Document("$group", new Document("_id", "$code").append("count", new Document("$sum", 1L))));
        return rejections
                .aggregate(pipeline, Document.class)
                .collect()
                .in(
                        TreeMap::new,
                        (counts, group) -> counts.put(
                                group.getString("_id"),
                                group.get("count", Number.class).longValue()));
    }

    /** Removes what runs of a sync left here whose ids are lower than the given one. */
    public Uni<Void> removeBefore(String sync, String run) {
        return DatabaseFailures.repeat(
                        rejections.deleteMany(Filters.and(Filters.lt("_id", run), Filters.eq("sync", sync))))
                .replaceWithVoid();
    }
}
