package dev.syncline.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SentCommands;
import dev.syncline.platform.ErrorCode;
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
import static dev.syncline.run.RunAssert.Counts.unchanged;
import static dev.syncline.run.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** One permit of twenty, on its way out of the feed and back. */
@QuarkusTest
@TestProfile(CoreProfile.class)
class AbsenceTest {
    private static final String GONE = numbered(19).key();

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    private Run first;

    @BeforeEach
    void storeTwenty() {
        desk.clear(sync);
        sync.reads(aFeed().withPermits(0, 20));
        first = desk.run();
        sync.reads(aFeed().withPermits(0, 19));
    }

    @Test
    @DisplayName("S1-31: an absent permit becomes Pending Closed, once, and keeps when it was last seen")
    void becomesPendingClosed() {
        Run run = desk.run();

        assertThat(run).is(RunState.SUCCEEDED).counted(unchanged(19).andAbsent(1));
        assertThat(desk.row(GONE))
                .containsEntry("status", "Pending Closed")
                .containsEntry("absent_since", Date.from(run.startedAt()))
                .containsEntry("last_seen_at", Date.from(first.startedAt()))
                .containsEntry("changed_by", run.id());
        assertThat(history(run)).isEqualTo("absent status Inspection -> Pending Closed");

        // And the next run finds nothing new
        var writes = SentCommands.writesTo(
                ScriptedSync.ROWS,
                () -> assertThat(desk.run()).is(RunState.SUCCEEDED).counted(unchanged(19)));
        assertThat(writes).isEmpty();
    }

    @Test
    @DisplayName("S1-31: after 30 days of absence a permit is Closed, not a day before")
    void becomesClosed() {
        desk.run();

        absentFor(Duration.ofDays(29));
        desk.run();
        assertThat(desk.row(GONE)).containsEntry("status", "Pending Closed");

        absentFor(Duration.ofDays(30).plusMinutes(1));
        Run run = desk.run();

        assertThat(run).is(RunState.SUCCEEDED).counted(unchanged(19));
        assertThat(desk.row(GONE)).containsEntry("status", "Closed").containsKey("absent_since");
        assertThat(history(run)).isEqualTo("closed status Pending Closed -> Closed");
    }

    @Test
    @DisplayName("S1-31: a permit that returns gets its status back, with its history, even when it was Closed")
    void recovers() {
        // Given
        Document before = desk.row(GONE);
        desk.run();
        absentFor(Duration.ofDays(31));
        desk.run();

        // When it returns as it was
        sync.reads(aFeed().withPermits(0, 20));
        Run run = desk.run();

        // Then
        assertThat(run).counted(unchanged(19).andUpdated(1));
        assertThat(history(run)).isEqualTo("returned status Closed -> Inspection");
        Document after = desk.row(GONE);
        assertThat(after.get("changed_by")).isEqualTo(run.id());
        after.putAll(
                new Document("changed_by", before.get("changed_by")).append("changed_at", before.get("changed_at")));
        assertThat(after).isEqualTo(before);
    }

    @Test
    @DisplayName("S1-31: a dry run closes nothing")
    void isNotClosedByADryRun() {
        desk.run();
        absentFor(Duration.ofDays(31));

        desk.run(Mode.dry_run);

        assertThat(desk.row(GONE)).containsEntry("status", "Pending Closed");
    }

    @Test
    @DisplayName("S1-31: what an earlier attempt closed does not count as newly absent")
    void closedIsNotAbsentAgain() {
        desk.run();
        absentFor(Duration.ofDays(31));
        Feed feed = aFeed().withPermits(0, 19);
        sync.does(scope -> scope.run().attempt() == 1
                ? sync.ingest(scope, feed, limits())
                        .onCompletion()
                        .failWith(new SyncException(ErrorCode.SOURCE_FAILED, "too late"))
                : sync.ingest(scope, feed, limits()));

        Run run = desk.run();

        assertThat(run).hasAttempts("SOURCE_FAILED", "-").counted(unchanged(19));
        assertThat(desk.row(GONE)).containsEntry("status", "Closed");
    }

    private void absentFor(Duration time) {
        desk.set(GONE, "absent_since", Instant.now().minus(time));
    }

    private String history(Run run) {
        assertThat(desk.changesOf(run)).hasSize(1);
        Document change = desk.changesOf(run).get(0);
        return "%s %s %s -> %s"
                .formatted(change.get("kind"), change.get("field"), change.get("from"), change.get("to"));
    }
}
