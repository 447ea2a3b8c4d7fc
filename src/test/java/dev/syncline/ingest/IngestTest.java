package dev.syncline.ingest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SentCommands;
import dev.syncline.platform.ErrorCode;
import dev.syncline.run.CoreProfile;
import dev.syncline.run.Run;
import dev.syncline.run.RunDesk;
import dev.syncline.run.RunState;
import dev.syncline.run.ScriptedSync;

import static dev.syncline.ingest.Feed.aFeed;
import static dev.syncline.ingest.Feed.numbered;
import static dev.syncline.ingest.Limits.limits;
import static dev.syncline.ingest.PermitRow.permit;
import static dev.syncline.run.RunAssert.Counts.added;
import static dev.syncline.run.RunAssert.Counts.none;
import static dev.syncline.run.RunAssert.Counts.unchanged;
import static dev.syncline.run.RunAssert.Counts.updated;
import static dev.syncline.run.RunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

@QuarkusTest
@TestProfile(CoreProfile.class)
class IngestTest {
    private static final PermitRow LANEWAY = permit("21 100 BLD");
    private static final PermitRow GARAGE = permit("21 200 BLD").withStatus("Permit Issued");
    private static final String LANEWAY_KEY = "21 100 BLD--00";

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    @BeforeEach
    void clear() {
        desk.clear(sync);
    }

    // --- batches

    @Test
    @DisplayName("S1-08: 12,000 records at a batch of 5000 are 5000, 5000 and 2000")
    void splitsByCount() {
        List<Long> readAfterBatch = new CopyOnWriteArrayList<>();
        Feed feed = aFeed().withPermits(0, 12_000);
        sync.does(scope -> sync.ingest(scope, feed, limits().inBatchesOf(5_000))
                .invoke(progress -> readAfterBatch.add(progress.counts().read())));

        Run run = desk.run();

        assertThat(run).is(RunState.SUCCEEDED).counted(added(12_000));
        assertThat(readAfterBatch.stream().filter(read -> read > 0).distinct())
                .containsExactly(5_000L, 10_000L, 12_000L);
    }

    @Test
    void splitsByBytes() {
        long bytes = LANEWAY.toString().length();
        sync.reads(
                aFeed().with(LANEWAY, GARAGE).withPermits(0, 4),
                limits().inBatchesOf(1_000).inBatchesOfBytes(2 * bytes));

        var writes = SentCommands.writesTo(
                ScriptedSync.ROWS, () -> assertThat(desk.run()).counted(added(6)));

        assertThat(writes)
                .extracting(write -> write.getArray("documents").size())
                .containsExactly(2, 2, 2);
    }

    // --- what is stored

    @Test
    void storesWhatWasMapped() {
        sync.reads(aFeed().with(LANEWAY.with("EST_CONST_COST", "90,000.00").with("ISSUED_DATE", "20220405000000")));

        Run run = desk.run();

        Document row = desk.row(LANEWAY_KEY);
        assertThat(row)
                .containsEntry("permit_num", "21 100 BLD")
                .containsEntry("status", "Inspection")
                .containsEntry("issued_date", "2022-04-05")
                .containsEntry("first_seen_at", Date.from(run.startedAt()))
                .containsEntry("added_by", run.id())
                .containsEntry("changed_by", run.id())
                .doesNotContainKeys("absent_since", "last_seen_at");
        assertThat(row.get("est_const_cost", Decimal128.class).bigDecimalValue())
                .isEqualByComparingTo("90000");
        assertThat(row.getString("data_hash")).matches("[0-9a-f]{64}");
    }

    @Test
    @DisplayName("S1-10: the same feed again is all unchanged, tells no history and writes no row")
    void writesNothingWhenNothingChanged() {
        // Given
        sync.reads(aFeed().withPermits(0, 250), limits().inBatchesOf(100));
        assertThat(desk.run()).counted(added(250));
        List<Document> before = desk.rows();

        // When
        var writes = new ArrayList<>(SentCommands.writesTo(
                ScriptedSync.ROWS, () -> assertThat(desk.run()).counted(unchanged(250))));
        writes.addAll(
                SentCommands.writesTo("changes", () -> assertThat(desk.run()).counted(unchanged(250))));

        // Then
        assertThat(writes).isEmpty();
        assertThat(desk.rows()).isEqualTo(before);
        assertThat(desk.all("changes")).isEmpty();
    }

