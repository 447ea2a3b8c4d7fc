package dev.syncline.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.syncline.platform.ErrorCode;
import dev.syncline.source.BrokenRow;
import dev.syncline.source.SourceItem;
import dev.syncline.source.SourceRow;

/**
 * The rows of a batch, mapped one by one as they are read; of what they came as only the bytes stay. Filled by one thread,
 * then only read.
 */
final class MappedBatch implements Consumer<SourceItem> {
    private final IngestRequest request;
    private final KeyIndex index;
    private final Instant now;

    private final List<MappedRow> rows = new ArrayList<>();
    private final List<SourceRow> origins = new ArrayList<>();
    private final List<Rejection> rejected = new ArrayList<>();
    private long read;
    private long duplicates;
    private long unidentified;

    MappedBatch(IngestRequest request, KeyIndex index, Instant now) {
        this.request = request;
        this.index = index;
        this.now = now;
    }

    @Override
    public void accept(SourceItem item) {
        read++;
        if (item instanceof SourceRow row) {
            map(row);
        } else {
            setAside((BrokenRow) item);
        }
    }

    private void map(SourceRow row) {
        try {
            if (!index.wins(request.mapper().key(row), row.ordinal())) {
                duplicates++;
                return;
            }
            MappedRow mapped = request.mapper().map(row);
            rows.add(mapped);
            origins.add(row.withoutCells());
        } catch (RowRejected why) {
            rejected.add(Rejection.of(request.mark(), row, why, now));
            unidentified += isUnidentified(why) ? 1 : 0;
        }
    }

    /**
     * An empty or overlong key is the key of no stored row; one that is a list or an object, or a formula that fails, may have
     * been any.
     */
    private boolean isUnidentified(RowRejected why) {
        return (why.code() == ErrorCode.CELL_NOT_SCALAR || why.code() == ErrorCode.CELL_ERROR)
                && request.mapper().keyColumns().contains(String.valueOf(why.column()));
    }

    private void setAside(BrokenRow broken) {
        rejected.add(Rejection.of(request.mark(), broken, now));
        unidentified += broken.code() == ErrorCode.ROW_NOT_OBJECT ? 0 : 1;
    }

    List<MappedRow> rows() {
        return rows;
    }

    List<Rejection> rejected() {
        return rejected;
    }

    /** What the row of this key came as, without its cells; few rows are asked for. */
    SourceRow origin(String key) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).key().equals(key)) {
                return origins.get(i);
            }
        }
        throw new IllegalStateException("no row of this batch");
    }

    /** Rows of which not even the key could be read. */
    long unidentified() {
        return unidentified;
    }

    Tally tally() {
        return new Tally(read, 0, 0, 0, rejected.size(), duplicates, 0);
    }
}
