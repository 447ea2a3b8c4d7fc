package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.syncline.platform.MongoDatabase;
import dev.syncline.writeback.QueueItem.Status;

/** How long the queue is and for how long its oldest item has waited (S2-44): the same numbers in every process. */
@ApplicationScoped
class QueueDepth {
    private static final Logger LOG = Logger.getLogger(QueueDepth.class);

    private final QueueStore queue;
    private final MongoDatabase database;
    private final Map<Status, AtomicLong> depth = new EnumMap<>(Status.class);
    private final AtomicLong oldest;

    QueueDepth(QueueStore queue, MongoDatabase database, MeterRegistry registry) {
        this.queue = queue;
        this.database = database;
        for (Status status : Status.values()) {
            Tags tags = Tags.of("status", status.name());
            depth.put(status, registry.gauge("syncline.writeback.queue.depth", tags, new AtomicLong()));
        }
        this.oldest = registry.gauge("syncline.writeback.oldest.pending.age.seconds", new AtomicLong());
    }

    @Scheduled(every = "30S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return Uni.combine()
                .all()
                .unis(queue.stats(), queue.oldestPending(), database.time())
                .asTuple()
                .invoke(now -> show(now.getItem1(), now.getItem2(), now.getItem3()))
                .onFailure()
                .invoke(failure -> LOG.debugf("the queue cannot be counted (%s)", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void show(QueueStats stats, Optional<Instant> since, Instant now) {
        depth.get(Status.PENDING).set(stats.pending());
        depth.get(Status.PROCESSING).set(stats.processing());
        depth.get(Status.COMPLETED).set(stats.completed());
        depth.get(Status.FAILED).set(stats.failed());
        oldest.set(
                since.map(queued -> Duration.between(queued, now).toSeconds()).orElse(0L));
    }
}