    @Test
    @DisplayName("S1-27: an insert tells no history; an update one entry for each field, with run, old and new value")
    void tellsWhatChanged() {
        // Given
        PermitRow before = LANEWAY.with("EST_CONST_COST", "6000").with("DESCRIPTION", "laneway suite");
        sync.reads(aFeed().with(before, GARAGE));
        assertThat(desk.changesOf(desk.run())).isEmpty();
        Document first = desk.row(LANEWAY_KEY);

        // When
        PermitRow after = before.withStatus("Closed")
                .with("EST_CONST_COST", "7,500.50")
                .without("DESCRIPTION")
                .numbered(99);
        sync.reads(aFeed().with(after, GARAGE));
        Run run = desk.run();

        // Then
        assertThat(run).is(RunState.SUCCEEDED).counted(updated(1).andUnchanged(1));
        assertThat(desk.changesOf(run))
                .extracting(c -> c.getString("field"), c -> c.getString("from"), c -> c.getString("to"))
                .containsExactly(
                        tuple("description", "laneway suite", null),
                        tuple("est_const_cost", "6000", "7500.5"),
                        tuple("status", "Inspection", "Closed"));
        assertThat(desk.changesOf(run)).allSatisfy(change -> assertThat(change)
                .containsEntry("key", LANEWAY_KEY)
                .containsEntry("kind", "updated")
                .containsEntry("sync", ScriptedSync.SYNC)
                .containsKey("at"));
        assertThat(desk.row(LANEWAY_KEY))
                .doesNotContainKey("description")
                .containsEntry("first_seen_at", first.get("first_seen_at"))
                .containsEntry("added_by", first.get("added_by"))
                .containsEntry("changed_by", run.id());
    }

    @Test
    @DisplayName("S1-27: fields that others keep on a row are no part of the history, and stay")
    void leavesEnrichmentAlone() {
        sync.reads(aFeed().with(LANEWAY));
        desk.run();
        desk.set(LANEWAY_KEY, "latitude", 43.65);

        sync.reads(aFeed().with(LANEWAY.withStatus("Closed")));
        Run run = desk.run();

        assertThat(desk.changesOf(run))
                .extracting(change -> change.getString("field"))
                .containsExactly("status");
        assertThat(desk.row(LANEWAY_KEY)).containsEntry("latitude", 43.65);
    }

    // --- one key, several rows

    @Test
    @DisplayName("S1-28: a key that stands several times is stored once, as its highest _id has it, in any order")
    void highestNumberWins() {
        List<PermitRow> rows = new ArrayList<>(IntStream.rangeClosed(1, 6)
                .mapToObj(number -> LANEWAY.numbered(number).withStatus("Status " + number))
                .toList());
        for (long seed = 0; seed < 6; seed++) {
            Collections.shuffle(rows, new Random(seed));
            sync.reads(aFeed().with(GARAGE).with(rows.toArray(PermitRow[]::new)), limits().inBatchesOf(2, 3));

            assertThat(desk.run())
                    .counted((seed == 0 ? added(2) : unchanged(2)).andDuplicates(5))
                    .is(RunState.SUCCEEDED);
            assertThat(desk.row(LANEWAY_KEY)).containsEntry("status", "Status 6");
        }
        assertThat(desk.all("changes")).isEmpty();
    }

    @Test
    @DisplayName("S1-28: where the winner is rejected, none of its key is taken in its place")
    void rejectedWinnerHasNoSubstitute() {
        sync.reads(aFeed().with(GARAGE, LANEWAY.numbered(1), LANEWAY.numbered(2).with("STATUS", List.of())));

        assertThat(desk.run())
                .is(RunState.PARTIAL)
                .counted(added(1).andRejected(1).andDuplicates(1));
        assertThat(desk.rows()).hasSize(1);
    }

    // --- feeds that cannot be believed

    @Test
    @DisplayName("S1-29: a feed without a critical column fails before any write and names the column")
    void namesTheMissingColumn() {
        sync.reads(aFeed().with(LANEWAY.without("STATUS").without("STREET_NAME"), GARAGE.without("STATUS")));

        Run run = desk.run();

        assertThat(run).failedWith(ErrorCode.FEED_COLUMN_MISSING).counted(none());
        assertThat(run.error().message()).contains("STATUS").doesNotContain("STREET_NAME");
        assertThat(desk.rows()).isEmpty();
    }

    @Test
    @DisplayName("S1-30: fewer rows than 80 % of the last complete run fail; nothing is written or closed")
    void refusesAShrunkFeed() {
        // Given
        sync.reads(aFeed().withPermits(0, 100));
        desk.run();
        List<Document> before = desk.rows();

        // When
        sync.reads(aFeed().withPermits(0, 79));
        Run shrunk = desk.run();

        // Then
        assertThat(shrunk).failedWith(ErrorCode.FEED_SHRUNK).counted(none());
        assertThat(shrunk.error().message()).contains("79 records, at least 80");
        assertThat(desk.rows()).isEqualTo(before);

        // And the failed run is nobody's measure; 80 are believed, though too few to sweep without a word
        sync.reads(aFeed().withPermits(0, 80));
        assertThat(desk.run()).is(RunState.PARTIAL).counted(unchanged(80).andAbsent(20));
    }

    @Test
    @DisplayName("S1-30: rows that repeat a key raise no floor, and lift no feed over it")
    void countsEachKeyOnceForTheFloor() {
        sync.reads(aFeed().withPermits(0, 100).withPermits(0, 100));
        desk.run();

        sync.reads(aFeed().withPermits(0, 79).withPermits(0, 79));
        Run shrunk = desk.run();
        assertThat(shrunk).failedWith(ErrorCode.FEED_SHRUNK).counted(none());
        assertThat(shrunk.error().message()).contains("79 records, at least 80");

        sync.reads(aFeed().withPermits(0, 100));
        assertThat(desk.run()).is(RunState.SUCCEEDED).counted(unchanged(100));
    }

