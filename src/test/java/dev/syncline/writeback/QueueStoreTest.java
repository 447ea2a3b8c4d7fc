package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import com.mongodb.client.model.Filters;
import io.smallrye.mutiny.Uni;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.writeback.ItemOutcome.Failed;
import dev.syncline.writeback.ItemOutcome.Reason;
import dev.syncline.writeback.ItemOutcome.Skipped;
import dev.syncline.writeback.ItemOutcome.Written;
import dev.syncline.writeback.QueueItem.Status;
import dev.syncline.writeback.QueueStore.Closing;
import dev.syncline.writeback.QueueStore.Filter;

import static dev.syncline.writeback.QueueDesk.await;
import static dev.syncline.writeback.QueueDesk.change;
import static dev.syncline.writeback.QueueDesk.failed;
import static dev.syncline.writeback.QueueDesk.records;
import static dev.syncline.writeback.QueueDesk.skipped;
import static dev.syncline.writeback.QueueDesk.upTo;
import static dev.syncline.writeback.QueueDesk.update;
import static dev.syncline.writeback.QueueDesk.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** Against the database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueStoreTest {
    private static final Filter ALL = new Filter(null, null, null);

    private QueueDesk desk;
    private QueueStore store;

    @BeforeAll
    void open() {
        desk = new QueueDesk();
        store = desk.store();
    }

    @AfterAll
    void shut() {
        desk.close();
    }

    @BeforeEach
    void clear() {
        var unused =
                await(desk.own().database().collection(QueueStore.COLLECTION).deleteMany(new Document()));
    }

    // --- enqueue

    @Test
    @DisplayName("what is queued waits, due at once, by the database's clock")
    void aNewItemWaits() {
        Instant before = desk.now();
        RecordChange change =
                new RecordChange("Request", "r1", Action.CREATE, new Document("pax", 4), "robot", "request-7");

        QueueItem item = desk.enqueue(change).get(0);

        Instant after = desk.now();
        assertThat(item).isEqualTo(desk.get(item));
        assertThat(item.liveFor()).isEqualTo("Request/r1");
        assertThat(item.status()).isEqualTo(Status.PENDING);
        assertThat(item.action()).isEqualTo(Action.CREATE);
        assertThat(item.payload()).isEqualTo(new Document("pax", 4));
        assertThat(item.changes()).isEqualTo(1);
        assertThat(item.retries()).isZero();
        assertThat(item.maxRetries()).isEqualTo(3);
        assertThat(item.actor()).isEqualTo("robot");
        assertThat(item.requestId()).isEqualTo("request-7");
        assertThat(item.createdAt()).isBetween(before, after).isEqualTo(item.changedAt());
        assertThat(item.nextAttemptAt()).isEqualTo(item.createdAt());
    }

    @Test
    @DisplayName(
            "S2-23: several pending changes of a record are one item, which keeps its place and the newest payload")
    void changesOfARecordAreOneItem() {
        QueueItem first = desk.enqueue(update("r1")).get(0);
        desk.enqueue(update("r2"));

        QueueItem again = desk.enqueue(
                        new RecordChange("Request", "r1", Action.UPDATE, new Document("pax", 5), "robot", "q2"))
                .get(0);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.changes()).isEqualTo(2);
        assertThat(again.createdAt()).isEqualTo(first.createdAt());
        assertThat(again.payload()).isEqualTo(new Document("pax", 5));
        assertThat(again.actor()).isEqualTo("robot");
        assertThat(records(desk.claim("a", 10))).containsExactly("r1", "r2");
    }

    @Test
    @DisplayName("S2-23: changes of one request land in their order, and each gets its record's item")
    void changesOfARequestLandInTheirOrder() {
        List<QueueItem> items = desk.enqueue(
                change(Action.CREATE, "r1"), update("r2"), update("r1"), change(Action.DELETE, "r2"), update("r3"));

        assertThat(records(items)).containsExactly("r1", "r2", "r1", "r2", "r3");
        assertThat(items.get(0)).isEqualTo(items.get(2));
        assertThat(desk.of("r1").action()).isEqualTo(Action.CREATE);
        assertThat(desk.of("r1").changes()).isEqualTo(2);
        assertThat(desk.of("r2").action()).isEqualTo(Action.DELETE);
        assertThat(desk.of("r3").changes()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} and then {1} is {2}")
    @CsvSource({
        "CREATE, UPDATE, CREATE", "CREATE, DELETE, DELETE", "CREATE, CREATE, CREATE",
        "UPDATE, DELETE, DELETE", "UPDATE, CREATE, CREATE", "UPDATE, UPDATE, UPDATE",
        "DELETE, CREATE, UPDATE", "DELETE, UPDATE, UPDATE", "DELETE, DELETE, DELETE"
    })
    @DisplayName("S2-23: two changes of a record come to one, in one request or in two")
    void twoChangesComeToOne(Action first, Action second, Action both) {
        desk.enqueue(change(first, "r1"));
        desk.enqueue(change(second, "r1"));
        desk.enqueue(change(first, "r2"), change(second, "r2"));

        assertThat(desk.of("r1").action()).isEqualTo(both);
        assertThat(desk.of("r1").changes()).isEqualTo(2);
        assertThat(desk.of("r2").action()).isEqualTo(both);
        assertThat(desk.of("r2").changes()).isEqualTo(2);
    }

    @Test
    @DisplayName("S2-23: a record has one live item whoever queues it at the same time")
    void oneItemForAllThatQueueAtOnce() {
        List<Uni<List<QueueItem>>> racers = IntStream.range(0, 24)
                .mapToObj(i -> store.enqueue(List.of(change(Action.values()[i % 3], "r1"), update("r2"))))
                .toList();

        var unused = await(Uni.join().all(racers).andFailFast());

        assertThat(desk.of("r1").changes()).isEqualTo(24);
        assertThat(desk.of("r2").changes()).isEqualTo(24);
    }

    @Test
    @DisplayName("a record that has failed and is told of again gets a new item; the failed one stays for a person")
    void aFailedItemStays() {
        desk.enqueue(update("r1"));
        desk.close(desk.claimOne("a"), new Failed(ErrorCode.ROW_GONE, "gone", true));

        QueueItem next = desk.enqueue(change(Action.CREATE, "r1")).get(0);

        assertThat(desk.all()).extracting(QueueItem::status).containsExactly(Status.FAILED, Status.PENDING);
        assertThat(next.changes()).isEqualTo(1);
    }

    // --- claim

    @Test
    @DisplayName("S2-8: the oldest items are claimed, in their order and no more than asked for; the next stays")
    void claimsTheOldest() {
        desk.enqueueMany(101);

        List<QueueItem> claimed = desk.claim("a", 100);

        assertThat(records(claimed)).isEqualTo(upTo(100));
        assertThat(claimed).allMatch(item -> item.status() == Status.PROCESSING && item.retries() == 1);
        assertThat(claimed).allMatch(item -> "a".equals(item.owner()) && "run-a".equals(item.run()));
        assertThat(claimed).allMatch(item -> item.claimedAt() != null);
        assertThat(desk.of("r101").status()).isEqualTo(Status.PENDING);
        assertThat(await(store.stats())).isEqualTo(new QueueStats(1, 100, 0, 0));
        assertThat(desk.count("syncline.writeback.attempts", "model", "Request"))
                .isGreaterThanOrEqualTo(100);
    }

    @Test
    @DisplayName("S2-8: more items than one look-up takes are claimed and closed part by part, in their order")
    void claimsAndClosesManyInParts() {
        desk.enqueueMany(1_101);

        List<QueueItem> claimed = desk.claim("a", 1_100);
        List<QueueItem> lost = await(store.close(
                claimed.stream().map(item -> new Closing(item, written(2))).toList()));

        assertThat(records(claimed)).isEqualTo(upTo(1_100));
        assertThat(claimed).allMatch(item -> item.retries() == 1);
        assertThat(lost).isEmpty();
        assertThat(await(store.stats())).isEqualTo(new QueueStats(1, 0, 1_100, 0));
    }

    @Test
    @DisplayName("a model that cannot be written to is left out, and looking claims nothing")
    void leavesModelsOut() {
        desk.enqueue(update("r1"), new RecordChange("Operator", "o1", Action.UPDATE, null, "tester", null));

        assertThat(records(await(store.peek(10, Set.of("Request"))))).containsExactly("o1");
        assertThat(records(await(store.claim("a", "run", 10, Set.of("Request")))))
                .containsExactly("o1");
        assertThat(records(await(store.peek(10, Set.of())))).containsExactly("r1");
        assertThat(desk.of("r1").status()).isEqualTo(Status.PENDING);
    }

    // --- close

    @Test
    @DisplayName("S2-4: what is written is COMPLETED, with its row, its time and its remarks")
    void closesWhatIsWritten() {
        desk.enqueue(update("r1"));
        QueueItem claimed = desk.claimOne("a");
        CellRemark remark = new CellRemark(ErrorCode.LABEL_UNKNOWN, "Status", "no label for X");

        List<QueueItem> lost = desk.close(claimed, new Written(17, true, List.of(remark)));

        QueueItem closed = desk.of("r1");
        assertThat(lost).isEmpty();
        assertThat(closed.status()).isEqualTo(Status.COMPLETED);
        assertThat(closed.outcome()).isEqualTo("written");
        assertThat(closed.row()).isEqualTo(17);
        assertThat(closed.remarks()).containsExactly(remark);
        assertThat(closed.processedAt()).isAfterOrEqualTo(closed.claimedAt());
        assertThat(closed.liveFor()).isNull();
        assertThat(closed.retries()).isZero();
        assertThat(await(store.lastProcessed())).contains(closed.processedAt());
    }

    @ParameterizedTest
    @CsvSource({"deleted", "orphan", "locked", "unchanged"})
    @DisplayName("S2-7, S2-37, S2-38: what is skipped is COMPLETED and says why")
    void closesWhatIsSkipped(Reason reason) {
        desk.enqueue(update("r1"));

        desk.close(desk.claimOne("a"), skipped(reason));

        assertThat(desk.of("r1").status()).isEqualTo(Status.COMPLETED);
        assertThat(desk.of("r1").outcome()).isEqualTo(reason.name());
        assertThat(desk.of("r1").row()).isNull();
    }

    @Test
    @DisplayName("S2-6: an attempt that failed leaves the item PENDING with its error; the third makes it FAILED")
    void failsAfterThreeAttempts() {
        desk.enqueue(update("r1"));
        for (int attempt = 1; attempt <= 2; attempt++) {
            desk.close(desk.claimOne("a"), failed());
            assertThat(desk.of("r1").status()).isEqualTo(Status.PENDING);
            assertThat(desk.of("r1").retries()).isEqualTo(attempt);
            assertThat(desk.of("r1").lastCode()).isEqualTo("SOURCE_TIMEOUT");
            assertThat(desk.of("r1").lastError()).isEqualTo("no answer");
            desk.letTimePass();
        }

        desk.close(desk.claimOne("a"), failed());

        QueueItem item = desk.of("r1");
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.retries()).isEqualTo(3);
        assertThat(item.lastError()).isEqualTo("no answer");
        assertThat(item.liveFor()).isNull();
        assertThat(item.processedAt()).isNull();
        assertThat(desk.claim("a", 10)).isEmpty();
    }

    @Test
    @DisplayName("S2-30: what another attempt cannot help is FAILED at once")
    void failsAtOnce() {
        desk.enqueue(update("r1"));

        desk.close(desk.claimOne("a"), new Failed(ErrorCode.VALUE_UNMAPPABLE, "Pax: many", true));

        assertThat(desk.of("r1").status()).isEqualTo(Status.FAILED);
        assertThat(desk.of("r1").retries()).isEqualTo(1);
        assertThat(desk.of("r1").lastCode()).isEqualTo("VALUE_UNMAPPABLE");
    }

    @Test
    @DisplayName("S2-28: what failed waits, so the same run cannot try it again, and newer items are not held up")
    void waitsBeforeItIsTriedAgain() {
        desk.enqueue(update("r1"));
        Instant before = desk.now();
        desk.close(desk.claimOne("a"), new Failed(ErrorCode.ROW_MOVED, "moved", false));
        desk.enqueue(update("r2"));

        assertThat(records(desk.claim("a", 10))).containsExactly("r2");
        assertThat(desk.claim("a", 10)).isEmpty();
        assertThat(desk.of("r1").nextAttemptAt())
                .isBetween(before.plusSeconds(48), before.plusSeconds(72).plus(QueueDesk.PATIENCE));
    }

    @Test
    @DisplayName("S2-25: what was sent and not answered is not due before Google is surely done with it")
    void waitsUntilALostCallIsOver() {
        desk.enqueue(update("r1"));
        desk.enqueue(update("r2"));
        Instant before = desk.now();
        desk.close(desk.claimOne("a"), failed());
        QueueItem changed = desk.claimOne("a");
        desk.enqueue(update("r2"));
        desk.close(changed, failed());

        assertThat(List.of(desk.of("r1"), desk.of("r2"))).allSatisfy(item -> {
            assertThat(item.status()).isEqualTo(Status.PENDING);
            assertThat(item.nextAttemptAt()).isAfterOrEqualTo(before.plusSeconds(180));
        });
    }

    @Test
    @DisplayName("S2-28: a change that comes to an item that waits does not end its wait")
    void aChangeDoesNotEndTheWait() {
        desk.enqueue(update("r1"));
        desk.close(desk.claimOne("a"), failed());

        desk.enqueue(update("r1"));

        assertThat(desk.claim("a", 10)).isEmpty();
        assertThat(desk.of("r1").retries()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "S2-23: an item to which a change has come while it was written is PENDING again, its attempts forgotten")
    void isPendingAgainAfterAChange() {
        desk.enqueue(update("r1"));
        desk.close(desk.claimOne("a"), failed());
        desk.letTimePass();
        QueueItem claimed = desk.claimOne("a");
        desk.enqueue(update("r1"));

        List<QueueItem> lost = desk.close(claimed, written(5));

        QueueItem item = desk.of("r1");
        assertThat(lost).isEmpty();
        assertThat(item.status()).isEqualTo(Status.PENDING);
        assertThat(item.retries()).isZero();
        assertThat(item.changes()).isEqualTo(2);
        assertThat(item.lastError()).isNull();
        assertThat(records(desk.claim("b", 10))).containsExactly("r1");
    }

    @Test
    @DisplayName("S2-23: a change that comes while the last attempt fails is tried anew")
    void aChangeDuringTheLastAttemptIsTried() {
        desk.enqueue(update("r1"));
        QueueItem claimed = desk.claimOne("a");
        desk.enqueue(update("r1"));

        desk.close(claimed, new Failed(ErrorCode.VALUE_UNMAPPABLE, "Pax: many", true));

        assertThat(desk.of("r1").status()).isEqualTo(Status.PENDING);
        assertThat(desk.of("r1").retries()).isZero();
        assertThat(desk.of("r1").lastCode()).isEqualTo("VALUE_UNMAPPABLE");
    }

    @Test
    @DisplayName("S2-23: a record that is deleted and comes back while its deletion is worked on is not forgotten")
    void comesBackWhileItIsDeleted() {
        desk.enqueue(change(Action.DELETE, "r1"));
        QueueItem claimed = desk.claimOne("a");
        desk.enqueue(change(Action.CREATE, "r1"));

        desk.close(claimed, skipped(Reason.deleted));

        assertThat(desk.of("r1").status()).isEqualTo(Status.PENDING);
        assertThat(desk.of("r1").action()).isEqualTo(Action.UPDATE);
    }

    @Test
    @DisplayName("S2-13: an item that is given back is as if it had not been claimed")
    void releases() {
        desk.enqueue(update("r1"));
        QueueItem before = desk.of("r1");
        QueueItem claimed = desk.claimOne("a");

        await(store.release(List.of(claimed)));
        await(store.release(List.of(claimed)));

        QueueItem after = desk.of("r1");
        assertThat(after.status()).isEqualTo(Status.PENDING);
        assertThat(after.retries()).isZero();
        assertThat(after.owner()).isNull();
        assertThat(after.nextAttemptAt()).isEqualTo(before.nextAttemptAt());
        assertThat(desk.close(claimed, written(3))).containsExactly(claimed);
    }

    @Test
    @DisplayName("S2-6: an item for which nothing could be read is due later, and its attempt does not count")
    void postpones() {
        desk.enqueue(update("r1"));
        Instant before = desk.now();

        await(store.postpone(List.of(desk.claimOne("a"))));

        QueueItem after = desk.of("r1");
        assertThat(after.status()).isEqualTo(Status.PENDING);
        assertThat(after.retries()).isZero();
        assertThat(after.owner()).isNull();
        assertThat(after.nextAttemptAt()).isAfterOrEqualTo(before.plusSeconds(48));
        assertThat(desk.claim("a", 10)).isEmpty();
    }

    // --- reclaim

    @Test
    @DisplayName(
            "S2-9: items that were claimed too long ago are PENDING again; younger claims stay, however old the item")
    void reclaimsWhatWasLeftBehind() {
        desk.enqueueMany(2);
        desk.set(Filters.exists("_id"), "createdAt", Date.from(Instant.now().minus(Duration.ofDays(1))));
        List<QueueItem> claimed = desk.claim("a", 2);
        Instant now = desk.now();
        desk.set(claimed.get(0), "claimedAt", now.minus(Duration.ofMinutes(10).plusSeconds(1)));
        desk.set(claimed.get(1), "claimedAt", now.minus(Duration.ofMinutes(9)));

        List<QueueItem> reclaimed = await(store.reclaim());

        assertThat(records(reclaimed)).containsExactly("r1");
        assertThat(reclaimed.get(0)).isEqualTo(desk.of("r1"));
        assertThat(desk.of("r1").status()).isEqualTo(Status.PENDING);
        assertThat(desk.of("r1").retries()).isEqualTo(1);
        assertThat(desk.of("r1").owner()).isNull();
        assertThat(desk.of("r2").status()).isEqualTo(Status.PROCESSING);
        assertThat(records(desk.claim("b", 10))).containsExactly("r1");
    }

    @Test
    @DisplayName("S2-9: a claim is old by the instant that the database itself has noted, however fine that is")
    void reclaimsByTheDatabasesOwnInstant() {
        try (QueueDesk quick = new QueueDesk("claim-timeout", "1S")) {
            quick.enqueueMany(1);
            assertThat(quick.claim("a", 1)).hasSize(1);
            assertThat(await(quick.store().reclaim())).isEmpty();

            Awaitility.await()
                    .atMost(QueueDesk.PATIENCE)
                    .until(() -> records(await(quick.store().reclaim())), List.of("r1")::equals);
        }
    }

    @Test
    @DisplayName("S2-29: an item whose workers die counts an attempt each time, and ends FAILED")
    void aPoisonItemEndsFailed() {
        desk.enqueue(update("r1"));
        double before = desk.count("syncline.writeback.failures", "model", "Request", "code", "WORKER_DIED");

        for (int attempt = 1; attempt <= 3; attempt++) {
            QueueItem claimed = desk.claimOne("worker-" + attempt);
            assertThat(claimed.retries()).isEqualTo(attempt);
            desk.set(claimed, "claimedAt", Instant.EPOCH);
            assertThat(await(store.reclaim())).hasSize(1);
        }

        assertThat(desk.of("r1").status()).isEqualTo(Status.FAILED);
        assertThat(desk.of("r1").lastCode()).isEqualTo("WORKER_DIED");
        assertThat(desk.of("r1").liveFor()).isNull();
        assertThat(await(store.reclaim())).isEmpty();
        assertThat(desk.count("syncline.writeback.failures", "model", "Request", "code", "WORKER_DIED"))
                .isEqualTo(before + 3);
    }

    @Test
    @DisplayName("of the failed items of a record the last one stands for all; other records' stay")
    void keepsOneFailedItemOfARecord() {
        desk.enqueueMany(2);
        desk.claim("a", 2).forEach(item -> desk.close(item, new Failed(ErrorCode.ROW_GONE, "gone", true)));
        QueueItem old = desk.of("r1");
        desk.enqueue(update("r1"));
        desk.close(desk.claimOne("a"), failed());
        assertThat(desk.get(old).status()).as("it may succeed yet").isEqualTo(Status.FAILED);
        desk.set(Filters.eq("status", "PENDING"), "nextAttemptAt", Instant.EPOCH);

        desk.close(desk.claimOne("a"), new Failed(ErrorCode.ROW_GONE, "still gone", true));

        assertThat(desk.get(old))
                .extracting(QueueItem::status, QueueItem::outcome)
                .containsExactly(Status.COMPLETED, "superseded");
        assertThat(await(store.page(new Filter(Status.FAILED, null, null), "", 9)))
                .extracting(QueueItem::recordId, QueueItem::lastError)
                .containsExactly(tuple("r1", "still gone"), tuple("r2", "gone"));
    }

    @Test
    @DisplayName("an item on which a worker died for good stands for what had failed before, too")
    void keepsOneFailedItemOfADeadWorker() {
        desk.enqueue(update("r1"));
        desk.close(desk.claimOne("a"), new Failed(ErrorCode.ROW_GONE, "gone", true));
        desk.enqueue(update("r1"));
        desk.set(Filters.eq("status", "PENDING"), "retries", 2);
        desk.set(desk.claimOne("a"), "claimedAt", Instant.EPOCH);

        assertThat(await(store.reclaim())).hasSize(1);

        assertThat(desk.all())
                .extracting(QueueItem::status, QueueItem::outcome, QueueItem::lastCode)
                .containsExactly(
                        tuple(Status.COMPLETED, "superseded", null), tuple(Status.FAILED, null, "WORKER_DIED"));
    }

    @Test
    @DisplayName("S2-28: an item that another worker has tried meanwhile, and that has to wait now, is not claimed")
    void claimsNothingThatHasToWaitNow() {
        desk.enqueue(update("r1"));
        QueueStore slow = desk.watchedStore((collection, call) -> {
            if (call.equals("updateMany")) {
                desk.set(
                        Filters.eq("recordId", "r1"),
                        "nextAttemptAt",
                        desk.now().plus(Duration.ofMinutes(1)));
            }
        });

        assertThat(await(slow.claim("a", "run-a", 5, Set.of()))).isEmpty();

        assertThat(desk.of("r1"))
                .extracting(QueueItem::status, QueueItem::retries)
                .containsExactly(Status.PENDING, 0);
    }

    @Test
    @DisplayName("who asks often has the completed items counted once in a while, and all others each time")
    void countsWhatIsCompletedSeldom() {
        List<String> counted = new CopyOnWriteArrayList<>();
        QueueStore counting = desk.watchedStore((collection, call) -> {
            if (call.equals("countDocuments")) {
                counted.add(call);
            }
        });
        desk.enqueueMany(2);
        desk.close(desk.claimOne("a"), written(2));
        assertThat(await(counting.recentStats())).isEqualTo(new QueueStats(1, 0, 1, 0));
        desk.close(desk.claimOne("a"), written(3));

        assertThat(await(counting.recentStats())).isEqualTo(new QueueStats(0, 0, 1, 0));
        assertThat(await(counting.stats())).isEqualTo(new QueueStats(0, 0, 2, 0));
        assertThat(counted).hasSize(4 + 3 + 4);
    }

    // --- what people see and do

    @Test
    @DisplayName("S2-3, S2-10: the counts match the items; an empty queue gives zeros and nothing")
    void countsItems() {
        assertThat(await(store.stats())).isEqualTo(new QueueStats(0, 0, 0, 0));
        assertThat(await(store.lastProcessed())).isEmpty();
        assertThat(await(store.oldestPending())).isEmpty();

        desk.enqueueMany(7);
        desk.claim("a", 4).stream()
                .limit(3)
                .forEach(item -> desk.close(
                        item,
                        item.recordId().equals("r3") ? new Failed(ErrorCode.ROW_GONE, "gone", true) : written(2)));

        assertThat(await(store.stats())).isEqualTo(new QueueStats(3, 1, 2, 1));
        assertThat(await(store.lastProcessed())).contains(desk.of("r2").processedAt());
        assertThat(await(store.oldestPending())).contains(desk.of("r5").createdAt());
    }

    @Test
    @DisplayName("S2-42: items are listed in pages, newest first, by status, model and code")
    void listsItems() {
        desk.enqueueMany(5);
        desk.close(desk.claimOne("a"), new Failed(ErrorCode.ROW_GONE, "gone", true));
        desk.close(desk.claimOne("a"), new Failed(ErrorCode.KEY_DUPLICATED, "twice", true));

        List<QueueItem> first = await(store.page(ALL, "", 2));
        List<QueueItem> second = await(store.page(ALL, first.get(1).id(), 2));

        assertThat(records(first)).containsExactly("r5", "r4");
        assertThat(records(second)).containsExactly("r3", "r2");
        assertThat(records(await(store.page(new Filter(Status.FAILED, null, null), "", 9))))
                .containsExactly("r2", "r1");
        assertThat(records(await(store.page(new Filter(Status.FAILED, "Request", "ROW_GONE"), "", 9))))
                .containsExactly("r1");
        assertThat(await(store.page(new Filter(null, "Operator", null), "", 9))).isEmpty();
        assertThat(await(store.find("no-such-item"))).isEmpty();
    }

    @Test
    @DisplayName("S2-42: a failed item that is retried is PENDING, its retries and its error gone")
    void retries() {
        desk.enqueue(update("r1"));
        desk.close(desk.claimOne("a"), new Failed(ErrorCode.CELL_CONFLICT, "Pax", true));

        QueueItem retried = await(store.retry(desk.of("r1").id(), true));

        assertThat(retried).isEqualTo(desk.of("r1"));
        assertThat(retried.status()).isEqualTo(Status.PENDING);
        assertThat(retried.retries()).isZero();
        assertThat(retried.lastCode()).isNull();
        assertThat(retried.lastError()).isNull();
        assertThat(retried.overwrite()).isTrue();
        assertThat(desk.claimOne("b").overwrite()).isTrue();
        assertThat(desk.enqueue(update("r1")).get(0).id()).isEqualTo(retried.id());
    }

    @Test
    @DisplayName("S2-42: a failed item whose record waits anew leaves the work to that one, and closes as superseded")
    void aRetryIsSuperseded() {
        desk.enqueue(update("r1"));
        QueueItem old = desk.claimOne("a");
        desk.close(old, new Failed(ErrorCode.CELL_CONFLICT, "Pax", true));
        QueueItem live = desk.enqueue(update("r1")).get(0);
        QueueItem claimed = desk.claimOne("a");

        QueueItem retried = await(store.retry(old.id(), true));
        desk.close(claimed, written(4));

        assertThat(retried.status()).isEqualTo(Status.COMPLETED);
        assertThat(retried.outcome()).isEqualTo("superseded");
        assertThat(desk.get(live).status()).as("its worker did not know").isEqualTo(Status.PENDING);
    }

    @Test
    @DisplayName("S2-42: a superseding item that waits for its next attempt is due at once, and may overwrite")
    void aRetryEndsTheWaitOfTheLiveItem() {
        desk.enqueue(update("r1"));
        QueueItem old = desk.claimOne("a");
        desk.close(old, new Failed(ErrorCode.CELL_CONFLICT, "Pax", true));
        QueueItem live = desk.enqueue(update("r1")).get(0);
        desk.close(desk.claimOne("a"), failed());
        assertThat(desk.claim("a", 1)).isEmpty();

        var unused = await(store.retry(old.id(), true));

        assertThat(desk.claimOne("b")).satisfies(item -> {
            assertThat(item.id()).isEqualTo(live.id());
            assertThat(item.overwrite()).isTrue();
        });
    }

    @Test
    @DisplayName("S2-42: what is unknown, worked on or has not failed is not retried; what is worked on is not deleted")
    void refuses() {
        desk.enqueueMany(2);
        QueueItem busy = desk.claimOne("a");
        QueueItem waiting = desk.of("r2");

        refuses(ErrorCode.NOT_FOUND, store.retry("no-such-item", false));
        refuses(ErrorCode.NOT_FOUND, store.delete("no-such-item"));
        refuses(ErrorCode.QUEUE_ITEM_BUSY, store.retry(busy.id(), false));
        refuses(ErrorCode.QUEUE_ITEM_BUSY, store.delete(busy.id()));
        refuses(ErrorCode.QUEUE_ITEM_NOT_FAILED, store.retry(waiting.id(), false));
        assertThat(await(store.delete(waiting.id()))).isEqualTo(waiting);
        assertThat(records(desk.all())).containsExactly("r1");
    }

    private static void refuses(ErrorCode code, Uni<?> call) {
        assertThatThrownBy(() -> await(call))
                .isInstanceOfSatisfying(SyncException.class, failure -> assertThat(failure.code())
                        .isEqualTo(code));
    }

    @Test
    @DisplayName("S2-42: all failed items of a code are retried together, superseded ones among them")
    void retriesAll() {
        desk.enqueueMany(4);
        Map<String, ErrorCode> codes =
                Map.of("r1", ErrorCode.RANGE_PROTECTED, "r2", ErrorCode.RANGE_PROTECTED, "r3", ErrorCode.ROW_GONE);
        desk.claim("a", 3).forEach(item -> desk.close(item, new Failed(codes.get(item.recordId()), "no", true)));
        desk.enqueue(update("r2"));

        long retried = await(store.retryAll(new Filter(null, null, "RANGE_PROTECTED")));

        assertThat(retried).isEqualTo(2);
        assertThat(await(store.stats())).isEqualTo(new QueueStats(3, 0, 1, 1));
        assertThat(desk.of("r1").status()).isEqualTo(Status.PENDING);
        assertThat(desk.of("r3").status()).isEqualTo(Status.FAILED);
    }

    @Test
    @DisplayName("S2-12: items that were completed more than 7 days ago go; younger ones and failed ones stay")
    void removesOldOnes() {
        desk.enqueueMany(4);
        desk.claim("a", 3)
                .forEach(item -> desk.close(
                        item,
                        item.recordId().equals("r3") ? new Failed(ErrorCode.ROW_GONE, "gone", true) : written(2)));
        Instant now = desk.now();
        desk.set(Filters.exists("_id"), "createdAt", now.minus(Duration.ofDays(30)));
        desk.set(
                Filters.in("recordId", "r1", "r3"),
                "processedAt",
                now.minus(Duration.ofDays(7).plusSeconds(1)));
        desk.set(desk.of("r2"), "processedAt", now.minus(Duration.ofDays(7).minusMinutes(1)));

        await(store.removeOld());

        assertThat(records(desk.all())).containsExactly("r2", "r3", "r4");
    }

    @Test
    @DisplayName("S2-44: attempts, rows, skipped items and failures by code are counted")
    void countsItsWork() {
        double attempts = desk.count("syncline.writeback.attempts", "model", "Request");
        double appended = desk.count("syncline.writeback.rows", "model", "Request", "outcome", "appended");
        double updated = desk.count("syncline.writeback.rows", "model", "Request", "outcome", "updated");
        double orphans = desk.count("syncline.writeback.items", "model", "Request", "outcome", "orphan");
        double timeouts = desk.count("syncline.writeback.failures", "model", "Request", "code", "SOURCE_TIMEOUT");
        desk.enqueueMany(4);
        List<QueueItem> claimed = desk.claim("a", 4);

        var unused = await(store.close(List.of(
                new Closing(claimed.get(0), new Written(2, true, List.of())),
                new Closing(claimed.get(1), written(3)),
                new Closing(claimed.get(2), new Skipped(Reason.orphan, List.of())),
                new Closing(claimed.get(3), failed()))));

        assertThat(desk.count("syncline.writeback.attempts", "model", "Request"))
                .isEqualTo(attempts + 4);
        assertThat(desk.count("syncline.writeback.rows", "model", "Request", "outcome", "appended"))
                .isEqualTo(appended + 1);
        assertThat(desk.count("syncline.writeback.rows", "model", "Request", "outcome", "updated"))
                .isEqualTo(updated + 1);
        assertThat(desk.count("syncline.writeback.items", "model", "Request", "outcome", "orphan"))
                .isEqualTo(orphans + 1);
        assertThat(desk.count("syncline.writeback.failures", "model", "Request", "code", "SOURCE_TIMEOUT"))
                .isEqualTo(timeouts + 1);
    }
}
