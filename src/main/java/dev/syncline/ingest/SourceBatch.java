package dev.syncline.ingest;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import org.jspecify.annotations.Nullable;

import dev.syncline.source.RowCursor;
import dev.syncline.source.RowSource;
import dev.syncline.source.SourceItem;

/**
 * Some rows of a source in their order, and how much of the source had been read after the last of them. Each row is handed
 * over as soon as it is read: kept until the batch is whole, its cells would be most of what is alive in the heap.
 *
 * @param taken what the rows were handed to
 * @param rows how many
 */
record SourceBatch<T extends Consumer<SourceItem>>(T taken, int rows, long bytesRead, long bytesTotal) {

    /**
     * One pass over a source, read on a worker as the consumer asks for it; each batch begins with a new {@code T}. Ends
     * early, without failure, when a stop is requested.
     */
    static <T extends Consumer<SourceItem>> Multi<SourceBatch<T>> read(
            RowSource source,
            Set<String> columns,
            Supplier<T> begin,
            int mostRows,
            long mostBytes,
            BooleanSupplier stop) {
        return Multi.createFrom()
                .resource(() -> source.open(columns), cursor -> batches(cursor, begin, mostRows, mostBytes, stop))
                .withFinalizer(RowCursor::close)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static <T extends Consumer<SourceItem>> Multi<SourceBatch<T>> batches(
            RowCursor cursor, Supplier<T> begin, int mostRows, long mostBytes, BooleanSupplier stop) {
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom()
                        .item(() -> next(cursor, begin.get(), mostRows, mostBytes, stop))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .until(batch -> batch.rows() == 0);
    }

    private static <T extends Consumer<SourceItem>> SourceBatch<T> next(
            RowCursor cursor, T taken, int mostRows, long mostBytes, BooleanSupplier stop) {
        int rows = 0;
        long begin = cursor.bytesRead();
        long size = 0;
        while (rows < mostRows && size < mostBytes && !stop.getAsBoolean()) {
            @Nullable SourceItem item = cursor.next();
            if (item == null) {
                break;
            }
            taken.accept(item);
            rows++;
            size += item.raw().length;
        }
        return new SourceBatch<>(taken, rows, Math.max(begin, cursor.bytesRead()), cursor.bytesTotal());
    }
}
