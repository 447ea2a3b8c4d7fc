package dev.syncline.ingest;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.source.SourceRow;

/**
 * Brings one batch of a feed to the target: look up, compare, tell the history, write, and read again what was not as
 * it had been read. Holds nothing between batches but the number of rejections kept.
 */
final class BatchWriter {
    /** A row that still is not as read after so many rounds is rejected rather than fought over. */
    private static final int ROUNDS = 5;

    private final IngestRequest request;
    private final KeyIndex index;
    private final RejectionStore rejections;
    private final ChangeStore changes;
    private final UndoJournal journal;
    private final Clock clock;
    private final AtomicLong rejectionsKept = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    BatchWriter(
            IngestRequest request,
            KeyIndex index,
            RejectionStore rejections,
            ChangeStore changes,
            UndoJournal journal,
            Clock clock) {
        this.request = request;
        this.index = index;
        this.rejections = rejections;
        this.changes = changes;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * What became of one batch.
     *
     * @param wereLive rows of it that were stored and not absent before
     * @param addedBefore rows of it that an earlier attempt of this run had added
     * @param unidentified rows of which not even the key could be read
     */
    record Result(Tally tally, long wereLive, long addedBefore, long unidentified, long bytesRead, long bytesTotal) {}

    /** What a round of compare and write has settled so far. */
    private record Settled(Tally tally, long wereLive, long addedBefore, Map<String, String> refused) {}

    /** What the rows of the next batch are to be handed to. */
    MappedBatch newBatch() {
        return new MappedBatch(request, index, clock.instant());
    }

    Uni<Result> write(SourceBatch<MappedBatch> batch) {
        MappedBatch mapped = batch.taken();
        return settle(mapped.rows(), 1).chain(settled -> setAside(mapped, settled)
                .map(left -> new Result(
                        mapped.tally().plus(settled.tally()).plus(left),
                        settled.wereLive(),
                        settled.addedBefore(),
                        mapped.unidentified(),
                        batch.bytesRead(),
                        batch.bytesTotal())));
    }

    private Uni<Settled> settle(List<MappedRow> rows, int round) {
        return request.target()
                .find(rows.stream().map(MappedRow::key).toList())
                .chain(stored ->
                        apply(rows, Comparison.of(rows, stored, request.mark().run()), round));
    }

    private Uni<Settled> apply(List<MappedRow> rows, Comparison comparison, int round) {
        if (request.mark().dryRun()) {
            return Uni.createFrom()
                    .item(settled(
                            comparison,
                            comparison.added().size(),
                            comparison.changed().size(),
                            Map.of()));
        }
        return writesFor(comparison)
                .call(writes -> journal.keep(request, writes))
                .chain(writes -> request.stopRequested().getAsBoolean()
                        ? Uni.createFrom().item(left(comparison))
                        : write(rows, comparison, writes, round));
    }

    /**
     * A stop came between read and write: whoever lost its lease meanwhile must not write over what another has made of the
     * rows (C0-05). Those that need a write are left, and count as not read.
     */
    private static Settled left(Comparison comparison) {
        long rows = comparison.added().size() + comparison.changed().size();
        Tally tally = comparison.settled().plus(new Tally(-rows, 0, 0, 0, 0, 0, 0));
        return new Settled(tally, comparison.wereLive(), comparison.addedBefore(), Map.of());
    }

    private Uni<Settled> write(List<MappedRow> rows, Comparison comparison, List<RowWrite> writes, int round) {
        return tell(comparison, writes, round)
                .chain(() -> request.target().write(writes))
                .chain(written -> conclude(rows, comparison, written, round));
    }

    private Uni<List<RowWrite>> writesFor(Comparison comparison) {
        Instant now = clock.instant();
        List<RowWrite> writes = new ArrayList<>();
        comparison.added().forEach(row -> writes.add(RowWrite.insert(row, request.mark(), now)));
        if (comparison.changed().isEmpty()) {
            return Uni.createFrom().item(writes);
        }
        return request.target()
                .load(comparison.changed().stream().map(MappedRow::key).toList())
                .map(stored -> {
                    comparison.changed().forEach(row -> writes.add(updateOf(row, stored.get(row.key()), now)));
                    return writes;
                });
    }

    /** A row that vanished between two reads is written as new. */
    private RowWrite updateOf(MappedRow row, @Nullable Document stored, Instant now) {
        return stored == null
                ? RowWrite.insert(row, request.mark(), now)
                : RowWrite.update(stored, row, request.mapper().fields(), request.mark(), now);
    }

    /** What was told of a row before, by an earlier round or attempt that did not come to write it, is taken back. */
    private Uni<Void> tell(Comparison comparison, List<RowWrite> writes, int round) {
        List<Change> history =
                writes.stream().flatMap(w -> w.history().stream()).toList();
        return round == 1 && request.mark().attempt() == 1
                ? changes.add(history)
                : changes.retract(request.mark(), comparison.foreign()).chain(() -> changes.add(history));
    }

    private Uni<Settled> conclude(List<MappedRow> rows, Comparison comparison, Written written, int round) {
        long added = comparison.added().stream()
                .filter(row -> written.done().contains(row.key()))
                .count();
        long updated = comparison.changed().stream()
                .filter(row -> written.done().contains(row.key()))
                .count();
        if (written.unsettled().isEmpty()) {
            return Uni.createFrom().item(settled(comparison, added, updated, written.refused()));
        }
        if (round == ROUNDS) {
            return Uni.createFrom().item(settled(comparison, added, updated, gaveUp(written)));
        }
        List<MappedRow> again = rows.stream()
                .filter(row -> written.unsettled().contains(row.key()))
                .toList();
        Settled sofar = settled(comparison, added, updated, written.refused());
        return settle(again, round + 1).map(later -> join(sofar, later));
    }

    private static Map<String, String> gaveUp(Written written) {
        Map<String, String> refused = new LinkedHashMap<>(written.refused());
        written.unsettled().forEach(key -> refused.put(key, "another writer kept changing it"));
        return refused;
    }

    private static Settled settled(Comparison comparison, long added, long updated, Map<String, String> refused) {
        Tally tally = comparison.settled().plus(new Tally(0, added, updated, 0, refused.size(), 0, 0));
        return new Settled(tally, comparison.wereLive(), comparison.addedBefore(), refused);
    }

    /** Rows of a later round were counted as live, or not, in the first. */
    private static Settled join(Settled first, Settled later) {
        Map<String, String> refused = new LinkedHashMap<>(first.refused());
        refused.putAll(later.refused());
        return new Settled(first.tally().plus(later.tally()), first.wereLive(), first.addedBefore(), refused);
    }

    /** What a stop leaves unwritten counts as not read: given back as the tally to add. */
    private Uni<Tally> setAside(MappedBatch mapped, Settled settled) {
        List<Rejection> all = new ArrayList<>(mapped.rejected());
        Instant now = clock.instant();
        settled.refused().forEach((key, reason) -> all.add(refusal(mapped.origin(key), reason, now)));
        if (!all.isEmpty() && request.stopRequested().getAsBoolean()) {
            return Uni.createFrom().item(new Tally(-all.size(), 0, 0, 0, -all.size(), 0, 0));
        }
        long room = request.limits().rejectionsKept() - rejectionsKept.getAndAdd(all.size());
        return rejections
                .add(all.subList(0, (int) Math.max(0, Math.min(all.size(), room))))
                .replaceWith(Tally.NONE);
    }

    /** Rows that the database refused, not for what they are, so that they belong into the next run. */
    long refused() {
        return refused.get();
    }

    private Rejection refusal(SourceRow row, String reason, Instant now) {
        refused.incrementAndGet();
        return Rejection.of(request.mark(), row, row.place(), ErrorCode.ROW_WRITE_FAILED, reason, now);
    }

    /** Forgets what an earlier attempt of this run set aside. */
    Uni<Void> begin() {
        return request.mark().attempt() == 1
                ? Uni.createFrom().voidItem()
                : rejections.clear(request.mark().run());
    }
}
