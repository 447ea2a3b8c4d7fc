package dev.syncline.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.syncline.PackagedApp;
import dev.syncline.TestMongo;
import dev.syncline.processes.SalesRecords.Sale;

import static org.assertj.core.api.Assertions.assertThat;

/** Long queues, in a small heap, against a server that allows what Google allows: 60 reads and 60 writes a minute. */
class LargeWriteBackIT {
    private static final int A_MINUTE = 60;
    private static final int ALONE = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration SCHEDULE = Duration.ofMinutes(5);
    private static final Duration RUN_LIMIT = Duration.ofMinutes(4);
    private static final Pattern COLLECTED = Pattern.compile("Pause Full .*M->(\\d+)M\\(");

    /** The embedded server looks through the whole queue for each item that is closed. */
    private static final int ROWS =
            Integer.getInteger("syncline.writeback.rows", TestMongo.isEmbedded() ? 1_000 : 10_000);

    @TempDir
    Path directory;

    private WriteBackProcesses processes;
    private Api api;

    private void start(Map<String, String> settings) {
        processes = new WriteBackProcesses(settings);
        PackagedApp app = processes
                .replicas()
                .startOn(List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xlog:gc:file=" + directory.resolve("gc.log")));
        api = new Api(app.address());
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> api.get("/q/health/ready").status() == 200);
        processes.sheets().faults().quota(A_MINUTE);
    }

    @AfterEach
    void stop() {
        processes.close();
    }

    @Test
    @DisplayName(
            "S2-8, S2-32, S2-48: a backlog of 1,000 takes ten runs at the default settings, each of at most 12 calls and"
                    + " well within its five minutes")
    void backlogOfAThousand() {
        // Given
        start(Map.of());
        processes.begin(Map.of(SalesModel.REQUEST, 700 + SalesModel.LIKE_FORMULAS, SalesModel.OPERATOR, 200));
        SalesRecords records = processes.records();
        List<Sale> sales = plain(records.all());
        records.change(sales);
        sales.addAll(records.add(SalesModel.REQUEST, 100));
        WriteBackProcesses.queue(api, sales);
        processes.sheets().faults().quota(A_MINUTE);
        Instant began = Instant.now();

        // When
        for (int number = 1; number <= 10; number++) {
            int callsBefore = processes.sheets().calls().size();
            JsonNode run = run();
            assertThat(run.path("counts").path("read").asInt()).isEqualTo(100);
            assertThat(processes.sheets().calls().size() - callsBefore).isBetween(4, 12);
            assertThat(Duration.ofMillis(run.path("durationMs").asLong())).isLessThan(RUN_LIMIT);
        }

        // Then
        Measured.tell("S2-48 backlog of 1,000, ten runs back to back", Duration.between(began, Instant.now()));
        Measured.tell(
                "S2-48 backlog of 1,000, calls", processes.sheets().calls().size());
        assertThat(SCHEDULE.multipliedBy(10)).isLessThan(Duration.ofHours(1));
        assertNothingRefused();
        processes.assertDrained();
    }

    @Test
    @DisplayName("S2-32: large runs take few calls for many rows, in one call for hundreds of them")
    void manyRows() {
        // Given
        Map<String, String> settings = new HashMap<>(Map.of(
                "syncline.writeback.items-per-run",
                "50000",
                "syncline.writeback.batch-size",
                "2500",
                "syncline.writeback.run-for",
                "10M",
                "syncline.writeback.claim-timeout",
                "20M"));
        start(settings);
        processes.begin(Map.of(SalesModel.REQUEST, ROWS + SalesModel.LIKE_FORMULAS));
        SalesRecords records = processes.records();

        // When
        tellOfAloneRows();
        List<Sale> sales = plain(records.all());
        records.change(sales);
        write("updates", sales, "updated");
        write("appends", records.add(SalesModel.REQUEST, ROWS), "added");
        write("unchanged", sales, "unchanged");

        // Then
        Measured.tell("S2-32 most MB that a full collection left of the heap of 256", mostAlive());
        assertNothingRefused();
        processes.assertDrained();
    }

    private static List<Sale> plain(List<Sale> sales) {
        return sales.stream()
                .filter(sale -> sale.model() != SalesModel.REQUEST || sale.number() >= SalesModel.LIKE_FORMULAS)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void write(String what, List<Sale> sales, String outcome) {
        WriteBackProcesses.queue(api, sales);
        int callsBefore = processes.sheets().calls().size();
        JsonNode run = run();
        int calls = processes.sheets().calls().size() - callsBefore;
        assertThat(run.path("counts").path(outcome).asInt()).as("%s", run).isEqualTo(sales.size());
        long millis = Math.max(1, run.path("durationMs").asLong());
        String told = "S2-32 %,d %s".formatted(sales.size(), what);
        Measured.tell(told, Duration.ofMillis(millis));
        Measured.tell(told + ", rows a minute", sales.size() * 60_000L / millis);
        Measured.tell(told + ", calls", calls);
        assertThat(calls).isLessThanOrEqualTo(2 + 2 * (1 + sales.size() / 500));
    }

    /** Google's client as anybody would use it, one cell of each row; and what reading takes alone. */
    private void tellOfAloneRows() {
        processes.sheets().faults().reset();
        RowByRow alone = new RowByRow(processes.sheets(), WriteBackProcesses.SHEET);
        Duration reading = alone.read("Request", ROWS + 1);
        Measured.tell("S2-32 reading of %,d rows alone".formatted(ROWS), reading);
        List<String> contacts = IntStream.range(0, ALONE)
                .mapToObj(number -> SalesModel.REQUEST.record(number, 0).getString("contact"))
                .toList();
        Duration writing = alone.write("Request", "C", contacts);
        Measured.tell("S2-32 %d rows by a call each".formatted(ALONE), writing);
        Measured.tell("S2-32 rows by a call each, rows a minute", ALONE * 60_000L / Math.max(1, writing.toMillis()));
        processes.sheets().faults().quota(A_MINUTE);
    }

    private JsonNode run() {
        Answer started = api.post("/api/sync/write-back", "{}", Map.of());
        assertThat(started.status()).as("%s", started.body()).isEqualTo(202);
        String run = started.body().path("task_id").asText();
        JsonNode ended = Awaitility.await("the run to end")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> api.get("/api/runs/" + run).body(), Replica::isOver);
        assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("SUCCEEDED");
        return ended;
    }

    private void assertNothingRefused() {
        assertThat(processes.sheets().calls()).allMatch(call -> call.status() == 200);
    }

    private long mostAlive() {
        try (Stream<String> log = Files.lines(directory.resolve("gc.log"))) {
            return log.map(COLLECTED::matcher)
                    .filter(Matcher::find)
                    .mapToLong(collected -> Long.parseLong(collected.group(1)))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
