package dev.syncline.permits;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.syncline.permits.PermitDetail.Builder;
import dev.syncline.permits.PermitPage.Pagination;
import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

/** Reads permits for the API; writes none. */
@Singleton
class PermitReader {
    static final String PERMITS = "permits";

    private static final String ID = "_id";

    private final ReactiveMongoCollection<Document> permits;
    private final PermitHistory history;
    private final LastComplete lastComplete;

    PermitReader(MongoDatabase database, PermitHistory history, LastComplete lastComplete) {
        this.permits = database.collection(PERMITS);
        this.history = history;
        this.lastComplete = lastComplete;
    }

    /** One page; permits without the field that the order is by come last, whichever way round it is. */
    Uni<PermitPage> page(PermitQuery query) {
        return Uni.combine()
                .all()
                .unis(rows(query), permits.countDocuments(PermitFilter.of(query)), lastComplete.startedAt())
                .with((rows, total, seen) -> new PermitPage(views(rows, seen), Pagination.of(query, total)))
                .onFailure(DatabaseFailures::isConnectivity)
                .transform(DatabaseFailures::unavailable);
    }

    /** The permit with all that belongs to it; fails with {@link ErrorCode#NOT_FOUND}. */
    Uni<PermitDetail> detail(PermitKey key) {
        return permits.find(Filters.eq(ID, key.text()))
                .collect()
                .first()
                .onItem()
                .ifNull()
                .failWith(() -> new SyncException(ErrorCode.NOT_FOUND, "There is no permit " + key.text() + "."))
                .chain(permit -> describe(key, permit))
                .onFailure(DatabaseFailures::isConnectivity)
                .transform(DatabaseFailures::unavailable);
    }

    private Uni<PermitDetail> describe(PermitKey key, Document permit) {
        return Uni.combine()
                .all()
                .unis(history.of(key), builder(permit), lastComplete.startedAt())
                .with((changes, builder, seen) ->
                        new PermitDetail(PermitView.of(permit, seen), List.of(), changes, builder.orElse(null)));
    }

    private Uni<Optional<Builder>> builder(Document permit) {
        String name = permit.getString("builder_name");
        if (name == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        return permits.countDocuments(Filters.eq("builder_name", name))
                .map(count -> Optional.of(new Builder(name, count)));
    }

    /** The database puts what is missing first, so that only the descending order is the one that we want. */
    private Uni<List<Document>> rows(PermitQuery query) {
        if (query.descending()) {
            return find(PermitFilter.of(query), Sorts.descending(order(query)), query.offset(), query.limit());
        }
        return find(withField(query), Sorts.ascending(order(query)), query.offset(), query.limit())
                .chain(rows -> filledUp(query, rows));
    }

    /** The id begins with the permit number, so it is that order's tie-break and its index in one. */
    private static List<String> order(PermitQuery query) {
        return query.sortBy().equals("permit_num") ? List.of(ID) : List.of(query.sortBy(), ID);
    }

    private Uni<List<Document>> filledUp(PermitQuery query, List<Document> rows) {
        int room = query.limit() - rows.size();
        if (room == 0) {
            return Uni.createFrom().item(rows);
        }
        return permits.countDocuments(withField(query))
                .map(before -> (int) Math.max(0, query.offset() - before))
                .chain(offset -> find(withoutField(query), Sorts.ascending(ID), offset, room))
                .map(rest -> Stream.concat(rows.stream(), rest.stream()).toList());
    }

    private Uni<List<Document>> find(Bson filter, Bson order, int offset, int limit) {
        FindOptions page =
                new FindOptions().filter(filter).sort(order).skip(offset).limit(limit);
        return permits.find(page).collect().asList();
    }

    private static Bson withField(PermitQuery query) {
        return Filters.and(PermitFilter.of(query), Filters.ne(query.sortBy(), null));
    }

    private static Bson withoutField(PermitQuery query) {
        return Filters.and(PermitFilter.of(query), Filters.eq(query.sortBy(), null));
    }

    private static List<PermitView> views(List<Document> rows, Optional<Instant> seen) {
        return rows.stream().map(row -> PermitView.of(row, seen)).toList();
    }
}
