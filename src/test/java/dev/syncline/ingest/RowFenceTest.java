package dev.syncline.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.permits.PermitMapper;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.run.CoreProfile;
import dev.syncline.run.Run;
import dev.syncline.run.RunDesk;
import dev.syncline.run.RunState;
import dev.syncline.run.ScriptedSync;

import static dev.syncline.ingest.Feed.aFeed;
import static dev.syncline.ingest.Feed.numbered;
import static dev.syncline.ingest.Limits.limits;
import static dev.syncline.run.RunAssert.Counts.added;
import static dev.syncline.run.RunAssert.Counts.unchanged;
import static dev.syncline.run.RunAssert.Counts.updated;
import static dev.syncline.run.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Two writers of one collection. */
@QuarkusTest
@TestProfile(CoreProfile.class)
@DisplayName("C0-05: a write carries what was read, so it writes over nothing newer")
class RowFenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final PermitMapper MAPPER = new PermitMapper();
    private static final PermitRow ROW = numbered(0);
    private static final String KEY = ROW.key();

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    @Inject
    MongoDatabase database;

    @Inject
    IngestPipeline pipeline;

    private RowCollection rows;

    @BeforeEach
    void clear() {
        desk.clear(sync);
        rows = new RowCollection(database.collection(ScriptedSync.ROWS), 500);
    }

    // --- write by write

    @Test
    void lateUpdateFindsNothing() {
        // Given two that have read the same
        write(insert(ROW, "first"));
        Document read = load(KEY);
        RowWrite late = update(read, ROW.withStatus("Late"), "late");
        assertThat(write(update(read, ROW.withStatus("Newer"), "newer")).done()).containsExactly(KEY);

        // When
        Written written = write(late);

        // Then
        assertThat(written.done()).isEmpty();
        assertThat(written.unsettled()).containsExactly(KEY);
        assertThat(load(KEY)).containsEntry("status", "Newer").containsEntry("changed_by", "newer");
    }

    @Test
    void lateUpdateFindsNothingWhenOnlyTheAbsenceChanged() {
        write(insert(ROW, "first"));
        Document read = load(KEY);
        RowWrite late = update(read, ROW.withStatus("Late"), "late");
        write(absent(read, "sweeper"));

        assertThat(write(late).unsettled()).containsExactly(KEY);
        assertThat(load(KEY)).containsEntry("status", "Pending Closed");
    }

    @Test
    void lateMarkOfAbsenceFindsNothing() {
        write(insert(ROW, "first"));
        Document read = load(KEY);
        write(update(read, ROW.withStatus("Newer"), "newer"));

        assertThat(write(absent(read, "sweeper")).unsettled()).containsExactly(KEY);
        assertThat(load(KEY)).containsEntry("status", "Newer").doesNotContainKey("absent_since");
    }

    @Test
    void lateInsertIsNone() {
        write(insert(ROW.withStatus("Newer"), "newer"));

        Written written = write(insert(ROW.withStatus("Late"), "late"));

        assertThat(written.unsettled()).containsExactly(KEY);
        assertThat(written.refused()).isEmpty();
        assertThat(load(KEY)).containsEntry("status", "Newer");
    }

    @Test
    void oneLateWriteLeavesTheOthersDoneButAllUncertain() {
        // Given
        List<PermitRow> three = IntStream.range(0, 3).mapToObj(Feed::numbered).toList();
        three.forEach(row -> write(insert(row, "first")));
        List<RowWrite> writes = three.stream()
                .map(row -> update(load(row.key()), row.withStatus("Second"), "second"))
                .toList();
        write(update(load(KEY), ROW.withStatus("Newer"), "newer"));

        // When
        Written written = await(rows.write(writes));

        // Then
        assertThat(written.done()).isEmpty();
        assertThat(written.unsettled()).hasSize(3);
        assertThat(desk.rows()).extracting(row -> row.get("status")).containsExactly("Newer", "Second", "Second");
    }

    // --- in a run: read again, and settled

    @Test
    void rowThatSomebodyChangedInBetweenIsReadAgain() {
        // Given
        storeFive();
        inBetween(call -> {
            if (call == 1) {
                write(update(load(KEY), ROW.withStatus("Theirs").with("WORK", "Theirs"), "another"));
            }
        });

        // When
        sync.reads(aFeed().with(ROW.withStatus("Ours"), numbered(1).withStatus("Ours"))
                .withPermits(2, 5));
        Run run = desk.run();

        // Then
        assertThat(run).is(RunState.SUCCEEDED).counted(updated(2).andUnchanged(3));
        assertThat(load(KEY)).containsEntry("status", "Ours").doesNotContainKey("work");
        assertThat(desk.changesOf(run))
                .extracting(c -> "%s %s: %s -> %s".formatted(c.get("key"), c.get("field"), c.get("from"), c.get("to")))
                .containsExactly(
                        KEY + " status: Theirs -> Ours",
                        KEY + " work: Theirs -> null",
                        numbered(1).key() + " status: Inspection -> Ours");
    }

    @Test
    void rowThatSomebodyMadeAlikeInBetweenIsUnchangedAndHasNoHistory() {
        storeFive();
        inBetween(call -> {
            if (call == 1) {
                write(update(load(KEY), ROW.withStatus("Closed"), "another"));
            }
        });

        sync.reads(aFeed().with(ROW.withStatus("Closed")).withPermits(1, 5));
        Run run = desk.run();

        assertThat(run).is(RunState.SUCCEEDED).counted(unchanged(5));
        assertThat(desk.changesOf(run)).isEmpty();
        assertThat(load(KEY)).containsEntry("changed_by", "another");
    }

    @Test
    void rowThatSomebodyInsertedInBetweenIsCompared() {
        inBetween(call -> {
            if (call == 1) {
                write(insert(ROW, "another"));
                write(insert(numbered(1).withStatus("Theirs"), "another"));
            }
        });

        sync.reads(aFeed().withPermits(0, 5));
        Run run = desk.run();

        assertThat(run).is(RunState.SUCCEEDED).counted(added(3).andUpdated(1).andUnchanged(1));
        assertThat(desk.rows()).extracting(row -> row.get("status")).containsOnly("Inspection");
    }

    @Test
    void rowThatSomebodyKeepsChangingIsRejectedAtLast() {
        storeFive();
        inBetween(call -> desk.set(KEY, "data_hash", "round " + call));

        sync.reads(aFeed().with(ROW.withStatus("Ours"), numbered(1).withStatus("Ours"))
                .withPermits(2, 5));
        Run run = desk.run();

        assertThat(run).is(RunState.PARTIAL).counted(updated(1).andUnchanged(3).andRejected(1));
        assertThat(desk.all("rejections"))
                .extracting(rejection -> rejection.get("code"))
                .containsExactly("ROW_WRITE_FAILED");
        assertThat(run.progress().warnings()).extracting(Warning::code).containsExactly("ROW_WRITE_FAILED");
    }

    // --- after a stop

    @Test
    void whoeverLostTheLeaseWritesNothingMore() {
        // Given a runner that sleeps while it reads, and wakes when another has taken over and written
        storeFive();
        AtomicBoolean lost = new AtomicBoolean();
        Feed feed = aFeed().with(ROW.withStatus("Late"))
                .withPermits(1, 5)
                .with(numbered(90))
                .whenWriting(row -> {
                    if (row == 3) {
                        write(update(load(KEY), ROW.withStatus("Newer"), "newer"));
                        lost.set(true);
                    }
                });
        RunMark mark = new RunMark("late", ScriptedSync.SYNC, 1, Instant.now(), false);

        // When
        Progress reached = await(pipeline.ingest(
                        new IngestRequest(mark, feed, MAPPER, rows, ScriptedSync.ABSENCE, limits(), null, lost::get))
                .collect()
                .last());

        // Then
        assertThat(load(KEY)).containsEntry("status", "Newer").containsEntry("changed_by", "newer");
        assertThat(desk.rows()).hasSize(5).noneMatch(row -> row.get("changed_by")
                .equals("late"));
        assertThat(desk.all("changes")).isEmpty();
        assertThat(reached.stage()).isNotEqualTo(Progress.FINISHED);
        assertThat(reached.counts().read()).isEqualTo(reached.counts().unchanged());
    }

    @Test
    @DisplayName("C0-06: rows that a cancel left unwritten count as not read")
    void cancelLeavesRowsUncounted() {
        AtomicBoolean asked = new AtomicBoolean();
        Feed feed = aFeed().withPermits(0, 30);
        sync.does(scope -> sync.ingest(
                scope,
                feed.whenWriting(row -> {
                    if (row == 15 && asked.compareAndSet(false, true)) {
                        desk.cancel(scope.run());
                    }
                }),
                limits().inBatchesOf(10)));

        Run run = desk.run();

        assertThat(run).is(RunState.CANCELLED).counted(added(10));
        assertThat(desk.rows()).hasSize(10);
    }

    private void storeFive() {
        sync.reads(aFeed().withPermits(0, 5));
        desk.run();
    }

    private void inBetween(IntConsumer action) {
        sync.writesTo(Interposed.on(database.collection(ScriptedSync.ROWS))
                .beforeWrite(action)
                .rows());
    }

    private static RunMark mark(String run) {
        return new RunMark(run, ScriptedSync.SYNC, 1, Instant.now(), false);
    }

    private static RowWrite insert(PermitRow row, String run) {
        return RowWrite.insert(MAPPER.map(row.at(0)), mark(run), Instant.now());
    }

    private static RowWrite update(Document stored, PermitRow row, String run) {
        return RowWrite.update(stored, MAPPER.map(row.at(0)), MAPPER.fields(), mark(run), Instant.now());
    }

    private static RowWrite absent(Document stored, String run) {
        Document since = new Document(RowCollection.ABSENT_SINCE, Instant.now());
        return RowWrite.mark(
                stored, Map.of("status", "Pending Closed"), since, Change.Kind.absent, mark(run), Instant.now());
    }

    @CanIgnoreReturnValue
    private Written write(RowWrite write) {
        return await(rows.write(List.of(write)));
    }

    private Document load(String key) {
        return await(rows.load(List.of(key))).get(key);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
