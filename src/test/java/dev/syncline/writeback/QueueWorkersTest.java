package dev.syncline.writeback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.writeback.QueueItem.Status;
import dev.syncline.writeback.QueueStore.Closing;

import static dev.syncline.writeback.QueueDesk.await;
import static dev.syncline.writeback.QueueDesk.failed;
import static dev.syncline.writeback.QueueDesk.records;
import static dev.syncline.writeback.QueueDesk.upTo;
import static dev.syncline.writeback.QueueDesk.update;
import static dev.syncline.writeback.QueueDesk.written;
import static org.assertj.core.api.Assertions.assertThat;

/** Several workers on one queue. */
class QueueWorkersTest {
    private static final int ITEMS = 200;
    private static final int BATCH = 7;

    private final ConcurrentLinkedQueue<QueueItem> handled = new ConcurrentLinkedQueue<>();
    private QueueDesk desk;
    private QueueStore store;

    @BeforeEach
    void open() {
        desk = new QueueDesk();
        store = desk.store();
    }

    @AfterEach
    void shut() {
        desk.close();
    }

    @Test
    @DisplayName("S2-22: of 200 items, two workers handle each one once")
    void eachItemIsHandledOnce() {
        desk.enqueueMany(ITEMS);

        var unused = await(Uni.join().all(work("a"), work("b")).andFailFast());

        assertThat(records(List.copyOf(handled))).containsExactlyInAnyOrderElementsOf(upTo(ITEMS));
        assertThat(handled).extracting(QueueItem::owner).contains("a", "b");
        assertThat(handled).allMatch(item -> item.retries() == 1);
        assertThat(await(store.stats())).isEqualTo(new QueueStats(0, 0, ITEMS, 0));
    }

    @Test
    @DisplayName("S2-22, S2-23: while changes keep coming, no record is in two hands, and no change is left unseen")
    void changesThatKeepComingAreSeen() {
        desk.enqueueMany(20);
        List<Uni<?>> all = new ArrayList<>(List.of(work("a"), work("b"), work("c")));
        Multi<RecordChange> changes = Multi.createFrom()
                .range(0, ITEMS)
                .map(i -> update("r" + ThreadLocalRandom.current().nextInt(1, 21)));
        all.add(changes.onItem()
                .transformToUniAndConcatenate(change -> store.enqueue(List.of(change)))
                .collect()
                .asList());

        var unused = await(Uni.combine().all().unis(all).discardItems());
        var rest = await(work("d"));

        assertThat(await(store.stats()).pending()).isZero();
        assertThat(await(store.stats()).processing()).isZero();
        int told = desk.all().stream().mapToInt(QueueItem::changes).sum();
        assertThat(told)
                .as("one that is closed before it is read comes once more")
                .isGreaterThanOrEqualTo(20 + ITEMS);
        assertThat(seenLast()).allSatisfy((id, changesSeen) -> assertThat(desk.all())
                .filteredOn(item -> item.id().equals(id))
                .singleElement()
                .extracting(QueueItem::changes)
                .isEqualTo(changesSeen));
    }

    /** How many changes of each item its last worker has seen. */
    private Map<String, Integer> seenLast() {
        Map<String, Integer> seen = new HashMap<>();
        handled.forEach(item -> seen.merge(item.id(), item.changes(), Math::max));
        return seen;
    }

    @Test
    @DisplayName(
            "S2-22: a late worker cannot overwrite the new owner's result, and is told that its record has to come again")
    void aLateWorkerOverwritesNothing() {
        desk.enqueue(update("r1"));
        QueueItem late = desk.claimOne("late");
        desk.set(late, "claimedAt", Instant.EPOCH);
        var freed = await(store.reclaim());

        // While nobody has it.
        assertThat(desk.close(late, written(9))).containsExactly(late);
        assertThat(desk.of("r1").status()).isEqualTo(Status.PENDING);

        // While the new owner has it.
        QueueItem claimed = desk.claimOne("new");
        assertThat(desk.close(late, written(9))).containsExactly(late);
        await(store.release(List.of(late)));
        assertThat(desk.of("r1")).isEqualTo(claimed);

        // After the new owner's result.
        desk.close(claimed, written(5));
        QueueItem done = desk.of("r1");
        assertThat(desk.close(late, failed())).containsExactly(late);
        await(store.release(List.of(late)));
        assertThat(desk.of("r1")).isEqualTo(done);
        assertThat(done.row()).isEqualTo(5);
        assertThat(done.run()).isEqualTo("run-new");
    }

    @Test
    @DisplayName("S2-22: of those that are closed together, the ones that are still the worker's count")
    void closesTogetherWhatIsStillItsOwn() {
        desk.enqueueMany(3);
        List<QueueItem> claimed = desk.claim("a", 3);
        desk.set(claimed.get(1), "owner", "b");

        List<QueueItem> lost = await(store.close(
                claimed.stream().map(item -> new Closing(item, written(2))).toList()));

        assertThat(records(lost)).containsExactly("r2");
        assertThat(await(store.stats())).isEqualTo(new QueueStats(0, 1, 2, 0));
    }

    /** Claims, handles and closes until nothing is left. */
    private Uni<Void> work(String owner) {
        return Multi.createBy()
                .repeating()
                .uni(() -> workOnABatch(owner))
                .until(List::isEmpty)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<List<QueueItem>> workOnABatch(String owner) {
        return store.claim(owner, "run-" + owner, BATCH, Set.of())
                .invoke(handled::addAll)
                .call(claimed -> store.close(claimed.stream()
                        .map(item -> new Closing(item, written(2)))
                        .toList()));
    }
}
