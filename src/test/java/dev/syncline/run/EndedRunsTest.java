package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Leader;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;

/** What follows the end of a run: each end once, also over a change of the process that does it. */
@QuarkusTest
@TestProfile(EndedRunsTest.NobodyLooks.class)
class EndedRunsTest {
    /** The application's own tail rests, so that only these tests follow. */
    public static class NobodyLooks extends CoreProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("quarkus.scheduler.start-mode", "halted");
            return overrides;
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SyncException TRANSIENT = new SyncException(ErrorCode.SOURCE_FAILED, "the source said 500");
    private static final SyncException LASTING = new SyncException(ErrorCode.FEED_TRUNCATED, "ends at byte 700");

    @Inject
    RunDesk desk;

    @Inject
    RunStore store;

    @Inject
    ScriptedSync sync;

    @Inject
    DeadLetters letters;

    @Inject
    Leader leader;

    @Inject
    MongoDatabase database;

    private final List<String> followed = new ArrayList<>();

    @BeforeEach
    void clear() {
        desk.clear(sync);
        empty("dead_letters");
        sync.does(scope -> Multi.createFrom().item(new Progress(Progress.FINISHED, Tally.NONE, 0, null)));
    }

    @Test
    @DisplayName("S1-14: after the third failure one dead letter, with payload, attempts, last error and times")
    void aRunThatWasGivenUpIsADeadLetter() {
        // Given
        sync.does(scope -> Multi.createFrom().failure(TRANSIENT));

        // When
        EndedRuns tail = new EndedRuns(store, List.of(letters), leader);
        tail.follow().await().atMost(PATIENCE);
        Run run = desk.run(Mode.dry_run);
        tail.follow().await().atMost(PATIENCE);

        // Then
        Document letter = desk.all("dead_letters").get(0);
        assertThat(letter.getString("_id")).isEqualTo(run.id());
        assertThat(letter.getString("sync")).isEqualTo(ScriptedSync.SYNC);
        assertThat(letter.getString("state")).isEqualTo("OPEN");
        assertThat(letter.get("payload", Document.class).getString("mode")).isEqualTo("dry_run");
        assertThat(letter.get("payload", Document.class)
                        .get("trigger", Document.class)
                        .getString("actor"))
                .isEqualTo("tester");
        assertThat(letter.getList("attempts", Document.class)).hasSize(3).allSatisfy(attempt -> assertThat(attempt)
                .containsKeys("startedAt", "endedAt", "error"));
        assertThat(letter.get("error", Document.class).getString("code")).isEqualTo("SOURCE_FAILED");
        assertThat(letter.getDate("failedAt").toInstant()).isEqualTo(run.completedAt());

        // And when another process passes by the same run
        new EndedRuns(store, List.of(letters), leader).follow().await().atMost(PATIENCE);
        assertThat(desk.all("dead_letters")).hasSize(1);
    }

    @Test
    @DisplayName("S1-13, S1-14: a run that no attempt could have mended leaves no dead letter")
    void aLastingFailureLeavesNone() {
        // Given
        EndedRuns tail = new EndedRuns(store, List.of(letters, this::note), leader);
        tail.follow().await().atMost(PATIENCE);
        sync.does(scope -> Multi.createFrom().failure(LASTING));

        // When
        Run run = desk.run();
        tail.follow().await().atMost(PATIENCE);

        // Then
        assertThat(followed).containsExactly(run.id());
        assertThat(desk.all("dead_letters")).isEmpty();
    }

    @Test
    void whatEndedWhileNobodyLookedIsFollowedOnceByTheNextProcess() {
        // Given
        EndedRuns first = tail();
        Run one = desk.run();
        first.follow().await().atMost(PATIENCE);
        Run two = desk.run();
        assertThat(followed).containsExactly(one.id());

        // When another process takes over
        tail().follow().await().atMost(PATIENCE);
        first.follow().await().atMost(PATIENCE);

        // Then
        assertThat(followed).containsExactly(one.id(), two.id());
    }

    @Test
    void whatFollowsLeavesTheRunAsItEnded() {
        Run run = desk.run();
        long version = desk.stored(run).version();
        Instant changed = desk.stored(run).updatedAt();

        tail().follow().await().atMost(PATIENCE);

        assertThat(desk.stored(run).version()).isEqualTo(version);
        assertThat(desk.stored(run).updatedAt()).isEqualTo(changed);
        assertThat(desk.find("runs", Filters.exists("toFollow"))).isEmpty();
    }

    @Test
    void noClockHidesAnEnd() {
        // Given: the database's clock goes back an hour between two ends
        tail().follow().await().atMost(PATIENCE);
        Run one = desk.run();
        tail().follow().await().atMost(PATIENCE);
        Run two = desk.run();
        var unused = database.collection("runs")
                .updateOne(
                        Filters.eq("_id", two.id()),
                        Updates.set("updatedAt", one.queuedAt().minus(Duration.ofHours(1))))
                .await()
                .atMost(PATIENCE);

        // When
        tail().follow().await().atMost(PATIENCE);

        // Then
        assertThat(followed).containsExactly(one.id(), two.id());
    }

    @Test
    void aFailureOfOneCostsTheOthersNothingAndComesAgain() {
        // Given
        boolean[] broken = {true};
        RunFollowUp breaking = run -> {
            if (broken[0]) {
                throw new IllegalStateException("what follows is broken");
            }
            followed.add("mended " + run.id());
            return Uni.createFrom().voidItem();
        };
        EndedRuns tail = new EndedRuns(store, List.of(breaking, this::note), leader);
        Run run = desk.run();
        Run next = desk.run();

        // When
        tail.follow().await().atMost(PATIENCE);

        // Then
        assertThat(followed).containsExactly(run.id(), next.id());

        // And when it works again
        followed.clear();
        broken[0] = false;
        tail.follow().await().atMost(PATIENCE);
        assertThat(followed).contains("mended " + run.id(), "mended " + next.id());
        followed.clear();
        tail.follow().await().atMost(PATIENCE);
        assertThat(followed).isEmpty();
    }

    @Test
    void whatFailsForGoodIsLeftAtThat() {
        // Given
        AtomicInteger calls = new AtomicInteger();
        RunFollowUp broken = run -> {
            calls.incrementAndGet();
            return Uni.createFrom().failure(new IllegalStateException("broken for good"));
        };
        EndedRuns tail = new EndedRuns(store, List.of(broken), leader);
        desk.run();

        // When
        for (int look = 0; look < 70; look++) {
            tail.follow().await().atMost(PATIENCE);
        }

        // Then
        assertThat(calls).hasValue(60);
    }

    @Test
    void aRunComesAgainForAsLongAsTheDatabaseIsAway() {
        // Given
        boolean[] away = {true};
        RunFollowUp stumbling =
                run -> away[0] ? Uni.createFrom().failure(new MongoTimeoutException("away")) : note(run);
        EndedRuns tail = new EndedRuns(store, List.of(stumbling), leader);
        Run run = desk.run();
        for (int look = 0; look < 70; look++) {
            tail.follow().await().atMost(PATIENCE);
        }
        assertThat(followed).isEmpty();

        // When
        away[0] = false;
        tail.follow().await().atMost(PATIENCE);

        // Then
        assertThat(followed).containsExactly(run.id());
    }

    private EndedRuns tail() {
        return new EndedRuns(store, List.of(this::note), leader);
    }

    private Uni<Void> note(Run run) {
        followed.add(run.id());
        return Uni.createFrom().voidItem();
    }

    private void empty(String collection) {
        var unused = database.collection(collection)
                .deleteMany(new Document())
                .await()
                .atMost(PATIENCE);
    }
}
