package dev.syncline.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import org.jspecify.annotations.Nullable;

import dev.syncline.source.RowCursor;
import dev.syncline.source.RowSource;
import dev.syncline.source.SourceItem;

/** Some rows of a source in their order, and how much of the source had been read after the last of them. */
record SourceBatch(List<SourceItem> items, long bytesRead, long bytesTotal) {

    /**
     * One pass over a source, read on a worker as the consumer asks for it. Ends early, without failure, when a stop is
     * requested.
     */
    static Multi<SourceBatch> read(
            RowSource source, Set<String> columns, int mostRows, long mostBytes, BooleanSupplier stop) {
        return Multi.createFrom()
                .resource(() -> source.open(columns), cursor -> batches(cursor, mostRows, mostBytes, stop))
                .withFinalizer(SourceBatch::close)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static Multi<SourceBatch> batches(RowCursor cursor, int mostRows, long mostBytes, BooleanSupplier stop) {
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom()
                        .item(() -> next(cursor, mostRows, mostBytes, stop))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .until(batch -> batch.items().isEmpty());
    }

    private static SourceBatch next(RowCursor cursor, int mostRows, long mostBytes, BooleanSupplier stop) {
        List<SourceItem> items = new ArrayList<>(mostRows);
        long begin = cursor.bytesRead();
        long size = 0;
        while (items.size() < mostRows && size < mostBytes && !stop.getAsBoolean()) {
            @Nullable SourceItem item = cursor.next();
            if (item == null) {
                break;
            }
            items.add(item);
            size += item.raw().length;
        }
        return new SourceBatch(items, Math.max(begin, cursor.bytesRead()), cursor.bytesTotal());
    }

    private static void close(RowCursor cursor) {
        try {
            cursor.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
