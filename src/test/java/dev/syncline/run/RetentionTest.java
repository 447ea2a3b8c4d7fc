package dev.syncline.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.ingest.ChangeStore;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.RejectionStore;
import dev.syncline.ingest.SourceMark;
import dev.syncline.ingest.Tally;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RetentionConfig;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@DisplayName("C0-14: what is kept, and for how long")
class RetentionTest {
    private static final String SYNC = "retention";
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Optional<Duration> MONTH = Optional.of(Duration.ofDays(30));

    @Inject
    RunStore runs;

    @Inject
    RejectionStore rejections;

    @Inject
    ChangeStore changes;

    @Inject
    MongoDatabase database;

    @Inject
    RetentionConfig defaults;

    @BeforeEach
    @AfterEach
    void clear() {
        for (String collection : List.of("runs", "rejections", "changes")) {
            await(database.collection(collection).deleteMany(Filters.eq("sync", SYNC)));
        }
    }

    @Test
    void keepsEverythingButRejectionsUnlessSet() {
        assertThat(defaults.runs()).isEmpty();
        assertThat(defaults.changes()).isEmpty();
        assertThat(defaults.audit()).isEmpty();
        assertThat(defaults.rejections()).contains(Duration.ofDays(90));
    }

    @Test
    void keepsForEverWhatIsSetToNothing() {
        RetentionConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RetentionConfig.class)
                .withSources(new PropertiesConfigSource(Map.of("syncline.retention.rejections", ""), "set", 300))
                .build()
                .getConfigMapping(RetentionConfig.class);

        assertThat(config.rejections()).isEmpty();
    }

    @Test
    void removesEachKindAfterItsOwnTime() {
        // Given
        failedRun(100);
        failedRun(60);
        failedRun(20);
        // When
        removeOld(new Keep(Optional.of(Duration.ofDays(80)), MONTH, Optional.empty()));
        // Then
        assertThat(left("runs")).containsExactly(id(60), id(20));
        assertThat(left("rejections")).containsExactly(id(20) + ":0");
        assertThat(left("changes")).containsExactly(id(100) + ":K:f", id(60) + ":K:f", id(20) + ":K:f");
    }

    @Test
    void keepsWhatTheNextRunIsMeasuredAgainst() {
        // Given
        completeRun(100);
        completeRun(90);
        failedRun(80);
        // When
        removeOld(new Keep(MONTH, MONTH, MONTH));
        // Then
        assertThat(left("runs")).containsExactly(id(90), id(80));
        assertThat(left("rejections")).containsExactly(id(90) + ":0", id(80) + ":0");
        assertThat(left("changes")).containsExactly(id(90) + ":K:f", id(80) + ":K:f");
    }

    @Test
    @DisplayName("C0-14, S1-30: a run that found its source unchanged is nothing to be measured against")
    void keepsTheLastRunThatRead() {
        // Given
        completeRun(100);
        completeRun(90);
        unchangedRun(80);
        unchangedRun(70);
        // When
        removeOld(new Keep(MONTH, MONTH, MONTH));
        // Then
        assertThat(left("runs")).containsExactly(id(90), id(80), id(70));
        assertThat(left("changes")).containsExactly(id(90) + ":K:f", id(80) + ":K:f", id(70) + ":K:f");
    }

    @Test
    void keepsAnActiveRun() {
        // Given
        failedRun(100);
        store(run(90).startedBy("a process", NOW));
        // When
        removeOld(new Keep(MONTH, MONTH, MONTH));
        // Then
        assertThat(left("runs")).containsExactly(id(90));
        assertThat(left("changes")).containsExactly(id(90) + ":K:f");
    }

    private record Keep(Optional<Duration> runs, Optional<Duration> rejections, Optional<Duration> changes)
            implements RetentionConfig {
        @Override
        public Optional<Duration> audit() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> notifications() {
            return Optional.empty();
        }
    }

    private void removeOld(Keep keep) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        await(new Retention(new SyncCatalog(List.of(new NamedJob())), runs, rejections, changes, keep, clock)
                .removeOld());
    }

    private void failedRun(int daysAgo) {
        RunError error = RunError.of(ErrorCode.FEED_EMPTY, "no records", id(daysAgo));
        store(run(daysAgo).startedBy("a process", NOW).failed(error, Progress.NONE, NOW, Duration.ZERO));
    }

    private void completeRun(int daysAgo) {
        store(run(daysAgo).startedBy("a process", NOW).finished(Progress.NONE, NOW, Duration.ZERO));
    }

    private void unchangedRun(int daysAgo) {
        SourceMark asking = SourceMark.asking("feed.json", "1", NOW);
        Progress unchanged =
                new Progress(Progress.FINISHED, Tally.NONE, 0, null).withSource(asking.stillAs(asking.read(NOW)));
        store(run(daysAgo).startedBy("a process", NOW).finished(unchanged, NOW, Duration.ZERO));
    }

    private static Run run(int daysAgo) {
        Trigger trigger = new Trigger(Trigger.Kind.manual, "somebody", "a request", null);
        return Run.queued(
                id(daysAgo), new StartRequest(SYNC, trigger, Mode.live, null, Map.of()), null, "a process", NOW);
    }

    private void store(Run run) {
        assertThat(await(runs.insert(run))).isTrue();
        await(database.collection("rejections")
                .insertOne(new Document("_id", run.id() + ":0")
                        .append("run", run.id())
                        .append("sync", SYNC)));
        await(database.collection("changes")
                .insertOne(new Document("_id", run.id() + ":K:f")
                        .append("run", run.id())
                        .append("sync", SYNC)));
    }

    private List<String> left(String collection) {
        return await(database.collection(collection)
                .find(Filters.eq("sync", SYNC), new FindOptions().sort(Sorts.ascending("_id")))
                .map(found -> found.getString("_id"))
                .collect()
                .asList());
    }

    private static String id(int daysAgo) {
        return Ids.lowestAt(NOW.minus(Duration.ofDays(daysAgo)));
    }

    @CanIgnoreReturnValue
    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    /** A sync that never runs. */
    private static final class NamedJob implements SyncJob {
        @Override
        public String sync() {
            return SYNC;
        }

        @Override
        public String title() {
            return SYNC;
        }

        @Override
        public boolean enabled() {
            return false;
        }

        @Override
        public Optional<Duration> timeLimit() {
            return Optional.empty();
        }

        @Override
        public Multi<Progress> execute(RunScope scope) {
            throw new IllegalStateException("never started");
        }
    }
}
