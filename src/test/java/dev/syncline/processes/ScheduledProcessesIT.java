package dev.syncline.processes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Three processes follow one fast schedule, while one is killed, one comes and one is told to end. */
class ScheduledProcessesIT {
    private static final Duration EACH = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final GeneratedFeed FEED = GeneratedFeed.of(40);

    private Replicas replicas;

    @BeforeEach
    void provide() {
        Replicas.provide(FEED);
        Map<String, String> settings = new HashMap<>(Replicas.batchesOf(100));
        settings.put("syncline.permits.source", FEED.name());
        settings.put("syncline.permits.schedule.cron", "*/3 * * * * *");
        replicas = new Replicas(settings);
    }

    @AfterEach
    void stop() {
        replicas.close();
    }

    @Test
    @DisplayName("one run for each tick over three processes, also when one is killed and one ends in between")
    void oneRunForEachTick() {
        // Given
        List<Replica> three = replicas.start(3);
        awaitStarted(5);

        // When
        three.get(0).process().kill();
        awaitStarted(8);
        Replica fourth = replicas.start();
        three.get(1).process().terminate();
        awaitStarted(14);
        Instant settledUpTo = Instant.now();
        Awaitility.await("all claimed slots to be settled")
                .atMost(PATIENCE)
                .until(() -> replicas.database()
                                .collection("schedule_ticks")
                                .countDocuments(
                                        Filters.and(Filters.eq("open", true), Filters.lt("at", Date.from(settledUpTo))))
                        == 0);
        three.get(2).process().kill();
        fourth.process().kill();

        // Then
        List<Document> ticks = ticks(Filters.lt("at", Date.from(settledUpTo)));
        assertEachTickHasItsRun(ticks);
        assertNoSlotIsLost(ticks);
        assertEachRunHasItsTick();
    }

    private void awaitStarted(int count) {
        Awaitility.await(count + " slots to be started")
                .atMost(PATIENCE)
                .until(() -> ticks(Filters.eq("outcome", "started")).size() >= count);
    }

    private List<Document> ticks(Bson filter) {
        return replicas.database()
                .collection("schedule_ticks")
                .find(filter)
                .sort(Sorts.ascending("slot"))
                .into(new ArrayList<>());
    }

    private void assertEachTickHasItsRun(List<Document> ticks) {
        for (Document tick : ticks) {
            Document run = replicas.database().run(tick.getString("run"));
            assertThat(tick.getString("outcome")).as("%s", tick).isIn("started", "inflight");
            if (tick.getString("outcome").equals("started")) {
                assertThat(run).as("the run of %s", tick).isNotNull();
                assertThat(run.get("trigger", Document.class).getString("idempotencyKey"))
                        .isEqualTo(tick.getString("_id"));
            } else {
                assertThat(run).as("a run of %s", tick).isNull();
            }
        }
    }

    /** A slot without a tick of its own is one of those that the next tick stands for. */
    private static void assertNoSlotIsLost(List<Document> ticks) {
        for (int i = 1; i < ticks.size(); i++) {
            Duration apart = Duration.between(slot(ticks.get(i - 1)), slot(ticks.get(i)));
            assertThat(apart.toMillis() % EACH.toMillis()).isZero();
            assertThat(apart.dividedBy(EACH) - 1)
                    .as("slots between %s and %s", ticks.get(i - 1), ticks.get(i))
                    .isLessThanOrEqualTo(ticks.get(i).getLong("earlier"));
        }
    }

    private static Instant slot(Document tick) {
        return tick.getDate("slot").toInstant();
    }

    private void assertEachRunHasItsTick() {
        List<Document> runs = replicas.database().collection("runs").find().into(new ArrayList<>());
        assertThat(runs)
                .extracting(run -> run.get("trigger", Document.class).getString("idempotencyKey"))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(14);
        for (Document run : runs) {
            Document trigger = run.get("trigger", Document.class);
            assertThat(trigger).containsEntry("kind", "scheduled").containsEntry("actor", "schedule");
            assertThat(ticks(Filters.eq("_id", trigger.getString("idempotencyKey"))))
                    .singleElement()
                    .satisfies(tick -> assertThat(tick).containsEntry("run", run.getString("_id")));
        }
    }
}
