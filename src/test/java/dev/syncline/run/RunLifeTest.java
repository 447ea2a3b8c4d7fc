package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.ingest.Feed;
import dev.syncline.ingest.Interposed;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;
import dev.syncline.run.RunAssert.Counts;

import static dev.syncline.ingest.Feed.aFeed;
import static dev.syncline.ingest.Limits.limits;
import static dev.syncline.run.RunAssert.Counts.added;
import static dev.syncline.run.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(CoreProfile.class)
class RunLifeTest {
    private static final SyncException TRANSIENT = new SyncException(ErrorCode.SOURCE_FAILED, "the source said 500");
    private static final SyncException LASTING = new SyncException(ErrorCode.FEED_TRUNCATED, "ends at byte 700");

    @Inject
    RunDesk desk;

    @Inject
    RunStore store;

    @Inject
    ScriptedSync sync;

    @Inject
    MongoDatabase database;

    @BeforeEach
    void clear() {
        desk.clear(sync);
    }

    // --- one attempt

    @Test
    @DisplayName("S1-04: the run is stored as running, with its start, before the first batch is read")
    void isStoredBeforeTheFirstRead() {
        AtomicReference<Document> atFirstRead = new AtomicReference<>();
        Feed feed = aFeed().withPermits(0, 3);
        sync.reads(columns -> {
            atFirstRead.compareAndSet(null, desk.all("runs").get(0));
            return feed.open(columns);
        });

        Run run = desk.run();

        assertThat(atFirstRead.get()).containsEntry("_id", run.id()).containsEntry("state", "RUNNING");
        assertThat(atFirstRead.get().getDate("startedAt")).isEqualTo(Date.from(run.startedAt()));
    }

    @Test
    @DisplayName("S1-05: success is succeeded, with its end and its duration, and no error")
    void success() {
        sync.reads(aFeed().withPermits(0, 3));

        Run run = desk.run();

        assertThat(run).is(RunState.SUCCEEDED).isClosed().counted(added(3)).hasAttempts("-");
        assertThat(run.error()).isNull();
    }

    @Test
    @DisplayName("S1-06: a failure keeps the counts reached so far, and its end, duration and message")
    void failureKeepsItsCounts() {
        sync.reads(aFeed().withPermits(0, 10).failingAt(7, 1, LASTING), limits().inBatchesOf(3));

        Run run = desk.run();

        assertThat(run).failedWith(ErrorCode.FEED_TRUNCATED).isClosed().counted(added(6));
        assertThat(run.error().message()).isEqualTo("ends at byte 700");
        assertThat(desk.rows()).hasSize(6);
    }

    @Test
    @DisplayName("S1-06: counts are as true when batches are written side by side")
    void failureKeepsItsCountsOfSeveralBatchesAtOnce() {
        sync.reads(aFeed().withPermits(0, 100).failingAt(97, 1, LASTING), limits().inBatchesOf(10, 4));

        Run run = desk.run();

        assertThat(run)
                .failedWith(ErrorCode.FEED_TRUNCATED)
                .counted(added(desk.rows().size()));
        assertThat(desk.rows()).hasSizeBetween(50, 90);
    }

    @Test
    @DisplayName("S1-06: what is not ours to explain is an internal error with a reference")
    void crash() {
        sync.does(scope -> {
            throw new IllegalArgumentException("secret detail");
        });

        Run run = desk.run();

        assertThat(run).failedWith(ErrorCode.INTERNAL_ERROR).isClosed();
        assertThat(run.error().message()).doesNotContain("secret");
        assertThat(run.error().reference()).isEqualTo(run.id());
    }

    // --- several attempts

    @Test
    @DisplayName("C0-07, S1-07: two attempts fail, the third succeeds: one run, three attempts in it")
    void retries() {
        sync.reads(aFeed().withPermits(0, 10).failingAt(5, 2, TRANSIENT), limits().inBatchesOf(2));

        Run run = desk.run();

        assertThat(run)
                .is(RunState.SUCCEEDED)
                .isClosed()
                .hasAttempts("SOURCE_FAILED", "SOURCE_FAILED", "-")
                .counted(added(10));
        assertThat(run.error()).isNull();
        assertThat(desk.all("runs")).hasSize(1);
        assertThat(run.durationMs())
                .isEqualTo(
                        run.attempts().stream().mapToLong(Attempt::durationMs).sum());
    }

