package dev.syncline.ingest;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.bson.Document;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** Sweeps that wait for a person, and what happens when the person has spoken (C0-12). */
@ApplicationScoped
public class HeldSweeps {
    private static final int LIST = 500;

    private final SweepStore sweeps;
    private final ChangeStore changes;
    private final Clock clock;

    HeldSweeps(SweepStore sweeps, ChangeStore changes, Clock clock) {
        this.sweeps = sweeps;
        this.changes = changes;
        this.clock = clock;
    }

    public Uni<Optional<Sweep>> find(String run) {
        return sweeps.find(run);
    }

    /** Nothing is marked. {@code SWEEP_NOT_HELD} if the sweep is decided already. */
    public Uni<Sweep> dismiss(Sweep sweep, String by) {
        return decide(sweep, Sweep.State.DISMISSED, by).chain(() -> again(sweep));
    }

    /**
     * Marks exactly those rows that are still absent. Approving once more goes on where an earlier approval was interrupted.
     * {@code SWEEP_NOT_HELD} if the sweep is decided already, or superseded.
     */
    public Uni<Sweep> approve(Sweep sweep, RowCollection rows, Absence absence, String by) {
        Uni<Void> decided = sweep.halfApplied() ? Uni.createFrom().voidItem() : decide(sweep, Sweep.State.APPROVED, by);
        return decided.chain(() -> mark(sweep, rows, absence))
                .chain(() -> rows.countMarkedBy(markOf(sweep)))
                .chain(marked -> sweeps.applied(sweep.run(), marked))
                .chain(() -> again(sweep));
    }

    private Uni<Void> mark(Sweep sweep, RowCollection rows, Absence absence) {
        return changes.absences(sweep.run(), LIST)
                .onItem()
                .transformToUniAndConcatenate(told -> mark(sweep, told, rows, absence))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> decide(Sweep sweep, Sweep.State decision, String by) {
        return sweeps.decide(sweep.run(), decision, by, clock.instant())
                .invoke(done -> {
                    if (!done) {
                        throw new SyncException(ErrorCode.SWEEP_NOT_HELD, "the sweep is not held any more");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Sweep> again(Sweep sweep) {
        return sweeps.find(sweep.run()).map(found -> found.orElse(sweep));
    }

    private Uni<Written> mark(Sweep sweep, List<Change> told, RowCollection rows, Absence absence) {
        return rows.load(told.stream().map(Change::key).distinct().toList())
                .map(found -> found.values().stream()
                        .filter(row -> stillAbsent(row, sweep))
                        .map(row -> absent(row, absence, sweep))
                        .toList())
                .call(writes -> changes.retract(markOf(sweep), backAgain(told, writes)))
                .call(writes -> changes.add(writes.stream()
                        .flatMap(write -> write.history().stream())
                        .toList()))
                .chain(rows::write);
    }

    /** Keys that were held, and are not to be marked after all. */
    private static Set<String> backAgain(List<Change> told, List<RowWrite> writes) {
        Set<String> keys = told.stream()
                .filter(change -> change.kind() == Change.Kind.held)
                .map(Change::key)
                .collect(Collectors.toSet());
        writes.forEach(write -> keys.remove(write.key()));
        return keys;
    }

    private static RunMark markOf(Sweep sweep) {
        return new RunMark(sweep.run(), sweep.sync(), 1, sweep.heldAt(), false);
    }

    /** A row that anything has written since the sweep was held was seen again, or is marked already. */
    private static boolean stillAbsent(Document row, Sweep sweep) {
        Instant changed = row.getDate(RowCollection.CHANGED_AT).toInstant();
        return row.get(RowCollection.ABSENT_SINCE) == null && !changed.isAfter(sweep.heldAt());
    }

    private RowWrite absent(Document row, Absence absence, Sweep sweep) {
        Object lastSeen = sweep.lastSeenAt() == null ? row.get(RowCollection.FIRST_SEEN) : sweep.lastSeenAt();
        Document bookkeeping =
                new Document(RowCollection.ABSENT_SINCE, sweep.heldAt()).append(RowCollection.LAST_SEEN, lastSeen);
        Map<String, Object> marks = Map.of(absence.field(), absence.absent());
        return RowWrite.mark(row, marks, bookkeeping, Change.Kind.absent, markOf(sweep), clock.instant());
    }
}
