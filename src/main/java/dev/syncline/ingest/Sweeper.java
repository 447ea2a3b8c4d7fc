package dev.syncline.ingest;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;

/**
 * Marks what a complete read did not hold, if it is little enough to be believed (S1-31); otherwise it keeps a list and waits
 * for a person (C0-12). Rows held once are not swept without a word because they became a smaller share meanwhile.
 */
final class Sweeper {
    private static final int LIST = 500;
    private static final int SAMPLE = 10;

    private final IngestRequest request;
    private final ChangeStore changes;
    private final SweepStore sweeps;
    private final UndoJournal journal;
    private final Clock clock;

    Sweeper(IngestRequest request, ChangeStore changes, SweepStore sweeps, UndoJournal journal, Clock clock) {
        this.request = request;
        this.changes = changes;
        this.sweeps = sweeps;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * What the write stage learnt.
     *
     * @param liveBefore live rows when it began
     * @param wereLive how many of them it met
     * @param addedBefore how many of those an earlier attempt of this run had added
     * @param unidentified records without a readable key: each may be any stored row
     */
    record Reading(KeyIndex index, long liveBefore, long wereLive, long addedBefore, long unidentified) {}

    /**
     * @param absent rows that are absent since this run
     * @param complete whether it came to its end before a stop was requested
     */
    record Outcome(long absent, List<Warning> warnings, boolean complete) {
        static Outcome of(long absent, Warning... warnings) {
            return new Outcome(absent, List.of(warnings), true);
        }

        static Outcome stopped(long absent) {
            return new Outcome(absent, List.of(), false);
        }
    }

    private record Absent(long count, List<String> sample, boolean heldBefore) {
        static final Absent NONE = new Absent(0, List.of(), false);

        static Absent of(List<String> keys, boolean held) {
            return new Absent(keys.size(), keys.stream().limit(SAMPLE).toList(), held);
        }

        Absent plus(Absent more) {
            List<String> both = Stream.concat(sample.stream(), more.sample.stream())
                    .limit(SAMPLE)
                    .toList();
            return new Absent(count + more.count, both, heldBefore || more.heldBefore);
        }
    }

    Uni<Outcome> sweep(Reading reading) {
        return markedByEarlierAttempt()
                .chain(marked -> absent(reading).chain(absent -> decide(reading, absent, marked)))
                .call(outcome -> request.mark().dryRun() || !outcome.complete()
                        ? Uni.createFrom().voidItem()
                        : sweeps.supersede(request.mark().sync(), request.mark().run()));
    }

    private Uni<Long> markedByEarlierAttempt() {
        return request.mark().attempt() == 1
                ? Uni.createFrom().item(0L)
                : request.target().countMarkedBy(request.mark());
    }

    private Uni<Absent> absent(Reading reading) {
        if (reading.liveBefore() <= reading.wereLive()) {
            return Uni.createFrom().item(Absent.NONE);
        }
        return unapprovedSweepBefore().chain(before -> candidates(reading)
                .onItem()
                .transformToUniAndConcatenate(keys -> anyHeld(before, keys).map(held -> Absent.of(keys, held)))
                .onItem()
                .scan(() -> Absent.NONE, Absent::plus)
                .collect()
                .last());
    }

    private Multi<List<String>> candidates(Reading reading) {
        return request.target()
                .liveKeys(LIST)
                .map(keys -> keys.stream()
                        .filter(key -> !reading.index().contains(key))
                        .toList())
                .select()
                .where(keys -> !keys.isEmpty())
                .select()
                .first(keys -> !stopped());
    }

    private Uni<Optional<Sweep>> unapprovedSweepBefore() {
        @Nullable Baseline baseline = request.baseline();
        return baseline == null
                ? Uni.createFrom().item(Optional.empty())
                : sweeps.find(baseline.run()).map(sweep -> sweep.filter(Sweep::unapproved));
    }

    private Uni<Boolean> anyHeld(Optional<Sweep> before, List<String> keys) {
        return before.map(sweep -> changes.anyHeld(sweep.run(), keys))
                .orElse(Uni.createFrom().item(false));
    }

    private Uni<Outcome> decide(Reading reading, Absent absent, long marked) {
        if (stopped()) {
            return Uni.createFrom().item(Outcome.stopped(marked));
        }
        if (absent.count() == 0) {
            return closeOldAbsences().replaceWith(Outcome.of(marked));
        }
        return reasonToHold(reading, absent, marked)
                .map(reason -> hold(reading, absent, marked, reason))
                .orElseGet(() -> apply(reading, absent, marked));
    }

    private Optional<String> reasonToHold(Reading reading, Absent absent, long marked) {
        long known = known(reading, marked);
        long gone = absent.count() + marked;
        if (gone >= known * request.limits().holdShare()) {
            return Optional.of("%d of %d known rows are absent (%.1f %%, held from %.1f %% on)"
                    .formatted(
                            gone,
                            known,
                            100.0 * gone / known,
                            100 * request.limits().holdShare()));
        }
        if (absent.heldBefore()) {
            return Optional.of(
                    "%d rows are absent, some of which an earlier run held and nobody approved".formatted(gone));
        }
        if (reading.unidentified() > 0) {
            return Optional.of("%d rows are absent, and %d records could not be read far enough to know their key"
                    .formatted(gone, reading.unidentified()));
        }
        return Optional.empty();
    }

    /** No more than the last complete run knew: what a failed or cancelled run has added makes no loss look small. */
    private long known(Reading reading, long marked) {
        long live = reading.liveBefore() + marked - reading.addedBefore();
        @Nullable Baseline baseline = request.baseline();
        return baseline == null ? live : Math.min(live, baseline.rows());
    }

    private Uni<Outcome> apply(Reading reading, Absent absent, long marked) {
        if (request.mark().dryRun()) {
            return Uni.createFrom().item(Outcome.of(absent.count()));
        }
        return marks(reading, Change.Kind.absent)
                .onItem()
                .transformToUniAndConcatenate(this::write)
                .collect()
                .in(AtomicLong::new, AtomicLong::addAndGet)
                .map(now -> now.get() + marked)
                .chain(gone -> stopped()
                        ? Uni.createFrom().item(Outcome.stopped(gone))
                        : closeOldAbsences().replaceWith(Outcome.of(gone)));
    }

    private Uni<Outcome> hold(Reading reading, Absent absent, long marked, String reason) {
        long gone = absent.count() + marked;
        Outcome held = Outcome.of(gone, Warning.of(ErrorCode.SWEEP_HELD, reason, absent.sample()));
        if (request.mark().dryRun()) {
            return Uni.createFrom().item(held);
        }
        return marks(reading, Change.Kind.held)
                .onItem()
                .transformToUniAndConcatenate(writes -> changes.add(history(writes)))
                .collect()
                .last()
                .chain(() -> stopped()
                        ? Uni.createFrom().item(Outcome.stopped(marked))
                        : lastSeen(absent)
                                .map(seen -> Sweep.held(
                                        request.mark(),
                                        absent.count(),
                                        reason,
                                        absent.sample(),
                                        seen.orElse(null),
                                        clock.instant()))
                                .chain(sweeps::hold)
                                .replaceWith(held));
    }

    /** The last complete run saw the rows that are absent, unless it held them itself: then it was one before. */
    private Uni<Optional<Instant>> lastSeen(Absent absent) {
        return absent.heldBefore()
                ? unapprovedSweepBefore().map(before -> before.map(Sweep::lastSeenAt))
                : Uni.createFrom().item(Optional.ofNullable(request.baseline()).map(Baseline::startedAt));
    }

    private Multi<List<RowWrite>> marks(Reading reading, Change.Kind kind) {
        return candidates(reading)
                .onItem()
                .transformToUniAndConcatenate(keys -> request.target().load(keys))
                .map(rows ->
                        rows.values().stream().map(row -> absence(row, kind)).toList());
    }

    private RowWrite absence(Document row, Change.Kind kind) {
        Absence absence = request.absence();
        @Nullable Baseline baseline = request.baseline();
        Object lastSeen = baseline == null ? row.get(RowCollection.FIRST_SEEN) : baseline.startedAt();
        Document bookkeeping = new Document(
                        RowCollection.ABSENT_SINCE, request.mark().startedAt())
                .append(RowCollection.LAST_SEEN, lastSeen);
        return RowWrite.mark(
                row, Map.of(absence.field(), absence.absent()), bookkeeping, kind, request.mark(), clock.instant());
    }

    /** Gives the number of rows written: none once a stop is requested. */
    private Uni<Long> write(List<RowWrite> writes) {
        return journal.keep(request, writes)
                .chain(() -> stopped() ? Uni.createFrom().item(0L) : tellAndWrite(writes));
    }

    private Uni<Long> tellAndWrite(List<RowWrite> writes) {
        return changes.add(history(writes))
                .chain(() -> request.target().write(writes))
                .replaceWith((long) writes.size());
    }

    private boolean stopped() {
        return request.stopRequested().getAsBoolean();
    }

    private static List<Change> history(List<RowWrite> writes) {
        return writes.stream().flatMap(write -> write.history().stream()).toList();
    }

    /** Rows that have been absent for long are closed, by a run only that was not in doubt itself. */
    private Uni<Void> closeOldAbsences() {
        if (request.mark().dryRun()) {
            return Uni.createFrom().voidItem();
        }
        Absence absence = request.absence();
        Instant due = request.mark().startedAt().minus(absence.closeAfter());
        return request.target()
                .absentBefore(due, absence.field(), absence.absent(), LIST)
                .map(rows -> rows.stream().map(this::closing).toList())
                .onItem()
                .transformToUniAndConcatenate(this::write)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private RowWrite closing(Document row) {
        Absence absence = request.absence();
        return RowWrite.mark(
                row,
                Map.of(absence.field(), absence.closed()),
                new Document(),
                Change.Kind.closed,
                request.mark(),
                clock.instant());
    }
}
