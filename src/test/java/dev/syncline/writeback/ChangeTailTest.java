package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.syncline.writeback.QueueItem.Status;

import static dev.syncline.writeback.QueueDesk.await;
import static dev.syncline.writeback.QueueDesk.change;
import static dev.syncline.writeback.QueueDesk.records;
import static dev.syncline.writeback.QueueDesk.written;
import static org.assertj.core.api.Assertions.assertThat;

/** Against the database, whose clock is the only one that counts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangeTailTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Long enough ago for changes of some minutes ago to count. */
    private static final Duration STARTED = Duration.ofHours(2);

    private QueueDesk desk;
    private ChangeTail tail;

    @BeforeAll
    void open() {
        desk = new QueueDesk();
    }

    @AfterAll
    void shut() {
        desk.close();
    }

    @BeforeEach
    void begin() {
        desk.clear();
        tail = desk.newTail();
        await(tail.begin());
        setMark("from", desk.now().minus(STARTED));
    }

    // --- what is found

    @Test
    @DisplayName("S2-21: a writer that dies between its write and its call loses nothing: the change is found, once")
    void findsWhatNobodyTold() {
        write("r1", desk.now());

        assertThat(follow()).isEqualTo(1);
        assertThat(follow()).isZero();

        QueueItem item = desk.of("r1");
        assertThat(item.status()).isEqualTo(Status.PENDING);
        assertThat(item.model()).isEqualTo("Request");
        assertThat(item.action()).isEqualTo(Action.CREATE);
        assertThat(item.actor()).isEqualTo("tail");
        assertThat(item.changes()).isEqualTo(1);
    }

    @Test
    @DisplayName("S2-21: what is found and written is not found again, until the record changes once more")
    void findsEachChangeOnce() {
        write("r1", desk.now());
        follow();
        desk.close(desk.claimOne("a"), written(2));
        assertThat(follow()).isZero();

        write("r1", desk.now().plusMillis(1));

        assertThat(follow()).isEqualTo(1);
        assertThat(desk.all()).extracting(QueueItem::status).containsExactly(Status.COMPLETED, Status.PENDING);
    }

    @Test
    @DisplayName("a record that has a row is updated, ids may be object ids, and each model has records of its own")
    void namesWhatItFinds() {
        ObjectId id = new ObjectId();
        insert(
                "requests",
                new Document("_id", id).append("updatedAt", desk.now()).append("sheetRowIndex", 12));
        insert("operators", new Document("_id", "o1").append("updatedAt", desk.now()));

        assertThat(follow()).isEqualTo(2);

        assertThat(desk.of(id.toHexString()).action()).isEqualTo(Action.UPDATE);
        assertThat(desk.of("o1").model()).isEqualTo("Operator");
    }

    @Test
    @DisplayName("S2-41: a change of 3,000 records at once is queued whole, though all have one instant, and once")
    void findsABulkChange() {
        int size = 3_000;
        List<Document> records = IntStream.range(0, size)
                .mapToObj(i -> new Document("_id", "r" + i).append("archived", false))
                .toList();
        var inserted = await(desk.collection("requests").insertMany(records));
        var archived = await(desk.collection("requests")
                .updateMany(
                        Filters.empty(),
                        Updates.combine(Updates.set("archived", true), Updates.set("updatedAt", desk.now()))));

        assertThat(follow()).isEqualTo(size);
        assertThat(await(desk.store().stats()).pending()).isEqualTo(size);
        assertThat(follow()).isZero();
        assertThat(desk.newTail()).satisfies(other -> assertThat(follow(other)).isZero());
    }

    @Test
    @DisplayName("S2-39: a change that the sheet itself brought is not sent back; the next one of a person is")
    void leavesEchoesOut() {
        Instant synced = desk.now();
        insert("requests", new Document("_id", "r1").append("updatedAt", synced).append("sheetSyncedAt", synced));

        assertThat(follow()).isZero();

        set("r1", "updatedAt", synced.plusMillis(5));
        assertThat(follow()).isEqualTo(1);
    }

    @Test
    @DisplayName("records without a date, or without an id that an item could have, are no changes and hold nothing up")
    void leavesOtherDocumentsOut() {
        insert("requests", new Document("_id", "no-date"));
        insert(
                "requests",
                new Document("_id", "text").append("updatedAt", desk.now().toString()));
        insert("requests", new Document("_id", "number").append("updatedAt", 1_700_000_000_000L));
        insert("requests", new Document("_id", "nothing").append("updatedAt", null));
        insert("requests", new Document("_id", 17).append("updatedAt", desk.now()));
        insert("requests", new Document("_id", "r1").append("updatedAt", desk.now()));

        assertThat(follow()).isEqualTo(1);
        assertThat(records(desk.all())).containsExactly("r1");
    }

    @Test
    @DisplayName("what somebody told of a change stays, when the record tells the same")
    void keepsWhatWasTold() {
        write("r1", desk.now());
        desk.enqueue(new RecordChange("Request", "r1", Action.UPDATE, new Document("pax", 3), "robot", "q1"));

        follow();

        QueueItem item = desk.of("r1");
        assertThat(item.actor()).isEqualTo("robot");
        assertThat(item.requestId()).isEqualTo("q1");
        assertThat(item.payload()).isEqualTo(new Document("pax", 3));
        assertThat(item.changes()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "a deletion that was told after the change stands; a record that changes after its deletion is there again")
    void knowsWhatCameLast() {
        write("r1", desk.now());
        write("r2", desk.now());
        desk.enqueue(change(Action.DELETE, "r1"), change(Action.DELETE, "r2"));
        set("r2", "updatedAt", desk.now().plusMillis(1));

        follow();

        assertThat(desk.of("r1").action()).isEqualTo(Action.DELETE);
        assertThat(desk.of("r2").action()).isEqualTo(Action.UPDATE);
    }

    // --- from when on

    @Test
    @DisplayName("S2-21: changes count from the first start on, though the first run comes much later")
    void beginsWithTheFirstStart() {
        desk.clear();
        Instant before = desk.now();
        await(desk.newTail().begin());
        Instant start = mark().from();
        assertThat(start)
                .as("what became visible only just now counts, too")
                .isBetween(before.minus(MINUTE.multipliedBy(10)), desk.now().minus(MINUTE.multipliedBy(10)));
        write("before", start.minusMillis(1));
        write("at", start);

        // Another start does not begin anew.
        await(desk.newTail().begin());

        assertThat(follow()).isEqualTo(1);
        assertThat(records(desk.all())).containsExactly("at");
    }

    @Test
    @DisplayName("changes count from the instant that is configured, also when it is configured later")
    void beginsAsConfigured() {
        Instant since = Instant.parse("2020-02-02T00:00:00Z");
        try (QueueDesk configured = new QueueDesk("tail.since", since.toString())) {
            insert(configured, "requests", new Document("_id", "old").append("updatedAt", since.minusMillis(1)));
            insert(configured, "requests", new Document("_id", "new").append("updatedAt", since));
            var begun = await(configured
                    .collection(TailStore.TAILS)
                    .insertOne(new Document("_id", "Request").append("from", configured.now())));

            assertThat(follow(configured.newTail())).isEqualTo(1);
            assertThat(follow(configured.newTail())).isZero();
            assertThat(records(configured.all())).containsExactly("new");
        }
    }

    @Test
    @DisplayName("S2-21: a change that becomes visible late, within the overlap, is found")
    void findsLateWriters() {
        Instant now = desk.now();
        write("r1", now);
        follow();

        write("late", now.minus(MINUTE.multipliedBy(9)));
        write("too-late", now.minus(MINUTE.multipliedBy(11)));

        assertThat(follow()).isEqualTo(1);
        assertThat(records(desk.all())).containsExactlyInAnyOrder("r1", "late");
    }

    @Test
    @DisplayName("S2-21: a clock that runs ahead takes the watermark nowhere; what right clocks tell is found")
    void bearsAClockThatRunsAhead() {
        Instant now = desk.now();
        write("r1", now);
        write("ahead", now.plus(Duration.ofDays(400)));
        assertThat(follow()).isEqualTo(2);
        assertThat(mark().newest()).isEqualTo(now);

        write("r2", now.plusMillis(1));

        assertThat(follow()).isEqualTo(1);
        assertThat(mark().newest()).isEqualTo(now.plusMillis(1));
        set("ahead", "updatedAt", now.plus(Duration.ofDays(400)).plusMillis(1));
        assertThat(follow()).isEqualTo(1);
    }

    @Test
    @DisplayName("S2-21: a clock that is behind loses nothing as long as nobody else writes")
    void bearsAClockThatIsBehind() {
        Instant slow = desk.now().minus(MINUTE.multipliedBy(50));
        write("r1", slow);
        assertThat(follow()).isEqualTo(1);
        setMark("newestAt", desk.now().minus(MINUTE.multipliedBy(11)));
        assertThat(follow()).isZero();

        write("r2", slow.plusSeconds(90));

        assertThat(follow()).isEqualTo(1);
    }

    // --- crashes

    @Test
    @DisplayName("S2-21: a crash before the change is queued loses nothing: the watermark has not moved")
    void bearsACrashBeforeItIsQueued() {
        write("r1", desk.now());
        TailMark before = mark();
        List<String> missed = new ArrayList<>();
        assertThat(follow(desk.newTail(desk.brokenStore()), missed)).isZero();

        assertThat(missed).containsExactly("Request: the process dies");
        assertThat(mark()).isEqualTo(before);
        assertThat(follow()).isEqualTo(1);
    }

    @Test
    @DisplayName("a model that cannot be looked at is told, and holds up no other one; nothing of it is lost")
    void looksAtTheOtherModels() {
        write("r1", desk.now());
        insert("operators", new Document("_id", "o1").append("updatedAt", desk.now()));
        List<String> missed = new ArrayList<>();

        long found = follow(desk.newTail(desk.brokenStore()), missed);

        assertThat(found).isEqualTo(1);
        assertThat(records(desk.all())).containsExactly("o1");
        assertThat(missed).containsExactly("Request: the process dies");
        assertThat(follow()).isEqualTo(1);
    }

    @Test
    @DisplayName("a look that is told to stop ends with its page, and the next one finds the rest")
    void stopsWhenTold() {
        Instant now = desk.now();
        var inserted = await(desk.collection("requests")
                .insertMany(IntStream.range(0, 3 * QueueIntake.AT_ONCE)
                        .mapToObj(i -> new Document("_id", "r" + i).append("updatedAt", now))
                        .toList()));
        AtomicBoolean stop = new AtomicBoolean();
        ChangeTail stopped = desk.newTail(desk.storeThen(() -> stop.set(true)));

        long found = await(stopped.follow(stop::get, (model, failure) -> {}));

        assertThat(found).isEqualTo(QueueIntake.AT_ONCE);
        assertThat(follow()).isEqualTo(2L * QueueIntake.AT_ONCE);
    }

    @Test
    @DisplayName("S2-21: a crash between the queue and the watermark queues the change again, on the same item")
    void bearsACrashBeforeTheMarkMoves() {
        write("r1", desk.now());
        TailMark before = mark();
        follow();
        setMark("from", before.from());
        setMark("newest", null);
        var unused = await(desk.collection(TailStore.SEEN).deleteMany(Filters.empty()));

        assertThat(follow()).isEqualTo(1);

        assertThat(desk.of("r1").changes()).isEqualTo(2);
    }

    // --- what is kept

    @Test
    @DisplayName(
            "what is remembered is what has changed within the overlap, and nothing when all has been quiet for so long")
    void remembersNoMoreThanTheOverlap() {
        Instant now = desk.now();
        write("old", now.minus(MINUTE.multipliedBy(30)));
        write("r1", now);
        follow();
        assertThat(seen()).containsExactly("Request/r1");

        setMark("newestAt", now.minus(MINUTE.multipliedBy(11)));
        assertThat(follow()).isZero();

        assertThat(seen()).isEmpty();
        assertThat(mark().from()).isEqualTo(now.plusMillis(1));
        assertThat(follow()).isZero();
    }

    @Test
    @DisplayName("nothing is followed that has no spreadsheet, or when nothing is to be; its collection gets no index")
    void followsWhatIsWanted() {
        try (QueueDesk off = new QueueDesk("tail.enabled", "false");
                QueueDesk unset = new QueueDesk("sheet-id", "", "models.Operator.sheet-id", "own")) {
            assertThat(off.tails().followed()).isEmpty();
            assertThat(off.tails().indexes()).hasSize(1);
            assertThat(unset.tails().followed()).extracting(Model::name).containsExactly("Operator");
            assertThat(unset.tails().indexes())
                    .extracting(index -> index.collection())
                    .containsExactly(TailStore.SEEN, "operators");
            assertThat(follow(off.newTail())).isZero();
        }
    }

    // --- words

    @CanIgnoreReturnValue
    private long follow() {
        return follow(tail);
    }

    /** All models, to the end. */
    private static long follow(ChangeTail tail) {
        List<String> missed = new ArrayList<>();
        long found = follow(tail, missed);
        assertThat(missed).isEmpty();
        return found;
    }

    /** @param missed takes the models that could not be looked at, each with the reason */
    private static long follow(ChangeTail tail, List<String> missed) {
        return await(
                tail.follow(() -> false, (model, failure) -> missed.add(model.name() + ": " + failure.getMessage())));
    }

    private TailMark mark() {
        return await(desk.tails()
                .mark(desk.tails().followed().stream()
                        .filter(model -> model.name().equals("Request"))
                        .findFirst()
                        .orElseThrow()));
    }

    private void setMark(String field, @Nullable Instant instant) {
        var unused = await(desk.collection(TailStore.TAILS)
                .updateMany(
                        Filters.eq("_id", "Request"),
                        instant == null ? Updates.unset(field) : Updates.set(field, instant)));
    }

    /** Another program writes a record, and tells nobody. */
    private void write(String id, Instant updatedAt) {
        if (await(desk.collection("requests").countDocuments(Filters.eq("_id", id))) > 0) {
            set(id, "updatedAt", updatedAt);
        } else {
            insert("requests", new Document("_id", id).append("updatedAt", Date.from(updatedAt)));
        }
    }

    private void insert(String collection, Document source) {
        insert(desk, collection, source);
    }

    private static void insert(QueueDesk desk, String collection, Document source) {
        var unused = await(desk.collection(collection).insertOne(source));
    }

    private void set(String id, String field, Object value) {
        var unused = await(desk.collection("requests").updateOne(Filters.eq("_id", id), Updates.set(field, value)));
    }

    private List<String> seen() {
        return desk.documents(TailStore.SEEN).stream()
                .map(document -> document.getString("_id"))
                .toList();
    }
}
