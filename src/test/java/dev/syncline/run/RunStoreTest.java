package dev.syncline.run;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SentCommands;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.platform.MongoDatabase;

import static dev.syncline.run.RunMaker.CLEAN;
import static dev.syncline.run.RunMaker.FAILURE;
import static dev.syncline.run.RunMaker.MINUTE;
import static dev.syncline.run.RunMaker.NOON;
import static dev.syncline.run.RunMaker.aQueuedRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against the database. */
@QuarkusTest
@TestProfile(CoreProfile.class)
class RunStoreTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    RunStore store;

    @Inject
    MongoDatabase database;

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    private ReactiveMongoCollection<Document> raw;
    private Run queued;

    @BeforeEach
    void storeARun() {
        desk.clear(sync);
        raw = database.collection("runs");
        queued = aQueuedRun();
        assertThat(await(store.insert(queued))).isTrue();
    }

    @Test
    @DisplayName("C0-02: a save with a stale version changes nothing")
    void staleSaveChangesNothing() {
        // Given
        Run running = save(queued, queued.startedBy("p/1", NOON));
        Document before = stored();

        // When
        Run late = queued.cancelRequested("late", NOON);

        // Then
        assertThatThrownBy(() -> save(queued, late)).isInstanceOf(StaleRunException.class);
        assertThat(stored()).isEqualTo(before);
        assertThat(await(store.byId("run-1"))).get().isEqualTo(withChangeTime(running));
    }

    @Test
    @DisplayName("C0-02: what has ended never changes again, whoever read it before")
    void endedRunNeverChanges() {
        // Given
        Run running = save(queued, queued.startedBy("p/1", NOON));
        Run progressed = save(running, running.progressed(CLEAN));
        var unused = save(progressed, progressed.finished(CLEAN, NOON, MINUTE));
        Document before = stored();

        // When, Then
        for (Run late : List.of(queued, running, progressed)) {
            assertThatThrownBy(() -> save(late, late.cancelRequested("late", NOON)))
                    .isInstanceOf(StaleRunException.class);
            assertThatThrownBy(() -> save(late, late.failed(FAILURE, CLEAN, NOON, MINUTE)))
                    .isInstanceOf(StaleRunException.class);
        }
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    @DisplayName("C0-57: a save writes what differs and nothing else")
    void writesWhatDiffers() {
        // Given
        Run running = save(queued, queued.startedBy("p/1", NOON));
        Progress progress = new Progress("waiting", new Tally(5, 5, 0, 0, 0, 0, 0), 500, 900L);

        // When
        List<BsonDocument> writes =
                SentCommands.writesTo("runs", () -> assertThat(save(running, running.progressed(progress)))
                        .isNotNull());

        // Then
        assertThat(writes).hasSize(1);
        assertThat(writes.get(0).getArray("updates").get(0).asDocument().getDocument("u"))
                .isEqualTo(BsonDocument.parse("{$set: {version: {$numberLong: '3'},"
                        + " 'progress.counts.read': {$numberLong: '5'}, 'progress.counts.added': {$numberLong: '5'},"
                        + " 'progress.bytesRead': {$numberLong: '500'}, 'progress.bytesTotal': {$numberLong: '900'}},"
                        + " $currentDate: {updatedAt: true}}"));
    }

    @Test
    @DisplayName("C0-57: fields that this version does not know survive its writes, at the top, nested and in arrays")
    void keepsWhatItDoesNotKnow() {
        // Given a newer version has written
        Run first = save(queued, queued.startedBy("p/1", NOON));
        var unused = await(raw.updateOne(
                Filters.eq("_id", "run-1"),
                Updates.combine(
                        Updates.set("colour", "red"),
                        Updates.set("trigger.via", "chat"),
                        Updates.set("progress.counts.skipped", 7),
                        Updates.set("attempts.0.cpuMs", 12L))));

        // When this one reads it, and writes each of the parts
        Run read = await(store.byId("run-1")).orElseThrow();
        assertThat(read).isEqualTo(withChangeTime(first));
        Run waiting = save(read, read.retryAt(NOON.plus(MINUTE), FAILURE, CLEAN, NOON, MINUTE));
        Run second = save(waiting, waiting.startedBy("p/2", NOON));
        Run ended = save(second, second.finished(CLEAN, NOON, MINUTE));

        // Then
        Document stored = stored();
        assertThat(stored.get("colour")).isEqualTo("red");
        assertThat(stored.getEmbedded(List.of("trigger", "via"), String.class)).isEqualTo("chat");
        assertThat(stored.getEmbedded(List.of("progress", "counts", "skipped"), Integer.class))
                .isEqualTo(7);
        List<Document> attempts = stored.getList("attempts", Document.class);
        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(0).getLong("cpuMs")).isEqualTo(12);
        assertThat(await(store.byId("run-1"))).get().isEqualTo(withChangeTime(ended));
    }

    @Test
    @DisplayName("C0-03: the database lets a sync have one active run")
    void hasOneActiveRunPerSync() {
        assertThat(await(store.insert(aQueuedRun("run-2", "scripted")))).isFalse();
        assertThat(await(store.insert(aQueuedRun("run-3", "other")))).isTrue();
        assertThat(await(store.byId("run-2"))).isEmpty();

        var unused = save(queued, queued.cancelled(CLEAN, NOON, MINUTE));
        assertThat(await(store.insert(aQueuedRun("run-2", "scripted")))).isTrue();
    }

    @Test
    void insertsOnceUnderOneId() {
        Run running = save(queued, queued.startedBy("p/1", NOON));

        assertThat(await(store.insert(queued))).isTrue();

        assertThat(await(store.byId("run-1"))).get().isEqualTo(withChangeTime(running));
    }

    private Run save(Run before, Run after) {
        return await(store.save(before, after));
    }

    private Document stored() {
        return desk.find("runs", Filters.eq("_id", "run-1")).get(0);
    }

    /** The run as it is read back: the database has put its own time into it. */
    private Run withChangeTime(Run run) {
        return new Run(
                run.id(),
                run.sync(),
                run.state(),
                run.version(),
                run.activeFor(),
                run.owner(),
                run.trigger(),
                run.mode(),
                run.reason(),
                run.input(),
                run.attempts(),
                run.queuedAt(),
                run.startedAt(),
                run.completedAt(),
                run.durationMs(),
                run.nextAttemptAt(),
                run.progress(),
                run.error(),
                run.cancel(),
                stored().getDate("updatedAt").toInstant(),
                run.person());
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
