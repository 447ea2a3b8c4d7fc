package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.syncline.SharedSheets;
import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.dev.sheets.Call;
import dev.syncline.dev.sheets.SheetsStandIn;
import dev.syncline.dev.sheets.StandInTab;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.status.RunCalls;

/** Records that a test changes, the sheets that show them, and runs in between. */
@Alternative
@Singleton
public class WriteBackDesk {
    static final List<String> REQUEST_LABELS = List.of(
            "Seller",
            "Customer",
            "Contact",
            "Their own",
            "Pax",
            "Country",
            "Source",
            "Status",
            "Tour days",
            "Start date",
            "Revenue",
            "Cost",
            "Notes",
            "Booking code",
            "End date",
            "Request ID");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> REVENUE_LABELS = List.of(
            "Booking code",
            "Payment type",
            "Payment date",
            "Payment source",
            "Foreign amount",
            "Exchange rate",
            "Currency",
            "Amount VND",
            "Revenue ID");

    private final MongoDatabase database;
    private final SteeredWriteBackConfig config;
    private final SteeredSheetWriter writer;
    private final SteeredWriteLog log;
    private final QueueStore queue;
    private final int port;
    private SheetsStandIn sheets;

    WriteBackDesk(
            MongoDatabase database,
            SteeredWriteBackConfig config,
            SteeredSheetWriter writer,
            SteeredWriteLog log,
            QueueStore queue,
            @ConfigProperty(name = WriteBackProfile.PORT) int port) {
        this.database = database;
        this.config = config;
        this.writer = writer;
        this.log = log;
        this.queue = queue;
        this.port = port;
    }

    /** No run, no record, an empty queue, tabs with nothing but their headers. */
    void clear() {
        sheets = SharedSheets.ready(sheets, port, WriteBackProfile.KEY);
        config.reset();
        writer.reset();
        log.reset();
        RunCalls.cancelAll();
        Stream.of(
                        List.of("requests", "sellers", "revenues", "runs", "rejections"),
                        List.of(QueueStore.COLLECTION, WriteLog.COLLECTION, WrittenRows.COLLECTION, TailStore.TAILS))
                .flatMap(Collection::stream)
                .forEach(name -> await(database.collection(name).deleteMany(Filters.empty())));
        var unused = sheets.create(WriteBackProfile.TOURS, "Tours", ZoneId.of("Asia/Ho_Chi_Minh"));
        var unusedToo = sheets.create(WriteBackProfile.REVENUES, "Revenues", ZoneId.of("Asia/Ho_Chi_Minh"));
        tab().fill(List.of(REQUEST_LABELS));
        revenues().fill(List.of(List.of(), REVENUE_LABELS));
        sheets.forgetCalls();
    }

    /** What is known of how far the tail of a model has come cannot be read, until the next test. */
    void breakTail(String model) {
        var unused = await(
                database.collection(TailStore.TAILS).insertOne(new Document("_id", model).append("from", "no date")));
    }

    @PreDestroy
    void close() {
        if (sheets != null) {
            sheets.close();
        }
    }

    /** The write after so many fails, by a fault of ours. */
    void failAfter(int goodWrites) {
        writer.failAfter(goodWrites);
    }

    /** The log cannot be written to after so many writes. */
    void loseLogAfter(int goodWrites) {
        log.failAfter(goodWrites);
    }

    /** Does something when the log says what is about to be written, and before it is. */
    void afterBegun(Runnable action) {
        log.afterNext(action);
    }

    // --- the sheets

    SheetsStandIn sheets() {
        return sheets;
    }

    /** Of requests. */
    StandInTab tab() {
        return sheets.spreadsheet(WriteBackProfile.TOURS).tab("Request");
    }

    StandInTab revenues() {
        return sheets.spreadsheet(WriteBackProfile.REVENUES).tab("Revenue");
    }

    /** The content of a request's cell. */
    Object cell(String label, int row) {
        return tab().get(a1(label, row));
    }

    static String a1(String label, int row) {
        return "%c%d".formatted('A' + REQUEST_LABELS.indexOf(label), row);
    }

