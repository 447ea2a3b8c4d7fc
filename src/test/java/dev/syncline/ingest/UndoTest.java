package dev.syncline.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;
import dev.syncline.run.CoreProfile;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunDesk;
import dev.syncline.run.RunState;
import dev.syncline.run.ScriptedSync;

import static dev.syncline.ingest.Feed.aFeed;
import static dev.syncline.ingest.Feed.numbered;
import static dev.syncline.ingest.Limits.limits;
import static dev.syncline.run.RunAssert.Counts.added;
import static dev.syncline.run.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** A sync that writes all or nothing, here over sixty rows of which a run adds, changes and misses some. */
@QuarkusTest
@TestProfile(CoreProfile.class)
class UndoTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    @Inject
    MongoDatabase database;

    @Inject
    UndoJournal journal;

    private List<Document> before;

    @BeforeEach
    void storeAFeed() {
        desk.clear(sync);
        sync.writesAllOrNothing();
        sync.neverTriesAgain();
        sync.reads(aFeed().withPermits(0, 60));
        desk.run();
        before = desk.rows();
    }

    /** In six batches of ten, so that the sweep's write is the seventh. */
    private static Feed nextFeed() {
        Feed feed = aFeed();
        for (int i = 0; i < 55; i++) {
            feed = feed.with(i % 5 == 0 ? numbered(i).withStatus("Closed") : numbered(i));
        }
        return feed.withPermits(100, 105);
    }

    static Stream<Arguments> failures() {
        return IntStream.rangeClosed(1, 7)
                .boxed()
                .flatMap(write -> Stream.of(Arguments.of("before", write), Arguments.of("after", write)));
    }

    @ParameterizedTest(name = "it fails {0} write {1}")
    @MethodSource("failures")
    @DisplayName("S0-12: a run that fails leaves every row as it was before, to the byte, and tells of no change")
    void takesBackWhatAFailedRunHasWritten(String when, int write) {
        Interposed collection = Interposed.on(database.collection(ScriptedSync.ROWS));
        IntConsumer failing = call -> {
            if (call == write) {
                throw new SyncException(ErrorCode.SOURCE_FAILED, "here it ends");
            }
        };
        sync.writesTo(
                (when.equals("before") ? collection.beforeWrite(failing) : collection.afterWrite(failing)).rows());
        sync.reads(nextFeed(), limits().inBatchesOf(10));

        Run run = desk.run();

        assertThat(run).failedWith(ErrorCode.SOURCE_FAILED).hasAttempts("SOURCE_FAILED");
        assertThat(run.error().retryable()).isFalse();
        assertThat(desk.rows()).isEqualTo(before);
        assertThat(desk.changesOf(run)).isEmpty();
        awaitForgotten();
        assertThat(desk.rows()).isEqualTo(before);
    }

    @Test
    void saysThatItWasTakenBack() {
        sync.reads(
                aFeed().withPermits(100, 120).failingAt(15, 1, new SyncException(ErrorCode.FEED_TRUNCATED, "cut")),
                limits().inBatchesOf(10).withFloorShare(0));

        Run run = desk.run();

        assertThat(run).counted(added(10));
        assertThat(run.progress().warnings())
                .extracting(Warning::code, Warning::message)
                .containsExactly(tuple("ROLLED_BACK", "what was written was taken back (10)"));
        assertThat(desk.rows()).isEqualTo(before);
    }

    @Test
    @DisplayName(
            "S0-10: at its time limit the run ends as SYNC_TIMEOUT, nothing of it remains, and the next one may start")
    void takesBackWhatWasWrittenUntilTheTimeLimit() {
        sync.limitTo(Duration.ofMillis(700));
        sync.does(scope -> sync.ingest(scope, nextFeed(), limits().inBatchesOf(10))
                .onItem()
                .transformToUniAndConcatenate(progress -> progress.counts().read() < 30
                        ? Uni.createFrom().item(progress)
                        : scope.stop().replaceWith(progress)));

        Run run = desk.run();

        assertThat(run).failedWith(ErrorCode.SYNC_TIMEOUT).hasAttempts("SYNC_TIMEOUT");
        assertThat(run.activeFor()).isNull();
        assertThat(desk.rows()).isEqualTo(before);
        sync.limitTo(Duration.ofMinutes(1));
        sync.reads(aFeed().withPermits(0, 60));
        assertThat(desk.run()).is(RunState.SUCCEEDED);
    }

    @Test
    @DisplayName("S0-12, C0-06: so does a cancel")
    void takesBackWhatWasWrittenUntilTheCancel() {
        AtomicReference<Run> running = new AtomicReference<>();
        Feed feed = nextFeed().whenWriting(row -> {
            if (row == 35) {
                desk.cancel(running.get());
            }
        });
        sync.does(scope -> {
            running.set(scope.run());
            return sync.ingest(scope, feed, limits().inBatchesOf(10));
        });

        Run run = desk.run();

        assertThat(run).is(RunState.CANCELLED);
        assertThat(desk.rows()).isEqualTo(before);
        awaitForgotten();
    }

    @Test
    @DisplayName("S0-12: between two attempts nothing of the first is there")
    void takesBackBeforeTheRetry() {
        sync.triesAgain();
        SyncException later = new SyncException(ErrorCode.SOURCE_FAILED, "later", null, Duration.ofHours(1));
        sync.reads(nextFeed().failingAt(45, 1, later), limits().inBatchesOf(10));

        Run waiting = desk.await(desk.start(Mode.live).run(), run -> run.state() == RunState.RETRY_WAIT);

        assertThat(desk.rows()).isEqualTo(before);
        var hurried = desk.start(Mode.live);
        assertThat(desk.awaitEnd(waiting))
                .is(RunState.SUCCEEDED)
                .counted(added(5).andUpdated(11).andUnchanged(44).andAbsent(5));
    }

    @Test
    @DisplayName("S0-12, S0-21: what a process left that died is taken back by the next run before it reads")
    void takesBackWhatADeadProcessLeft() {
        leaveBehind("a-run-that-nobody-knows", "21 000001 BLD--00", "21 999999 BLD--00");
        assertThat(desk.rows()).hasSize(61);
        List<List<Document>> atFirstRead = new CopyOnWriteArrayList<>();
        Feed feed = aFeed().withPermits(0, 60);
        sync.reads(columns -> {
            atFirstRead.add(desk.rows());
            return feed.open(columns);
        });

        Run run = desk.run();

        assertThat(atFirstRead).containsOnly(before);
        assertThat(run).is(RunState.SUCCEEDED);
        assertThat(desk.rows()).isEqualTo(before);
    }

    @Test
    @DisplayName("S0-12: what a successful run has written stays, also when nobody has come to forget its images")
    void leavesWhatASuccessfulRunHasWritten() {
        sync.reads(nextFeed(), limits().inBatchesOf(10));
        Run succeeded = desk.run();
        List<Document> after = desk.rows();
        keepImage(succeeded.id(), "21 000000 BLD--00", new Document("_id", "21 000000 BLD--00"));
        sync.does(scope -> Multi.createFrom().failure(new SyncException(ErrorCode.SOURCE_FAILED, "no")));

        desk.run();

        assertThat(desk.rows()).isEqualTo(after);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(desk.all("undo_journal"))
                .isEmpty());
    }

    @Test
    void forgetsItsImagesAfterSuccess() {
        sync.reads(nextFeed(), limits().inBatchesOf(10));

        assertThat(desk.run()).is(RunState.SUCCEEDED);

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(desk.all("undo_journal"))
                .isEmpty());
    }

    @Test
    @DisplayName("C0-05: taking back touches nothing that somebody has written since")
    void leavesWhatIsNewer() {
        leaveBehind("a-run-that-nobody-knows", "21 000001 BLD--00", "21 999999 BLD--00");
        desk.set("21 000001 BLD--00", "changed_by", "a newer run");
        List<Document> newer = desk.find(ScriptedSync.ROWS, new Document("_id", "21 000001 BLD--00"));

        var unused = journal.takeBack("a-run-that-nobody-knows").await().atMost(PATIENCE);

        assertThat(desk.find(ScriptedSync.ROWS, new Document("_id", "21 000001 BLD--00")))
                .isEqualTo(newer);
        assertThat(desk.rows()).hasSize(60);
    }

    @Test
    @DisplayName("S0-10, S0-12: what was on its way when the run was taken back is taken back once more")
    void takesBackWhatArrivesLate() {
        sync.does(scope -> Multi.createFrom().failure(new SyncException(ErrorCode.SOURCE_FAILED, "at once")));
        Run failed = desk.run();
        awaitForgotten();
        leaveBehind(failed.id(), "21 000001 BLD--00", "21 999999 BLD--00");
        assertThat(desk.rows()).isNotEqualTo(before);

        var unused = database.collection("runs")
                .updateOne(new Document("_id", failed.id()), new Document("$set", new Document("toFollow", true)))
                .await()
                .atMost(PATIENCE);

        awaitForgotten();
        assertThat(desk.rows()).isEqualTo(before);
    }

    @Test
    @DisplayName("S0-10, S0-12: a run is not told to have ended before it is taken back, however long that takes")
    void endsNoSoonerThanItIsTakenBack() {
        sync.limitTo(Duration.ofMillis(500));
        sync.does(scope -> sync.ingest(scope, nextFeed(), limits().inBatchesOf(10))
                .onItem()
                .transformToUniAndConcatenate(progress -> progress.counts().read() < 30
                        ? Uni.createFrom().item(progress)
                        // Obeys no stop, so the attempt is cut off when the grace is over.
                        : Uni.createFrom().nothing()));

        Run run = desk.run();

        assertThat(run).failedWith(ErrorCode.SYNC_TIMEOUT);
        assertThat(desk.rows()).isEqualTo(before);
        assertThat(run.progress().warnings()).extracting(Warning::code).containsExactly("ROLLED_BACK");
    }

    private void awaitForgotten() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(desk.all("undo_journal"))
                .isEmpty());
    }

    /** As a process does that dies between its writes and the word that they are done. */
    private void leaveBehind(String run, String changed, String added) {
        keepImage(run, changed, desk.row(changed));
        keepImage(run, added, null);
        desk.set(changed, "status", "Half way");
        desk.set(changed, "changed_by", run);
        var unused = database.collection(ScriptedSync.ROWS)
                .insertOne(new Document("_id", added).append("changed_by", run))
                .await()
                .atMost(PATIENCE);
    }

    private void keepImage(String run, String key, Document image) {
        RunMark mark = new RunMark(run, ScriptedSync.SYNC, 1, Instant.EPOCH, false);
        journal.keep(mark, ScriptedSync.ROWS, List.of(new UndoJournal.Image(key, image)))
                .await()
                .atMost(PATIENCE);
    }
}
