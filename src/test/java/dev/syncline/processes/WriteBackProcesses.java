package dev.syncline.processes;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import org.awaitility.Awaitility;
import org.bson.Document;

import dev.syncline.dev.sheets.SheetsStandIn;
import dev.syncline.processes.SalesRecords.Sale;

import static org.assertj.core.api.Assertions.assertThat;

/** Processes that write records back to a sheet, the sheet's server, which outlives them, and their database. */
final class WriteBackProcesses implements AutoCloseable {
    static final String SHEET = "sales-sheet";
    /** Calls that change the sheet, as the stand-in's faults name them. */
    static final String WRITES = ":batchUpdate";

    private static final int AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Google may carry a call out for three minutes, and so long waits what it was about. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final SheetsStandIn sheets = SheetsStandIn.start(0);
    private final Replicas replicas;
    private final SalesRecords records;
    private final List<Replica> alive = new ArrayList<>();
    private final List<CompletableFuture<Replica>> coming = new ArrayList<>();
    private final ExecutorService starter = Executors.newSingleThreadExecutor();

    /** @param more settings of all processes */
    WriteBackProcesses(Map<String, String> more) {
        replicas = new Replicas(settings(more));
        records = new SalesRecords(replicas.database(), sheets.create(SHEET, "Sales", ZoneId.of("Asia/Ho_Chi_Minh")));
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "syncline.writeback.sheet-id",
                SHEET,
                "syncline.writeback.models.Revenue.enabled",
                "false",
                "syncline.writeback.schedule.cron",
                "off",
                "syncline.writeback.intake.max-changes",
                String.valueOf(AT_ONCE),
                "syncline.google.sheets.root-url",
                sheets.root().toString(),
                "syncline.google.sheets.credentials-json",
                sheets.accountKey()));
        settings.putAll(more);
        return settings;
    }

    Replicas replicas() {
        return replicas;
    }

    SheetsStandIn sheets() {
        return sheets;
    }

    SalesRecords records() {
        return records;
    }

    /** Records with rows, and an empty queue. */
    void begin(Map<SalesModel, Integer> sizes) {
        sheets.faults().reset();
        sheets.forgetCalls();
        for (String name : List.of("writeback_queue", "writeback_log", "writeback_rows", "runs")) {
            replicas.database().collection(name).deleteMany(new Document());
        }
        records.begin(sizes);
    }

    // --- processes

    /** As many that are ready. */
    List<Replica> alive(int count) {
        coming.forEach(start -> alive.add(start.join()));
        coming.clear();
        if (alive.size() < count) {
            alive.addAll(replicas.start(count - alive.size()));
        }
        return alive;
    }

    /** Those that are there at this moment. */
    List<Replica> alive() {
        for (CompletableFuture<Replica> start : List.copyOf(coming)) {
            if (start.isDone()) {
                alive.add(start.join());
                coming.remove(start);
            }
        }
        return alive.isEmpty() ? alive(1) : alive;
    }

    /** Kills it, and has another one started in its place; nobody waits for that. */
    void kill(Replica killed) {
        lose(killed);
        coming.add(CompletableFuture.supplyAsync(replicas::start, starter));
    }

    /** Kills it. */
    void lose(Replica killed) {
        killed.process().kill();
        alive.remove(killed);
    }

    /** The process that is at work, if one is. */
    Optional<Replica> worker() {
        return activeRun().flatMap(run -> alive().stream()
                .filter(replica -> hasBegun(replica, run))
                .findFirst());
    }

    private Optional<Document> activeRun() {
        return Optional.ofNullable(replicas.database()
                .collection("runs")
                .find(Filters.eq("activeFor", "writeback"))
                .first());
    }

    boolean isRunActive() {
        return activeRun().isPresent();
    }

    /** Whoever is at work ends it; a dead process's run is ended by another. */
    void awaitNoRun() {
        Awaitility.await("the active run to end")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !isRunActive());
    }

    private static boolean hasBegun(Replica replica, Document run) {
        String attempt = "attempt %d begins"
                .formatted(run.getList("attempts", Document.class).size());
        return replica.process()
                .output()
                .lines()
                .anyMatch(line -> line.contains(attempt) && line.contains(run.getString("_id")));
    }

    // --- what callers do

    /** Tells of changed records, as the application that owns them does. */
    static void queue(Replica replica, Collection<Sale> sales) {
        queue(replica.api(), sales);
    }

    static void queue(Api api, Collection<Sale> sales) {
        List<Sale> all = List.copyOf(sales);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            all.subList(from, Math.min(from + AT_ONCE, all.size())).forEach(sale -> items.addObject()
                    .put("model", sale.model().model())
                    .put("recordId", sale.id())
                    .put("action", "UPDATE"));
            String body =
                    JsonNodeFactory.instance.objectNode().set("items", items).toString();
            Answer answer = api.post("/api/sync/queue", body, Map.of());
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
        }
    }

    static Answer trigger(Replica replica) {
        return replica.api().post("/api/sync/write-back", "{}", Map.of());
    }

    /** Starts a run, which must be accepted, and gives its id. */
    static String start(Replica replica) {
        Answer answer = trigger(replica);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
        return answer.body().path("task_id").asText();
    }

    static JsonNode startAndWait(Replica replica) {
        return replica.awaitEnd(start(replica));
    }

    /** Runs until nothing is left to write, which takes a while where an item has to wait; gives the number of runs. */
    @CanIgnoreReturnValue
    int drain(Replica replica) {
        AtomicInteger runs = new AtomicInteger();
        Awaitility.await("nothing to be left to write")
                .atMost(LONGEST_WAIT)
                .pollInterval(Duration.ofMillis(500))
                .pollDelay(Duration.ZERO)
                .until(() -> isLastOf(runs, startAndWait(replica)));
        return runs.get();
    }

    private boolean isLastOf(AtomicInteger runs, JsonNode run) {
        runs.incrementAndGet();
        return run.path("counts").path("read").asInt() == 0 && items("PENDING", "PROCESSING") == 0;
    }

    // --- the queue

    long items(String... statuses) {
        return replicas.database().collection("writeback_queue").countDocuments(Filters.in("status", Set.of(statuses)));
    }

    /** Everything has been written, and nothing was given up. */
    void assertDrained() {
        assertThat(items("PENDING", "PROCESSING", "FAILED"))
                .as("items that are left: %s", left())
                .isZero();
        records.assertWritten();
    }

    private List<Document> left() {
        return replicas.database()
                .collection("writeback_queue")
                .find(Filters.ne("status", "COMPLETED"))
                .limit(5)
                .into(new ArrayList<>());
    }

    /** How many calls that change the sheet have come. */
    long writes() {
        return sheets.calls().stream()
                .filter(call -> call.path().endsWith(WRITES))
                .count();
    }

    /** Those of them that have not been answered yet. */
    long writesUnderWay() {
        return sheets.calls().stream()
                .filter(call -> call.status() == 0 && call.path().endsWith(WRITES))
                .count();
    }

    @Override
    public void close() {
        coming.forEach(CompletableFuture::join);
        starter.shutdown();
        replicas.close();
        sheets.close();
    }
}
