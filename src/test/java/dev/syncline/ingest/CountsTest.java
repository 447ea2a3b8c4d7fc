package dev.syncline.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.CoreProfile;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunDesk;
import dev.syncline.run.RunState;
import dev.syncline.run.ScriptedSync;

import static dev.syncline.ingest.Feed.aFeed;
import static dev.syncline.ingest.Limits.limits;
import static dev.syncline.run.RunAssert.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Random feeds on random limits; the seed in the test's name makes the same feeds again. */
@QuarkusTest
@TestProfile(CoreProfile.class)
class CountsTest {
    private static final List<String> OUTCOMES =
            List.of("read", "added", "updated", "unchanged", "rejected", "duplicates", "absent");

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    @Inject
    MeterRegistry metrics;

    private final Ends ends = new Ends();

    @BeforeEach
    void clear() {
        desk.clear(sync);
    }

    @AfterEach
    void stopListening() {
        ends.close();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName(
            "C0-10, S1-09: what was read is all accounted for, alike in the view, the metrics, the log and the rows")
    void countsAddUp(long seed) {
        Random random = new Random(seed);
        int size = 40 + random.nextInt(160);
        Map<String, Long> metered = metered();
        sync.reads(aFeed().withPermits(0, size));
        add(counts(desk.run()), metered);

        for (int i = 0; i < 3; i++) {
            Feed feed = randomFeed(random, size);
            sync.reads(feed, randomLimits(random));

            Run run = desk.run(random.nextInt(4) == 0 ? Mode.dry_run : Mode.live);

            assertThat(run).addsUp();
            if (run.state() != RunState.FAILED) {
                assertThat(run.progress().counts().read()).isEqualTo(feed.size());
            }
            Map<String, Long> counts = counts(run);
            assertThat(viewed(run)).isEqualTo(counts);
            add(counts, metered);
            await().untilAsserted(() -> assertThat(metered()).isEqualTo(metered));
            await().untilAsserted(() -> assertThat(ends.line(run)).isEqualTo(inWords(counts)));
            if (run.mode() == Mode.live) {
                assertThat(stored(run))
                        .isEqualTo(Map.of(
                                "added", counts.get("added"),
                                "updated", counts.get("updated"),
                                "rejected", counts.get("rejected")));
            }
        }
    }

    // --- random feeds

    private static Feed randomFeed(Random random, int size) {
        Feed feed = aFeed();
        for (int i = 0; i < size; i++) {
            feed = randomRow(feed, random, i);
        }
        return random.nextInt(4) == 0
                ? feed.failingAt(random.nextInt(size), 3, new SyncException(ErrorCode.FEED_TRUNCATED, "cut"))
                : feed;
    }

    private static Feed randomRow(Feed feed, Random random, int i) {
        PermitRow permit = Feed.numbered(i);
        return switch (random.nextInt(40)) {
            case 0 -> feed.withBroken(ErrorCode.ROW_MALFORMED);
            case 1 -> feed.withBroken(ErrorCode.ROW_NOT_OBJECT);
            case 2 -> feed.with(permit.with("PERMIT_NUM", " "));
            case 3 -> feed.with(permit.with("PERMIT_NUM", "2".repeat(31)));
            case 4 -> feed.with(permit.with("DESCRIPTION", Map.of("a", 1)));
            case 5, 6 ->
                feed.with(
                        Feed.numbered(random.nextInt(i + 1)).withStatus("Twice").numbered(random.nextInt(9)));
            case 7, 8, 9 -> feed.with(permit.withStatus("Status " + random.nextInt(3)));
            case 10, 11 -> feed.with(Feed.numbered(1_000 + random.nextInt(1_000)));
            default -> feed.with(permit);
        };
    }

    private static Limits randomLimits(Random random) {
        return limits().inBatchesOf(1 + random.nextInt(60), 1 + random.nextInt(3))
                .holdingFrom(random.nextBoolean() ? 0.1 : 1.1)
                .allowingRejected(random.nextBoolean() ? 3 : 50, 0.1);
    }

    // --- the places where counts are told

    private static Map<String, Long> counts(Run run) {
        Tally t = run.progress().counts();
        List<Long> values =
                List.of(t.read(), t.added(), t.updated(), t.unchanged(), t.rejected(), t.duplicates(), t.absent());
        Map<String, Long> counts = new LinkedHashMap<>();
        IntStream.range(0, OUTCOMES.size()).forEach(i -> counts.put(OUTCOMES.get(i), values.get(i)));
        return counts;
    }

    private static Map<String, Long> viewed(Run run) {
        var view = given().when()
                .get("/api/runs/" + run.id())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        Map<String, Long> counts = new LinkedHashMap<>();
        OUTCOMES.forEach(outcome -> counts.put(outcome, view.getLong("counts." + outcome)));
        return counts;
    }

    private Map<String, Long> metered() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String outcome : OUTCOMES) {
            String tag = outcome.equals("duplicates") ? "duplicate" : outcome;
            Counter counter = metrics.find("syncline.rows")
                    .tags("sync", ScriptedSync.SYNC, "outcome", tag)
                    .counter();
            counts.put(outcome, counter == null ? 0L : (long) counter.count());
        }
        return counts;
    }

    private static void add(Map<String, Long> counts, Map<String, Long> totals) {
        counts.forEach((outcome, count) -> totals.merge(outcome, count, Long::sum));
    }

    private static String inWords(Map<String, Long> counts) {
        List<String> words = new ArrayList<>();
        counts.forEach((outcome, count) -> words.add(outcome + "=" + count));
        return String.join(" ", words);
    }

    /** What the collections hold of a run, whatever it says of itself. */
    private Map<String, Long> stored(Run run) {
        var written = desk.find(ScriptedSync.ROWS, Filters.eq("changed_by", run.id()));
        long added = written.stream()
                .filter(row -> row.get("added_by").equals(run.id()))
                .count();
        long absent =
                written.stream().filter(row -> row.get("absent_since") != null).count();
        long rejected = desk.find("rejections", Filters.eq("run", run.id())).size();
        return Map.of("added", added, "updated", written.size() - added - absent, "rejected", rejected);
    }

    /** What the log says of the ends of runs. */
    private static final class Ends extends Handler {
        private final Logger logger = Logger.getLogger("dev.syncline.run");
        private final Map<String, String> lineByRun = new ConcurrentHashMap<>();

        Ends() {
            logger.addHandler(this);
        }

        /** The counts in the line that tells a run's end; empty while there is none. */
        String line(Run run) {
            return lineByRun.getOrDefault(run.id(), "");
        }

        @Override
        public void publish(LogRecord line) {
            int counts = line.getMessage().indexOf("read=");
            if (counts >= 0 && line instanceof ExtLogRecord told) {
                lineByRun.put(told.getMdc("run"), line.getMessage().substring(counts));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
