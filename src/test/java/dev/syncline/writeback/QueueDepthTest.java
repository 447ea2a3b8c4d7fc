package dev.syncline.writeback;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.mongodb.MongoSocketException;
import com.mongodb.ServerAddress;
import com.mongodb.client.model.Filters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.writeback.ItemOutcome.Failed;

import static dev.syncline.writeback.QueueDesk.await;
import static dev.syncline.writeback.QueueDesk.written;
import static org.assertj.core.api.Assertions.assertThat;

class QueueDepthTest {
    private static final String AGE = "syncline.writeback.oldest.pending.age.seconds";

    private QueueDesk desk;
    private QueueDepth depth;

    @BeforeEach
    void open() {
        desk = new QueueDesk();
        depth = new QueueDepth(desk.store(), desk.own().database(), desk.registry());
    }

    @AfterEach
    void shut() {
        desk.close();
    }

    @Test
    @DisplayName("S2-44: the depth of the queue by status, and the age of the oldest pending item, are numbers")
    void tellsDepthAndAge() {
        await(depth.measure());
        assertThat(depth("PENDING")).isZero();
        assertThat(gauge(AGE)).isZero();

        desk.enqueueMany(6);
        desk.claim("a", 4).stream()
                .limit(3)
                .forEach(item -> desk.close(
                        item,
                        item.recordId().equals("r1") ? new Failed(ErrorCode.ROW_GONE, "gone", true) : written(2)));
        desk.set(Filters.eq("recordId", "r5"), "createdAt", desk.now().minus(Duration.ofMinutes(90)));
        await(depth.measure());

        assertThat(depth("PENDING")).isEqualTo(2);
        assertThat(depth("PROCESSING")).isEqualTo(1);
        assertThat(depth("COMPLETED")).isEqualTo(2);
        assertThat(depth("FAILED")).isEqualTo(1);
        assertThat(gauge(AGE)).isBetween(5_400.0, 5_460.0);
    }

    @Test
    @DisplayName("S2-44: a database that is away for a moment keeps nobody from knowing whether there is a backlog")
    void asksForTheBacklogAgain() {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        MongoDatabase flaky = desk.own().watched((collection, call) -> {
            if (failed.add(call)) {
                throw new MongoSocketException("gone", new ServerAddress());
            }
        });
        BacklogWatch watch = new BacklogWatch(flaky, desk.store(), null, null, desk.config());

        await(watch.measure());
        assertThat(await(watch.of(WriteBack.SYNC))).isEmpty();

        assertThat(failed).containsExactlyInAnyOrder("deleteOne", "find");
    }

    private double depth(String status) {
        return gauge("syncline.writeback.queue.depth", "status", status);
    }

    private double gauge(String name, String... tags) {
        return desk.registry().get(name).tags(tags).gauge().value();
    }
}
