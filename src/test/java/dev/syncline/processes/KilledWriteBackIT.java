package dev.syncline.processes;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.processes.SalesRecords.Sale;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes die, freeze and are told to end while they write records back. {@code -Dsyncline.trials=50} makes as many random
 * trials, {@code -Dsyncline.trials.seed} repeats one.
 */
class KilledWriteBackIT {
    private static final int TRIALS = Integer.getInteger("syncline.trials", 2);
    private static final long SEED = Long.getLong("syncline.trials.seed", System.nanoTime());
    private static final Duration TAKEN_OVER = Duration.ofSeconds(30);
    private static final Duration EXIT = Duration.ofSeconds(20);

    static WriteBackProcesses processes;

    @BeforeAll
    static void start() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "syncline.writeback.items-per-run",
                "5000",
                "syncline.writeback.batch-size",
                "100",
                "syncline.writeback.claim-timeout",
                "10S",
                "syncline.writeback.retry-delay",
                "50MS",
                "syncline.google.sheets.calls-per-minute",
                "100000"));
        // Longer than a claim counts: whoever takes a run over takes its items, too.
        settings.put("syncline.runs.lease", "12S");
        settings.put("syncline.runs.renew-interval", "1S");
        settings.put("syncline.runs.max-attempts", "10");
        // An item may be unlucky again and again here; that it is given up in the end is shown elsewhere.
        settings.put("syncline.writeback.max-attempts", "20");
        processes = new WriteBackProcesses(settings);
    }

    @AfterAll
    static void stop() {
        processes.close();
    }

    @AfterEach
    void mend() {
        processes.sheets().faults().reset();
    }

    @Test
    @DisplayName(
            "S2-21, S2-22, S2-23, S2-25: however often a process dies at random moments, each record's last state is in its row"
                    + " once, and what people have is to the byte what it was")
    void survivesKillsAtRandomMoments() {
        int kills = 0;
        int inWrite = 0;
        for (int number = 0; number < TRIALS; number++) {
            long seed = SEED + number;
            WriteBackTrial.Result result = trial(2 + number % 2, seed);
            System.out.printf("trial %d of %d, seed %d: %s%n", number + 1, TRIALS, seed, result);
            kills += result.kills();
            inWrite += result.killsInWrite();
        }
        Measured.tell("S2-22 trials", TRIALS);
        Measured.tell("S2-22 kill -9 in all trials", kills);
        Measured.tell("S2-22 of them while a write was under way", inWrite);
    }

    private static WriteBackTrial.Result trial(int count, long seed) {
        try {
            WriteBackTrial.Result result = new WriteBackTrial(processes, count, seed).run();
            processes.assertDrained();
            return result;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("the trial with the seed " + seed + " failed", e);
        }
    }

    @Test
    @DisplayName("S2-25: killed when Google has written and not answered yet, it writes nothing a second time")
    void killedBetweenWriteAndAnswer() {
        // Given
        List<Sale> sales = changesOfAllKinds();
        Replica worker = processes.alive(2).get(0);
        CountDownLatch killed = new CountDownLatch(1);
        processes.sheets().faults().matching(WriteBackProcesses.WRITES).after(2, () -> {
            processes.lose(worker);
            killed.countDown();
        });

        // When
        WriteBackProcesses.queue(worker, sales);
        String run = WriteBackProcesses.start(worker);
        await(killed);
        JsonNode ended = processes.alive().get(0).awaitEnd(run);

        // Then
        assertThat(ended.path("attempts").path(0).path("error").path("code").asText())
                .isEqualTo("INTERRUPTED");
        processes.drain(processes.alive().get(0));
        processes.assertDrained();
        assertThat(begunAndNeverEnded())
                .as("attempts that were begun, as the log has them")
                .isPositive();
    }

    @Test
    @DisplayName("S2-25: killed between an append and its noting, the row is found by its key and not appended again")
    void killedBetweenAppendAndSave() {
        // Given
        processes.begin(Map.of(SalesModel.REQUEST, 100));
        Replica worker = processes.alive(2).get(0);
        List<Sale> sales = processes.records().add(SalesModel.REQUEST, 90);
        WriteBackProcesses.queue(worker, sales);
        CountDownLatch written = new CountDownLatch(1);
        processes.sheets().faults().matching(WriteBackProcesses.WRITES).after(1, () -> {
            // It gets its answer, and none of its words to the database any more.
            worker.line().stall();
            written.countDown();
        });

        // When
        String run = WriteBackProcesses.start(worker);
        await(written);
        assertThat(withoutRow()).isEqualTo(90);
        processes.lose(worker);
        worker.line().flow();
        Replica other = processes.alive().get(0);
        JsonNode ended = other.awaitEnd(run);

        // Then
        assertThat(ended.path("counts").path("unchanged").asInt())
                .as("rows that were there already: %s", ended)
                .isEqualTo(90);
        assertThat(withoutRow()).isZero();
        processes.assertDrained();
    }

    private static long withoutRow() {
        return processes
                .replicas()
                .database()
                .collection("requests")
                .countDocuments(new Document("sheetRowIndex", new Document("$exists", false)));
    }

    @Test
    @DisplayName(
            "S2-22: a process that froze in mid-write and wakes up late overwrites nothing newer and doubles nothing")
    void frozenInMidWrite() {
        // Given a write that has been sent, and whose process does not live to see the answer for now
        List<Sale> sales = changesOfAllKinds();
        List<Replica> both = processes.alive(2);
        Replica frozen = both.get(0);
        Replica other = both.get(1);
        CountDownLatch asleep = new CountDownLatch(1);
        processes.sheets().faults().matching(WriteBackProcesses.WRITES).before(2, () -> {
            frozen.process().freeze();
            asleep.countDown();
        });
        WriteBackProcesses.queue(frozen, sales);
        String run = WriteBackProcesses.start(frozen);
        await(asleep);

        // When another process goes on, with newer states, and the first one wakes up in the middle of that
        other.awaitAttempt(run, 2, TAKEN_OVER);
        processes.records().change(sales);
        WriteBackProcesses.queue(other, sales);
        other.awaitEnd(run);
        processes.drain(other);
        frozen.process().thaw();
        Awaitility.await("it to notice")
                .atMost(TAKEN_OVER)
                .until(() -> frozen.process().output().contains("the lease was lost"));

        // Then
        processes.drain(other);
        processes.assertDrained();
    }

    @Test
    @DisplayName(
            "S2-13: SIGTERM in mid-run: what was claimed is finished or given back, and the process exits within 20 s")
    void toldToEnd() throws InterruptedException {
        // Given
        List<Sale> sales = changesOfAllKinds();
        List<Replica> both = processes.alive(2);
        Replica stopped = both.get(0);
        Replica other = both.get(1);
        CountDownLatch writing = new CountDownLatch(1);
        processes.sheets().faults().matching(WriteBackProcesses.WRITES).before(2, writing::countDown);
        processes.sheets().faults().matching(WriteBackProcesses.WRITES).delay(Duration.ofSeconds(1));
        WriteBackProcesses.queue(stopped, sales);
        String run = WriteBackProcesses.start(stopped);
        await(writing);

        // When
        Instant asked = Instant.now();
        stopped.process().terminate();
        int exitCode = stopped.process().exitCode();
        Duration took = Duration.between(asked, Instant.now());
        processes.lose(stopped);

        // Then
        Measured.tell("S2-13 SIGTERM to exit, in mid-write", took);
        assertThat(took).isLessThan(EXIT);
        assertThat(exitCode).isIn(0, 143);
        processes.sheets().faults().reset();
        JsonNode ended = other.awaitEnd(run);
        assertThat(ended.path("attempts").path(0).path("error").path("code").asText())
                .isEqualTo("HANDED_OVER");
        processes.drain(other);
        processes.assertDrained();
        assertThat(diedWorkers()).as("items that had to be reclaimed").isZero();
    }

    private static long diedWorkers() {
        return logged(new Document("code", "WORKER_DIED"));
    }

    private static long begunAndNeverEnded() {
        return logged(new Document("status", "BEGUN")) + diedWorkers();
    }

    private static long logged(Document filter) {
        return processes.replicas().database().collection("writeback_log").countDocuments(filter);
    }

    @Test
    @DisplayName(
            "S2-43: of two triggers at two processes at the same time one is accepted, the other is told of the run")
    void oneRunForTwoTriggers() {
        List<Sale> sales = changesOfAllKinds();
        List<Replica> both = processes.alive(2);
        WriteBackProcesses.queue(both.get(0), sales);

        List<Answer> answers = both.stream()
                .map(replica -> CompletableFuture.supplyAsync(() -> WriteBackProcesses.trigger(replica)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(202, 409);
        Stream<JsonNode> refused =
                answers.stream().filter(answer -> answer.status() == 409).map(Answer::body);
        Stream<String> accepted = answers.stream()
                .map(answer -> answer.body().path("task_id").asText())
                .filter(id -> !id.isEmpty());
        String run = accepted.findFirst().orElseThrow();
        assertThat(refused).allSatisfy(body -> assertThat(body.toString()).contains(run));
        both.get(1).awaitEnd(run);
        processes.drain(both.get(1));
        processes.assertDrained();
    }

    /** Records with rows that change, and new ones, in both tabs. */
    private static List<Sale> changesOfAllKinds() {
        processes.begin(Map.of(SalesModel.REQUEST, 250, SalesModel.OPERATOR, 50));
        SalesRecords records = processes.records();
        records.change(records.all());
        records.add(SalesModel.REQUEST, 60);
        records.add(SalesModel.OPERATOR, 40);
        return records.all();
    }

    private static void await(CountDownLatch latch) {
        Awaitility.await("the moment").atMost(TAKEN_OVER).until(() -> latch.getCount() == 0);
    }
}
