package dev.syncline.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.source.SourceItem;
import dev.syncline.source.SourceRow;

/**
 * One attempt's way through a feed: check, write, sweep. The check reads the feed once for its keys alone, so that a feed
 * that is cut, foreign, shrunk or of another shape fails before anything is written (S1-29, S1-30) and so that duplicates
 * are known beforehand. State of one attempt; its stages run one after the other.
 */
final class Ingestion {
    private static final int CHECK_ROWS = 5_000;
    private static final long CHECK_BYTES = 8L << 20;

    private final IngestRequest request;
    private final BatchWriter writer;
    private final Sweeper sweeper;
    private final KeyIndex index;
    private final Set<String> columnsNotSeen;

    private Progress progress = Progress.NONE;
    private long liveBefore;
    private long wereLive;
    private long addedBefore;
    private long unidentified;
    private volatile boolean halted;
    private volatile @Nullable Throwable unreadable;

    Ingestion(IngestRequest request, KeyIndex index, BatchWriter writer, Sweeper sweeper) {
        this.request = request;
        this.index = index;
        this.writer = writer;
        this.sweeper = sweeper;
        this.columnsNotSeen = new HashSet<>(request.mapper().criticalColumns());
    }

    Multi<Progress> run() {
        return Multi.createBy().concatenating().streams(check(), judge(), write(), review(), sweep());
    }

    // --- check

    /** The rows stored are counted meanwhile: each keeps another machine busy. */
    private Multi<Progress> check() {
        return Multi.createBy().merging().streams(keys(), live());
    }

    private Multi<Progress> keys() {
        return Multi.createFrom()
                .deferred(() -> SourceBatch.<Consumer<SourceItem>>read(
                        request.source(), checked(), () -> this::index, CHECK_ROWS, CHECK_BYTES, this::stopped))
                .map(batch -> new Progress("checking", Tally.NONE, batch.bytesRead(), batch.bytesTotal()))
                .onFailure()
                .invoke(failure -> unreadable = failure);
    }

    private Multi<Progress> live() {
        return Uni.createFrom()
                .deferred(() -> request.target().countLive())
                .invoke(live -> liveBefore = live)
                .onItem()
                .transformToMulti(live -> Multi.createFrom().empty());
    }

    private Set<String> checked() {
        Set<String> columns = new HashSet<>(request.mapper().keyColumns());
        columns.addAll(request.mapper().criticalColumns());
        return columns;
    }

    private void index(SourceItem item) {
        if (item instanceof SourceRow row) {
            columnsNotSeen.removeAll(row.cells().keySet());
            index(row);
        } else {
            index.skip();
        }
    }

    private void index(SourceRow row) {
        try {
            index.add(request.mapper().key(row), request.mapper().rank(row));
        } catch (RowRejected keyless) {
            index.skip();
        }
    }

    /** What could not be read to its end is not judged by what it holds: that would be told as another fault than it is. */
    private Multi<Progress> judge() {
        return Multi.createFrom().deferred(() -> {
            if (unreadable != null) {
                return Multi.createFrom().failure(unreadable);
            }
            if (!stopped()) {
                requireColumns();
                requireRows();
            }
            return Multi.createFrom().empty();
        });
    }

    private void requireColumns() {
        if (!columnsNotSeen.isEmpty()) {
            throw new SyncException(
                    ErrorCode.FEED_COLUMN_MISSING,
                    "no record has the column "
                            + String.join(", ", columnsNotSeen.stream().sorted().toList()) + "; nothing was written");
        }
    }

    private void requireRows() {
        long floor = request.limits().floorRows().orElse(0L);
        @Nullable Baseline baseline = request.baseline();
        if (baseline != null) {
            floor = Math.max(
                    floor, (long) Math.ceil(baseline.rows() * request.limits().floorShare()));
        }
        if (index.distinctRows() < floor) {
            throw new SyncException(
                    ErrorCode.FEED_SHRUNK,
                    "%d records, at least %d are due; nothing was written".formatted(index.distinctRows(), floor));
        }
    }

    // --- write

    private Multi<Progress> write() {
        return Multi.createFrom()
                .deferred(() -> stopped()
                        ? Multi.createFrom().empty()
                        : writer.begin().onItem().transformToMulti(x -> batches()));
    }

    private Multi<Progress> batches() {
        return SourceBatch.read(
                        request.source(),
                        Set.of(),
                        writer::newBatch,
                        request.limits().batchSize(),
                        request.limits().batchBytes().asLongValue(),
                        this::stopped)
                .onItem()
                .transformToUni(batch -> writer.write(batch).onFailure().invoke(() -> halted = true))
                .collectFailures()
                .merge(request.limits().batchesAtOnce())
                .map(this::add);
    }

    private Progress add(BatchWriter.Result result) {
        wereLive += result.wereLive();
        addedBefore += result.addedBefore();
        unidentified += result.unidentified();
        Tally counts = progress.counts().plus(result.tally());
        long bytesRead = Math.max(progress.bytesRead(), result.bytesRead());
        progress = new Progress("writing", counts, bytesRead, result.bytesTotal());
        halted |= tooManyRejected(counts);
        return progress;
    }

    private Multi<Progress> review() {
        return Multi.createFrom().deferred(() -> {
            Tally counts = progress.counts();
            if (!stopped() && counts.read() != index.rows()) {
                throw new SyncException(
                        ErrorCode.SOURCE_CHANGED,
                        "it held %d records and then %d".formatted(index.rows(), counts.read()));
            }
            if (counts.read() > 0 && (tooManyRejected(counts) || counts.taken() == 0)) {
                throw new SyncException(
                        ErrorCode.TOO_MANY_REJECTED,
                        "%d of %d records were rejected".formatted(counts.rejected(), counts.read()));
            }
            return Multi.createFrom().empty();
        });
    }

    /** Judged from a thousand records on, or at the end. */
    private boolean tooManyRejected(Tally counts) {
        boolean enough = counts.read() >= Math.min(1_000, index.rows());
        return enough
                && counts.rejected() > request.limits().rejectedAllowed()
                && counts.rejected() >= counts.read() * request.limits().rejectedShare();
    }

    // --- sweep

    private Multi<Progress> sweep() {
        return Multi.createFrom().deferred(() -> {
            if (stopped()) {
                return Multi.createFrom().empty();
            }
            Sweeper.Reading reading = new Sweeper.Reading(index, liveBefore, wereLive, addedBefore, unidentified);
            return sweeper.sweep(reading).map(this::swept).toMulti();
        });
    }

    private Progress swept(Sweeper.Outcome outcome) {
        List<Warning> warnings = new ArrayList<>(outcome.warnings());
        long cut = progress.counts().rejected() - request.limits().rejectionsKept();
        if (cut > 0) {
            warnings.add(
                    new Warning("REJECTIONS_CUT", cut + " more rejected records were counted but not kept", List.of()));
        }
        if (writer.refused() > 0) {
            warnings.add(Warning.of(
                    ErrorCode.ROW_WRITE_FAILED,
                    "the database refused rows (%d); the next run tries them again".formatted(writer.refused()),
                    List.of()));
        }
        Tally counts = progress.counts().plus(Tally.ofAbsent(outcome.absent()));
        String stage = outcome.complete() ? Progress.FINISHED : "sweeping";
        progress = new Progress(stage, counts, progress.bytesRead(), progress.bytesTotal(), warnings);
        return progress;
    }

    private boolean stopped() {
        return halted || request.stopRequested().getAsBoolean();
    }
}
