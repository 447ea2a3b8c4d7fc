package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;

/** What we last wrote into each record's row; sole writer of {@code writeback_rows}. */
@ApplicationScoped
class WrittenRows {
    static final String COLLECTION = "writeback_rows";

    private static final int AT_ONCE = 500;
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final ReactiveMongoCollection<WrittenRow> rows;

    WrittenRows(MongoDatabase database) {
        this.rows = database.collection(COLLECTION, WrittenRow.class);
    }

    /** By id; a record that was never written is missing. */
    Uni<Map<String, WrittenRow>> read(Collection<String> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .group()
                .intoLists()
                .of(AT_ONCE)
                .onItem()
                .transformToUniAndConcatenate(this::readSome)
                .onItem()
                .<WrittenRow>disjoint()
                .collect()
                .asMap(WrittenRow::id);
    }

    private Uni<List<WrittenRow>> readSome(List<String> ids) {
        return DatabaseFailures.repeat(
                rows.find(Filters.in("_id", ids)).collect().asList());
    }

    Uni<Void> save(Collection<WrittenRow> saved) {
        if (saved.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<WriteModel<WrittenRow>> writes = new ArrayList<>();
        saved.forEach(row -> writes.add(new ReplaceOneModel<>(Filters.eq("_id", row.id()), row, UPSERT)));
        return DatabaseFailures.repeat(rows.bulkWrite(writes, UNORDERED)).replaceWithVoid();
    }

    /** Forgets rows that are not in their sheets any more. */
    Uni<Void> forget(Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : DatabaseFailures.repeat(rows.deleteMany(Filters.in("_id", ids)))
                        .replaceWithVoid();
    }
}