    @Test
    @DisplayName("C0-07, S1-12: the third failure is the last, and the run's own")
    void givesUp() {
        AtomicInteger attempts = new AtomicInteger();
        sync.does(scope -> {
            attempts.incrementAndGet();
            return Multi.createFrom().failure(TRANSIENT);
        });

        Run run = desk.run();

        assertThat(run)
                .failedWith(ErrorCode.SOURCE_FAILED)
                .isClosed()
                .hasAttempts("SOURCE_FAILED", "SOURCE_FAILED", "SOURCE_FAILED");
        assertThat(attempts).hasValue(3);
        assertThat(desk.all("runs")).hasSize(1);
    }

    @Test
    @DisplayName("S1-13: what cannot be helped is not tried again")
    void doesNotRetryInVain() {
        sync.reads(aFeed().withPermits(0, 10).failingAt(5, 9, LASTING));

        assertThat(desk.run()).failedWith(ErrorCode.FEED_TRUNCATED).hasAttempts("FEED_TRUNCATED");
    }

    @Test
    @DisplayName("S1-06: a second attempt that fails before its first batch leaves the counts of the first")
    void keepsCountsOverAttempts() {
        Feed feed = aFeed().withPermits(0, 10).failingAt(5, 1, TRANSIENT);
        sync.does(scope -> scope.run().attempt() == 1
                ? sync.ingest(scope, feed, limits().inBatchesOf(2))
                : Multi.createFrom().failure(LASTING));

        assertThat(desk.run())
                .failedWith(ErrorCode.FEED_TRUNCATED)
                .hasAttempts("SOURCE_FAILED", "FEED_TRUNCATED")
                .counted(added(4));
    }

    @Test
    @DisplayName("C0-07: Retry-After is honoured; a manual trigger starts the waiting attempt now, others are refused")
    void hurriesAWaitingRun() {
        // Given
        Duration hour = Duration.ofHours(1);
        SyncException later = new SyncException(ErrorCode.SOURCE_RATE_LIMITED, "slow down", null, hour);
        sync.reads(aFeed().withPermits(0, 3).failingAt(1, 1, later));
        Run waiting = desk.await(desk.start(Mode.live).run(), run -> run.state() == RunState.RETRY_WAIT);
        assertThat(waiting.nextAttemptAt())
                .isEqualTo(waiting.attempts().get(0).endedAt().plus(hour));

        // When
        StartResult scheduled = desk.start(Trigger.Kind.scheduled, Mode.live);
        StartResult otherWork = desk.start(Mode.dry_run);
        StartResult manual = desk.start(Mode.live);

        // Then
        assertThat(scheduled).isInstanceOf(StartResult.Refused.class);
        assertThat(otherWork).isInstanceOf(StartResult.Refused.class);
        assertThat(manual).isInstanceOf(StartResult.Started.class);
        assertThat(manual.run().id()).isEqualTo(waiting.id());
        assertThat(desk.awaitEnd(waiting)).is(RunState.SUCCEEDED).hasAttempts("SOURCE_RATE_LIMITED", "-");
        assertThat(desk.all("runs")).hasSize(1);
    }

    @Test
    @DisplayName("C0-07: a retry outlives the process that planned it")
    void takesARetryThatAnotherProcessLeft() {
        sync.reads(aFeed().withPermits(0, 3));
        Run queued = RunMaker.aQueuedRun("run-of-another", ScriptedSync.SYNC);
        Run running = queued.startedBy("gone/1", Instant.now());
        Run waiting = running.retryAt(Instant.now(), RunMaker.FAILURE, Progress.NONE, Instant.now(), RunMaker.MINUTE);

        keep(queued, running, waiting);

        assertThat(desk.awaitEnd(waiting)).is(RunState.SUCCEEDED).hasAttempts("SOURCE_FAILED", "-");
    }

    @Test
    @DisplayName("S1-33: the run of a process that is gone is taken over when its lease is over")
    void takesOverASilentRun() {
        sync.reads(aFeed().withPermits(0, 3));
        Run queued = RunMaker.aQueuedRun("run-of-another", ScriptedSync.SYNC);
        Run running = queued.startedBy("gone/1", Instant.now());

        keep(queued, running);

        Run taken = desk.awaitEnd(running);
        assertThat(taken).is(RunState.SUCCEEDED).hasAttempts("INTERRUPTED", "-").counted(added(3));
    }

