package dev.syncline.ingest;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
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
import dev.syncline.run.Run;
import dev.syncline.run.RunDesk;
import dev.syncline.run.RunState;
import dev.syncline.run.ScriptedSync;

import static dev.syncline.ingest.Feed.aFeed;
import static dev.syncline.ingest.Feed.numbered;
import static dev.syncline.ingest.Limits.limits;
import static dev.syncline.run.RunAssert.Counts.added;
import static dev.syncline.run.RunAssert.Counts.unchanged;
import static dev.syncline.run.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An attempt that dies between two writes, and the one after it. The second knows the first by the run's id alone, as another
 * process would.
 */
@QuarkusTest
@TestProfile(CoreProfile.class)
class RepeatedAttemptTest {
    private static final List<String> OWN = List.of("_id", "run", "at", "added_by", "changed_by", "changed_at");

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    @Inject
    MongoDatabase database;

    @BeforeEach
    void storeAFeed() {
        desk.clear(sync);
        sync.reads(aFeed().withPermits(0, 60));
        desk.run();
    }

    /** Added, updated, unchanged, rejected, twice and gone; in six batches, so the sweep's write is the seventh. */
    private static Feed nextFeed() {
        Feed feed = aFeed();
        for (int i = 0; i < 55; i++) {
            feed = feed.with(i % 5 == 0 ? numbered(i).withStatus("Closed").with("WORK", "New") : numbered(i));
        }
        return feed.with(numbered(100), numbered(101))
                .with(numbered(102).numbered(2), numbered(102).numbered(1))
                .withBroken(ErrorCode.ROW_NOT_OBJECT);
    }

    static Stream<Arguments> deaths() {
        return Stream.of(1, 2, 3, 4, 5, 6, 7)
                .flatMap(write -> Stream.of(Arguments.of("before", write), Arguments.of("after", write)));
    }

    @ParameterizedTest(name = "it dies {0} write {1}")
    @MethodSource("deaths")
    @DisplayName(
            "C0-04, C0-10: what a killed attempt left undone is done once: counts true, no row, history or rejection"
                    + " lost or doubled")
    void secondAttemptCompletesTheFirst(String when, int write) {
        // Given what an undisturbed run makes of it
        sync.reads(nextFeed(), limits().inBatchesOf(10));
        Run undisturbed = desk.run();
        List<Document> rows = without(desk.rows());
        List<Document> history = without(desk.changesOf(undisturbed));
        List<Document> rejections = without(desk.all("rejections"));
        assertThat(undisturbed)
                .counted(added(3).andUpdated(11)
                        .andUnchanged(44)
                        .andRejected(1)
                        .andDuplicates(1)
                        .andAbsent(5));
        storeAFeed();
        sync.reads(nextFeed(), limits().inBatchesOf(10));

        // When
        dying(when, write);
        Run run = desk.run();

        // Then
        assertThat(run).hasAttempts("INTERNAL_ERROR", "-");
        assertThat(run.progress().counts()).isEqualTo(undisturbed.progress().counts());
        assertThat(without(desk.rows())).isEqualTo(rows);
        assertThat(without(desk.changesOf(run))).isEqualTo(history);
        assertThat(without(desk.all("rejections"))).isEqualTo(rejections);
    }

    private void dying(String when, int write) {
        Interposed collection = Interposed.on(database.collection(ScriptedSync.ROWS));
        sync.writesTo((when.equals("before")
                        ? collection.beforeWrite(call -> dieAt(write, call))
                        : collection.afterWrite(call -> dieAt(write, call)))
                .rows());
    }

    private static void dieAt(int write, int call) {
        if (call == write) {
            throw new IllegalStateException("the process ends here");
        }
    }

    /** What differs from run to run, and the times of the runs. */
    private static List<Document> without(List<Document> documents) {
        UnaryOperator<Document> kept = document -> {
            Document copy = new Document(document);
            OWN.forEach(copy::remove);
            List.of("first_seen_at", "last_seen_at").forEach(copy::remove);
            copy.computeIfPresent("absent_since", (field, since) -> "set");
            return copy;
        };
        return documents.stream().map(kept).toList();
    }

    @Test
    @DisplayName(
            "S1-27: what the first attempt told and did not write is taken back when the second finds it otherwise")
    void takesBackWhatDidNotHappen() {
        // Given
        Feed changed = aFeed().with(numbered(0).withStatus("Closed")).withPermits(1, 60);
        Feed corrected = aFeed().withPermits(0, 60);
        dying("before", 1);
        sync.does(scope -> sync.ingest(scope, scope.run().attempt() == 1 ? changed : corrected, limits()));

        // When
        Run run = desk.run();

        // Then
        assertThat(run)
                .is(RunState.SUCCEEDED)
                .hasAttempts("INTERNAL_ERROR", "-")
                .counted(unchanged(60));
        assertThat(desk.changesOf(run)).isEmpty();
    }

    @Test
    @DisplayName("C0-10: rejections of the first attempt that the second does not meet are gone")
    void forgetsRejectionsThatWereCorrected() {
        Feed bad = aFeed().withPermits(0, 59).withBroken(ErrorCode.ROW_NOT_OBJECT);
        Feed corrected = aFeed().withPermits(0, 60);
        sync.does(scope -> scope.run().attempt() == 1
                ? sync.ingest(scope, bad, limits())
                        .onCompletion()
                        .failWith(new SyncException(ErrorCode.SOURCE_FAILED, "too late"))
                : sync.ingest(scope, corrected, limits()));

        assertThat(desk.run()).hasAttempts("SOURCE_FAILED", "-").is(RunState.SUCCEEDED);
        assertThat(desk.all("rejections")).isEmpty();
    }
}