    /** All keys of requests, row by row; null where none stands. */
    List<Object> keys(int rows) {
        List<Object> keys = new ArrayList<>();
        for (int row = 2; row < 2 + rows; row++) {
            keys.add(cell("Request ID", row));
        }
        return keys;
    }

    List<Call> writes() {
        return sheets.calls().stream()
                .filter(call -> call.path().endsWith(":batchUpdate"))
                .toList();
    }

    // --- the records

    /** A request of that code, which is its id too, and a customer named after it. */
    @CanIgnoreReturnValue
    Document request(String code) {
        Document request = new Document("_id", code).append("code", code).append("customerName", "Customer " + code);
        insert("requests", request);
        return request;
    }

    void insert(String collection, Document document) {
        await(database.collection(collection).insertOne(document));
    }

    void set(String code, String field, Object value) {
        setIn("requests", code, field, value);
    }

    void setIn(String collection, String id, String field, Object value) {
        await(database.collection(collection).updateOne(Filters.eq("_id", id), Updates.set(field, value)));
    }

    void remove(String code) {
        await(database.collection("requests").deleteOne(Filters.eq("_id", code)));
    }

    Document stored(String code) {
        return all("requests").stream()
                .filter(request -> request.get("_id").equals(code))
                .findFirst()
                .orElseThrow();
    }

    // --- the queue

    void queue(Action action, String... codes) {
        queue("Request", action, codes);
    }

    void queue(String model, Action action, String... ids) {
        List<RecordChange> changes = Stream.of(ids)
                .map(id -> new RecordChange(model, id, action, null, "a test", null))
                .toList();
        await(queue.enqueue(changes));
    }

    /** Puts requests into the database, and what they are to the sheet into the queue. */
    void create(String... codes) {
        Stream.of(codes).forEach(this::request);
        queue(Action.CREATE, codes);
    }

    static String[] codes(int several) {
        return IntStream.range(0, several).mapToObj("A-%04d"::formatted).toArray(String[]::new);
    }

    /** The only item of a record. */
    QueueItem item(String recordId) {
        List<QueueItem> found = items().stream()
                .filter(item -> item.recordId().equals(recordId))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("the items of " + recordId + " are " + found);
        }
        return found.get(0);
    }

    List<QueueItem> items() {
        return await(database.collection(QueueStore.COLLECTION, QueueItem.class)
                .find()
                .collect()
                .asList());
    }

    /** As if all waits were over. */
    void letTimePass() {
        await(database.collection(QueueStore.COLLECTION)
                .updateMany(Filters.eq("status", "PENDING"), Updates.set("nextAttemptAt", Instant.EPOCH)));
    }

    void change(String recordId, String field, Object value) {
        await(database.collection(QueueStore.COLLECTION)
                .updateOne(Filters.eq("recordId", recordId), Updates.set(field, value)));
    }

    List<LogEntry> log() {
        return await(database.collection(WriteLog.COLLECTION, LogEntry.class)
                .find()
                .collect()
                .asList());
    }

    List<LogEntry> log(String recordId) {
        return log().stream().filter(entry -> entry.recordId().equals(recordId)).toList();
    }

    List<Document> all(String collection) {
        return await(database.collection(collection).find().collect().asList());
    }

    // --- the runs

    /** A run from its start to its end; the answer. */
    @CanIgnoreReturnValue
    JsonPath run() {
        return post("/api/sync/write-back?wait=true", "{}");
    }

    @CanIgnoreReturnValue
    JsonPath rehearse() {
        return post("/api/sync/write-back?wait=true", "{\"mode\": \"dry-run\"}");
    }

    @CanIgnoreReturnValue
    JsonPath undo(JsonPath run) {
        return post("/api/sync/write-back/undo?wait=true", "{\"run\": \"%s\"}".formatted(id(run)));
    }

    static String id(JsonPath answer) {
        return answer.getString("run.id");
    }

    private static JsonPath post(String path, String body) {
        return send(path, body).then().statusCode(200).extract().jsonPath();
    }

    static Response send(String path, String body) {
        return SignedIn.as(SamplePerson.admin)
                .contentType("application/json")
                .body(body)
                .post(path);
    }

    @CanIgnoreReturnValue
    static <T> T await(Uni<T> step) {
        return step.await().atMost(PATIENCE);
    }
}
