package dev.syncline.writeback;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.WriteModel;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** Many writes in one call, each of which may be repeated, and of which a unique index may refuse some. */
final class UnorderedWrites {
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private UnorderedWrites() {}

    /** Gives the places of those that a unique index has refused; the others are made. */
    static <T> Uni<Set<Integer>> write(ReactiveMongoCollection<T> collection, List<? extends WriteModel<T>> writes) {
        if (writes.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return DatabaseFailures.repeat(collection.bulkWrite(writes, UNORDERED))
                .map(written -> Set.<Integer>of())
                .onFailure(MongoBulkWriteException.class)
                .recoverWithItem(failure -> duplicates(collection, (MongoBulkWriteException) failure));
    }

    private static Set<Integer> duplicates(ReactiveMongoCollection<?> collection, MongoBulkWriteException failure) {
        List<BulkWriteError> refused = failure.getWriteErrors();
        boolean others = refused.stream().anyMatch(error -> error.getCategory() != ErrorCategory.DUPLICATE_KEY);
        if (refused.isEmpty() || others) {
            throw new SyncException(
                    ErrorCode.DATABASE_WRITE_FAILED,
                    "MongoDB refused a write to " + collection.getNamespace().getCollectionName(),
                    failure);
        }
        return refused.stream().map(BulkWriteError::getIndex).collect(Collectors.toSet());
    }
}
