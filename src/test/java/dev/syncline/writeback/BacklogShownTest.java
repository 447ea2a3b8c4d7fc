package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.MongoDatabase;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(SalesProfile.class)
class BacklogShownTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    MongoDatabase database;

    @Inject
    QueueStore queue;

    @BeforeEach
    @AfterEach
    void clear() {
        for (String name : List.of(QueueStore.COLLECTION, BacklogWatch.COLLECTION)) {
            var unused = await(database.collection(name).deleteMany(new Document()));
        }
    }

    @Test
    @DisplayName("S2-44: the API shows a backlog as a warning of the sync, and of no other one")
    void theApiShowsIt() {
        assertThat(warnings("writeback")).isEmpty();

        var queued = await(queue.enqueue(IntStream.rangeClosed(1, 101)
                .mapToObj(i -> QueueDesk.update("r" + i))
                .toList()));
        Instant since = await(database.time()).minus(Duration.ofMinutes(61));
        await(MongoDatabase.insertIfAbsent(
                database.collection(BacklogWatch.COLLECTION), WriteBack.SYNC, new Document("since", since)));

        assertThat(warnings("writeback")).containsExactly("BACKLOG_GROWING");
        assertThat(warnings("roster")).isEmpty();
    }

    private static List<String> warnings(String sync) {
        return given().get("/api/syncs/" + sync)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("warnings.code");
    }

    private static <T> T await(Uni<T> step) {
        return step.await().atMost(PATIENCE);
    }
}
