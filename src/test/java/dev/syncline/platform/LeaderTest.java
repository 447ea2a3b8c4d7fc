package dev.syncline.platform;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import io.quarkus.test.junit.QuarkusTest;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Leaders as several processes have them, on one database; the application's own is one of them. */
@QuarkusTest
class LeaderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    MongoDatabase database;

    @Inject
    Ids ids;

    @Inject
    Leader own;

    @Test
    void oneOfSeveralLeadsAndAnotherFollowsItsSilence() {
        // Given: processes that would take over after a second, and one that leads and then says nothing more
        Awaitility.await().atMost(PATIENCE).until(own::leads);
        List<Leader> others = List.of(leader(Duration.ofSeconds(60)), leader(Duration.ofSeconds(60)));

        // When
        others.forEach(LeaderTest::beat);

        // Then: the silent time of these is long, so they wait for the one that beats
        assertThat(own.leads()).isTrue();
        assertThat(others).noneMatch(Leader::leads);
    }

    @Test
    void aLeaderThatCouldNotBeatDoesNotLead() {
        // Given
        Leader mine = leader(Duration.ofMillis(300));
        Awaitility.await().atMost(PATIENCE).until(() -> {
            beat(mine);
            return mine.leads();
        });

        // When nothing is heard of it; then it has stopped before anybody may take over
        Awaitility.await().atMost(PATIENCE).until(() -> !mine.leads());
    }

    @Test
    void whatWasGivenUpIsTakenAtOnce() {
        // Given
        Document lease = lease();
        var unused = database.collection("leases")
                .replaceOne(Filters.eq("_id", "leader"), lease.append("owner", ""))
                .await()
                .atMost(PATIENCE);
        Leader next = leader(Duration.ofDays(1));

        // When
        beat(next);

        // Then: this one, or the application's own if its beat came first
        assertThat(lease().getString("owner")).isNotEmpty();
        Awaitility.await().atMost(PATIENCE).until(() -> next.leads() != own.leads());
    }

    private Document lease() {
        Awaitility.await().atMost(PATIENCE).until(() -> find() != null);
        return find();
    }

    private Document find() {
        return database.collection("leases")
                .find(Filters.eq("_id", "leader"))
                .collect()
                .first()
                .await()
                .atMost(PATIENCE);
    }

    private Leader leader(Duration silent) {
        return new Leader(database, ids, silent);
    }

    private static void beat(Leader leader) {
        leader.renew().await().atMost(PATIENCE);
    }
}
