package dev.syncline.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Inject;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RequestIds;
import dev.syncline.platform.RetentionConfig;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@DisplayName("C0-14: the audit is kept, unless it is set otherwise")
class AuditRetentionTest {
    private static final String ACTION = "RETENTION_TESTED";
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @Inject
    MongoDatabase database;

    @Inject
    RequestIds requestIds;

    @Inject
    Caller caller;

    @Inject
    Ids ids;

    @BeforeEach
    void recordThree() {
        for (int daysAgo : List.of(400, 370, 10)) {
            await(database.collection("audit").insertOne(new Document("_id", id(daysAgo)).append("action", ACTION)));
        }
    }

    @AfterEach
    void clear() {
        await(database.collection("audit").deleteMany(Filters.eq("action", ACTION)));
    }

    @Test
    void keepsAllWhenNothingIsSet() {
        await(trail(Optional.empty()).removeOld());

        assertThat(left()).containsExactly(id(400), id(370), id(10));
    }

    @Test
    void removesWhatIsOlderThanSet() {
        await(trail(Optional.of(Duration.ofDays(365))).removeOld());

        assertThat(left()).containsExactly(id(10));
    }

    private AuditTrail trail(Optional<Duration> audit) {
        return new AuditTrail(database, requestIds, caller, ids, new Keep(audit), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private record Keep(Optional<Duration> audit) implements RetentionConfig {
        @Override
        public Optional<Duration> runs() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> rejections() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> changes() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> notifications() {
            return Optional.empty();
        }
    }

    private List<String> left() {
        return await(database.collection("audit")
                .find(Filters.eq("action", ACTION), new FindOptions().sort(Sorts.ascending("_id")))
                .map(found -> found.getString("_id"))
                .collect()
                .asList());
    }

    private static String id(int daysAgo) {
        return Ids.lowestAt(NOW.minus(Duration.ofDays(daysAgo)));
    }

    @CanIgnoreReturnValue
    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
