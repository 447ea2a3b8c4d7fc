package dev.syncline.writeback;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RequiredIndex;
import dev.syncline.platform.RequiredIndexes;

/** What we last wrote into each record's row; sole writer of {@code writeback_rows}. */
@ApplicationScoped
class WrittenRows implements RequiredIndexes {
    static final String COLLECTION = "writeback_rows";

    private final ReactiveMongoCollection<WrittenRow> rows;

    WrittenRows(MongoDatabase database) {
        this.rows = database.collection(COLLECTION, WrittenRow.class);
    }

    @Override
    public List<RequiredIndex> indexes() {
        return List.of(RequiredIndex.on(COLLECTION, "by_key", new Document("key", 1)));
    }

    /** Of all models: a key is one of theirs, and not always of one. */
    Uni<List<WrittenRow>> withKeys(Collection<String> keys) {
        return MongoDatabase.findAmong(rows, "key", keys, new FindOptions());
    }

    /** By id; a record that was never written is missing. */
    Uni<Map<String, WrittenRow>> read(Collection<String> ids) {
        return MongoDatabase.findAmong(rows, "_id", ids, new FindOptions())
                .map(found -> found.stream().collect(Collectors.toMap(WrittenRow::id, Function.identity())));
    }

    Uni<Void> save(Collection<WrittenRow> saved) {
        return MongoDatabase.replaceAll(rows, saved, WrittenRow::id);
    }

    /** Forgets rows that are not in their sheets any more. */
    Uni<Void> forget(Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : DatabaseFailures.repeat(rows.deleteMany(Filters.in("_id", ids)))
                        .replaceWithVoid();
    }
}
