package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.ingest.Warning;
import dev.syncline.notify.Alerts;
import dev.syncline.notify.NotifyProfile;
import dev.syncline.platform.Leader;
import dev.syncline.platform.MongoDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** With a mail server and a webhook that are away: what is to be told lies in the outbox. */
@QuarkusTest
@TestProfile(NotifyProfile.class)
class BacklogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> COLLECTIONS = List.of(QueueStore.COLLECTION, BacklogWatch.COLLECTION, "outbox");

    @Inject
    MongoDatabase database;

    @Inject
    QueueStore queue;

    @Inject
    Alerts alerts;

    @Inject
    Leader leader;

    @Inject
    WriteBackConfig config;

    private BacklogWatch watch;

    @BeforeEach
    @AfterEach
    void clear() {
        watch = aProcess();
        COLLECTIONS.forEach(name -> {
            var unused = await(database.collection(name).deleteMany(new Document()));
        });
    }

    /** One that has just begun, and remembers nothing. */
    private BacklogWatch aProcess() {
        return new BacklogWatch(database, queue, alerts, leader, config);
    }

    @Test
    @DisplayName("S2-44: more than 100 pending changes for more than an hour are told once, over restarts and replicas")
    void isToldOnce() {
        // Given
        change(1, 100);
        measure(watch);
        assertThat(backlogs()).isEmpty();
        change(101, 101);
        measure(watch);
        since(Duration.ofMinutes(59));
        measure(aProcess());
        assertThat(told()).isEmpty();
        assertThat(warnings()).isEmpty();

        // When
        since(Duration.ofMinutes(61));
        measure(aProcess());

        // Then
        assertThat(told())
                .extracting(notice -> notice.getString("channel") + " " + notice.getString("recipient"))
                .containsExactlyInAnyOrder("mail ops@example.org", "mail duty@example.org", webhook());
        assertThat(told()).filteredOn("channel", "mail").allSatisfy(mail -> assertThat(mail.getString("subject"))
                .isEqualTo("[Syncline] writeback: backlog - BACKLOG_GROWING"));
        assertThat(told()).filteredOn("channel", "mail").allSatisfy(mail -> assertThat(mail.getString("text"))
                .contains("Waiting now:       101")
                .contains("Too many since:    " + since())
                .contains("https://syncline.example.org/docs/runbook/backlog-growing.md"));
        assertThat(told()).filteredOn("channel", "webhook").allSatisfy(call -> assertThat(call.getString("text"))
                .contains("\"type\":\"sync.backlog\"", "\"sync\":\"writeback\"", "\"waiting\":101"));

        // When others look, the one that told not having come to remember it
        var unused =
                await(database.collection(BacklogWatch.COLLECTION).updateOne(Filters.empty(), Updates.unset("told")));
        measure(aProcess());
        measure(watch);

        // Then
        assertThat(told()).hasSize(3);
    }

    @Test
    @DisplayName("S2-44: what has been short again is told anew; while it is long, the sync has a warning")
    void isToldAgainAfterItsEnd() {
        change(1, 101);
        measure(watch);
        since(Duration.ofMinutes(61));
        measure(watch);
        assertThat(warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("BACKLOG_GROWING");
            assertThat(warning.message())
                    .isEqualTo("101 changes wait to be written; since %s there have been more than 100"
                            .formatted(since()));
        });
        assertThat(await(watch.of("permits"))).isEmpty();

        var unused = await(database.collection(QueueStore.COLLECTION).deleteOne(Filters.eq("recordId", "r1")));
        assertThat(warnings()).as("before anybody has measured").isEmpty();
        measure(watch);
        assertThat(backlogs()).isEmpty();

        change(102, 102);
        measure(watch);
        assertThat(warnings()).isEmpty();
        since(Duration.ofMinutes(62));
        measure(watch);
        assertThat(told()).hasSize(6);
    }

    private void change(int from, int to) {
        var unused = await(queue.enqueue(IntStream.rangeClosed(from, to)
                .mapToObj(i -> QueueDesk.update("r" + i))
                .toList()));
    }

    private void measure(BacklogWatch by) {
        await(by.measure());
    }

    private void since(Duration ago) {
        Instant then = await(database.time()).minus(ago);
        var unused = await(
                database.collection(BacklogWatch.COLLECTION).updateOne(Filters.empty(), Updates.set("since", then)));
    }

    private Instant since() {
        return backlogs().get(0).getDate("since").toInstant();
    }

    private List<Document> backlogs() {
        return all(BacklogWatch.COLLECTION);
    }

    private List<Document> told() {
        return all("outbox");
    }

    private String webhook() {
        return told().stream()
                .filter(notice -> notice.getString("channel").equals("webhook"))
                .map(notice -> "webhook " + notice.getString("recipient"))
                .findFirst()
                .orElse("no webhook");
    }

    private List<Document> all(String collection) {
        return await(database.collection(collection).find().collect().asList());
    }

    private List<Warning> warnings() {
        return await(watch.of("writeback"));
    }

    private static <T> T await(Uni<T> step) {
        return step.await().atMost(PATIENCE);
    }
}