    @Test
    @DisplayName("S1-33: a run whose processes died three times is closed as interrupted")
    void closesARunThatKillsItsProcesses() {
        Run queued = RunMaker.aQueuedRun("run-of-another", ScriptedSync.SYNC);
        Run first = queued.startedBy("gone/1", Instant.now());
        Run second = first.startedBy("gone/2", Instant.now());
        Run third = second.startedBy("gone/3", Instant.now());

        keep(queued, first, second, third);

        assertThat(desk.awaitEnd(third))
                .failedWith(ErrorCode.INTERRUPTED)
                .isClosed()
                .hasAttempts("INTERRUPTED", "INTERRUPTED", "INTERRUPTED");
    }

    private void keep(Run first, Run... next) {
        Duration patience = Duration.ofSeconds(20);
        assertThat(store.insert(first).await().atMost(patience)).isTrue();
        Run last = first;
        for (Run run : next) {
            last = store.save(last, run).await().atMost(patience);
        }
    }

    // --- stops

    @Test
    @DisplayName("C0-06: cancel takes effect within a second, and the counts are those of the rows that are stored")
    void cancels() {
        // Given
        sync.reads(aFeed().withPermits(0, 5_000).whenWriting(RunLifeTest::linger), limits().inBatchesOf(50, 2));
        Run run = desk.start(Mode.live).run();
        desk.await(run, now -> now.progress().counts().read() > 100);

        // When
        desk.cancel(run);
        Run ended = desk.awaitEnd(run);

        // Then
        assertThat(ended).is(RunState.CANCELLED).isClosed().addsUp();
        assertThat(Duration.between(ended.cancel().at(), ended.completedAt())).isLessThan(Duration.ofSeconds(1));
        assertThat(ended).counted(added(desk.rows().size()));
        assertThat(desk.rows()).hasSizeLessThan(5_000);
    }

    private static void linger(long row) {
        if (row % 50 == 0) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    @DisplayName("C0-06: cancel during a sweep stops between two lists, and tells how many rows are absent")
    void cancelsASweep() {
        // Given
        sync.reads(aFeed().withPermits(0, 3_000));
        desk.run();
        AtomicReference<Run> sweeping = new AtomicReference<>();
        sync.writesTo(Interposed.on(database.collection(ScriptedSync.ROWS))
                .afterWrite(call -> {
                    if (call == 1) {
                        desk.cancel(sweeping.get());
                    }
                })
                .rows());
        Feed shrunk = aFeed().withPermits(0, 1_500);
        sync.does(scope -> {
            sweeping.set(scope.run());
            return sync.ingest(scope, shrunk, limits().withFloorShare(0).holdingFrom(1.1));
        });

        // When
        Run run = desk.run();

        // Then
        assertThat(run).is(RunState.CANCELLED).counted(Counts.unchanged(1_500).andAbsent(500));
        assertThat(desk.find(ScriptedSync.ROWS, Filters.exists("absent_since"))).hasSize(500);
        assertThat(desk.changesOf(run)).hasSize(500);
    }

    @Test
    @DisplayName("C0-06: a run that waits is cancelled at once")
    void cancelsAWaitingRun() {
        Duration hour = Duration.ofHours(1);
        sync.does(scope ->
                Multi.createFrom().failure(new SyncException(ErrorCode.SOURCE_RATE_LIMITED, "slow down", null, hour)));
        Run waiting = desk.await(desk.start(Mode.live).run(), run -> run.state() == RunState.RETRY_WAIT);

        Run ended = desk.cancel(waiting);

        assertThat(ended).is(RunState.CANCELLED).isClosed().hasAttempts("SOURCE_RATE_LIMITED");
        assertThat(desk.stored(waiting)).is(RunState.CANCELLED);
    }

    @Test
    void endsAnAttemptThatTakesTooLong() {
        sync.limitTo(Duration.ofMillis(300));
        sync.does(scope -> Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(new Progress("reading", new Tally(1, 0, 0, 1, 0, 0, 0), 9, null)),
                        scope.stop().onItem().transformToMulti(stopped -> Multi.createFrom()
                                .empty())));

        assertThat(desk.run())
                .failedWith(ErrorCode.SYNC_TIMEOUT)
                .hasAttempts("SYNC_TIMEOUT", "SYNC_TIMEOUT", "SYNC_TIMEOUT")
                .counted(Counts.unchanged(1));
    }
}