    @Test
    @DisplayName("S1-30: an absolute floor holds from the first run on")
    void refusesAFeedUnderTheFloor() {
        sync.reads(aFeed().withPermits(0, 9), limits().withFloorRows(10));
        assertThat(desk.run()).failedWith(ErrorCode.FEED_SHRUNK).counted(none());

        sync.reads(aFeed().withPermits(0, 10), limits().withFloorRows(10));
        assertThat(desk.run()).counted(added(10));
    }

    @Test
    void noticesAFeedThatChangesWhileItIsRead() {
        Feed checked = aFeed().withPermits(0, 10);
        Feed written = aFeed().withPermits(0, 5).with(numbered(77)).withPermits(6, 10);
        sync.reads(
                columns -> columns.isEmpty() ? written.open(columns) : checked.open(columns), limits().inBatchesOf(2));

        Run run = desk.run();

        assertThat(run).failedWith(ErrorCode.SOURCE_CHANGED).counted(added(4));
        assertThat(desk.rows()).hasSize(4);
    }

    // --- rejected rows

    @Test
    @DisplayName("S1-11: one bad record is set aside, all others are stored, and the run is complete")
    void oneBadRecord() {
        sync.reads(aFeed().with(LANEWAY).withBroken(ErrorCode.ROW_MALFORMED).with(GARAGE));

        assertThat(desk.run()).is(RunState.PARTIAL).counted(added(2).andRejected(1));
        assertThat(desk.rows()).hasSize(2);
    }

    @Test
    void oneBadRecordOfTwoDoesNotFailTheRun() {
        sync.reads(aFeed().with(LANEWAY, permit(" ")));

        assertThat(desk.run()).is(RunState.PARTIAL).counted(added(1).andRejected(1));
    }

    @Test
    @DisplayName("S1, pitfall 9: a run that took no record at all fails")
    void failsWhenAllAreRejected() {
        sync.reads(aFeed().with(permit(" "), permit("")));
        assertThat(desk.run()).failedWith(ErrorCode.TOO_MANY_REJECTED).counted(none().andRejected(2));

        sync.reads(aFeed().with(LANEWAY.numbered(1), LANEWAY.numbered(2).with("STATUS", List.of())));
        assertThat(desk.run())
                .failedWith(ErrorCode.TOO_MANY_REJECTED)
                .counted(none().andRejected(1).andDuplicates(1));
    }

    @Test
    @DisplayName("S1, pitfall 9: too large a share of rejected records fails the run, before it sweeps")
    void failsWhenTooManyAreRejected() {
        // Given
        sync.reads(aFeed().withPermits(0, 300));
        desk.run();

        // When
        Feed bad = aFeed().withPermits(0, 270);
        for (int i = 0; i < 30; i++) {
            bad = bad.with(permit(" "));
        }
        sync.reads(bad, limits().allowingRejected(29, 0.1));
        Run tooMany = desk.run();
        sync.reads(bad, limits().allowingRejected(30, 0.1));
        Run allowed = desk.run();

        // Then
        assertThat(tooMany)
                .failedWith(ErrorCode.TOO_MANY_REJECTED)
                .counted(unchanged(270).andRejected(30));
        assertThat(tooMany.error().message()).isEqualTo("30 of 300 records were rejected");
        assertThat(desk.find(ScriptedSync.ROWS, Filters.exists("absent_since"))).isEmpty();
        assertThat(allowed)
                .is(RunState.PARTIAL)
                .counted(unchanged(270).andRejected(30).andAbsent(30));
    }

    @Test
    void stopsReadingAFeedThatIsAllBad() {
        Feed bad = aFeed().withPermits(0, 5);
        for (int i = 0; i < 3_000; i++) {
            bad = bad.withBroken(ErrorCode.ROW_MALFORMED);
        }
        sync.reads(bad, limits().inBatchesOf(100));

        Run run = desk.run();

        assertThat(run).failedWith(ErrorCode.TOO_MANY_REJECTED).addsUp();
        assertThat(run.progress().counts().read()).isBetween(1_000L, 1_200L);
    }

    @Test
    void rowThatTheFeedStillHoldsButCannotBeReadIsNotAbsent() {
        sync.reads(aFeed().withPermits(0, 20));
        desk.run();

        sync.reads(aFeed().withPermits(0, 19).with(numbered(19).with("STATUS", List.of("a"))));

        assertThat(desk.run())
                .is(RunState.PARTIAL)
                .counted(unchanged(19).andRejected(1))
                .warnsOf();
    }

    @Test
    void absenceIsInDoubtWhenARecordHasNoKey() {
        sync.reads(aFeed().withPermits(0, 20));
        desk.run();

        sync.reads(aFeed().withPermits(0, 19).withBroken(ErrorCode.ROW_ENCODING));

        assertThat(desk.run())
                .counted(unchanged(19).andRejected(1).andAbsent(1))
                .warnsOf("SWEEP_HELD");
    }
}
