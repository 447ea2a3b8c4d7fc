package dev.syncline.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.source.BrokenRow;
import dev.syncline.source.RowCursor;
import dev.syncline.source.RowSource;
import dev.syncline.source.SourceItem;

/** A feed of permits, row by row as a test writes it. A run reads it twice: first for its keys, then for its rows. */
public final class Feed implements RowSource {
    private final List<LongFunction<SourceItem>> rows;
    private final LongConsumer beforeRow;
    private final AtomicInteger passes = new AtomicInteger();

    private Feed(List<LongFunction<SourceItem>> rows, LongConsumer beforeRow) {
        this.rows = rows;
        this.beforeRow = beforeRow;
    }

    public static Feed aFeed() {
        return new Feed(List.of(), row -> {});
    }

    public Feed with(PermitRow... permits) {
        Feed feed = this;
        for (PermitRow permit : permits) {
            feed = feed.plus(permit::at);
        }
        return feed;
    }

    /** Permits {@code 21 000000 BLD} and so on, all alike but for their numbers. */
    public Feed withPermits(int from, int to) {
        List<LongFunction<SourceItem>> more = new ArrayList<>(rows);
        IntStream.range(from, to).mapToObj(Feed::numbered).forEach(permit -> more.add(permit::at));
        return new Feed(more, beforeRow);
    }

    public static PermitRow numbered(int number) {
        return PermitRow.permit("21 %06d BLD".formatted(number));
    }

    /** A position whose bytes are no record. */
    public Feed withBroken(ErrorCode code) {
        return plus(at -> new BrokenRow(at, "/" + at, code, code.title(), "{oops".getBytes(StandardCharsets.UTF_8)));
    }

    /** Does something before each row of the second pass, in which rows are written. */
    public Feed whenWriting(LongConsumer beforeRow) {
        return new Feed(rows, beforeRow);
    }

    /** The second pass breaks off before a row, in each of the given number of attempts. */
    public Feed failingAt(long row, int attempts, RuntimeException failure) {
        AtomicInteger left = new AtomicInteger(attempts);
        return whenWriting(at -> {
            if (at == row && left.getAndDecrement() > 0) {
                throw failure;
            }
        });
    }

    private Feed plus(LongFunction<SourceItem> row) {
        List<LongFunction<SourceItem>> more = new ArrayList<>(rows);
        more.add(row);
        return new Feed(more, beforeRow);
    }

    public int size() {
        return rows.size();
    }

    @Override
    public RowCursor open(Set<String> columns) {
        passes.incrementAndGet();
        return new Pass(columns.isEmpty() ? beforeRow : row -> {});
    }

    /** How often the feed was opened. */
    public int passes() {
        return passes.get();
    }

    private final class Pass implements RowCursor {
        private final LongConsumer before;
        private int at;

        Pass(LongConsumer before) {
            this.before = before;
        }

        @Override
        public @Nullable SourceItem next() {
            before.accept(at);
            return at < rows.size() ? rows.get(at).apply(at++) : null;
        }

        @Override
        public long bytesRead() {
            return at * 100L;
        }

        @Override
        public long bytesTotal() {
            return rows.size() * 100L;
        }

        @Override
        public void close() {}
    }
}
