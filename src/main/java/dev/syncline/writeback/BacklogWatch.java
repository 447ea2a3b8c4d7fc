package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jboss.logging.Logger;

import dev.syncline.ingest.Warning;
import dev.syncline.notify.Alerts;
import dev.syncline.notify.Backlog;
import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Leader;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.run.StandingWarnings;

/**
 * Tells people of a queue that does not drain (S2-44): once when it has been too long for a while, and not again until it has been
 * short. Since when is kept in the database, so neither a restart nor another leader begins anew or tells twice; sole writer of
 * {@code writeback_backlog}.
 */
@ApplicationScoped
class BacklogWatch implements StandingWarnings {
    static final String COLLECTION = "writeback_backlog";

    private static final Logger LOG = Logger.getLogger(BacklogWatch.class);
    private static final Bson THE_ONE = Filters.eq("_id", WriteBack.SYNC);

    private final ReactiveMongoCollection<Document> backlogs;
    private final MongoDatabase database;
    private final QueueStore queue;
    private final Alerts alerts;
    private final Leader leader;
    private final WriteBackConfig.Backlog config;

    BacklogWatch(MongoDatabase database, QueueStore queue, Alerts alerts, Leader leader, WriteBackConfig config) {
        this.backlogs = database.collection(COLLECTION);
        this.database = database;
        this.queue = queue;
        this.alerts = alerts;
        this.leader = leader;
        this.config = config.backlog();
    }

    @Scheduled(every = "30S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return leader.leads() ? measure() : Uni.createFrom().voidItem();
    }

    Uni<Void> measure() {
        return queue.pending().chain(waiting -> waiting > config.items() ? grow(waiting) : end());
    }

    private Uni<Void> end() {
        return DatabaseFailures.repeat(backlogs.deleteOne(THE_ONE))
                .invoke(result -> told(result.getDeletedCount()))
                .replaceWithVoid();
    }

    private static void told(long ended) {
        if (ended > 0) {
            LOG.info("the queue of changes is short again");
        }
    }

    private Uni<Void> grow(long waiting) {
        return database.time().chain(now -> grow(waiting, now));
    }

    private Uni<Void> grow(long waiting, Instant now) {
        return MongoDatabase.insertIfAbsent(backlogs, WriteBack.SYNC, new Document("since", now))
                .chain(this::begun)
                .map(begun -> begun.filter(known -> !known.isTold() && isLong(known, now)))
                .chain(begun -> begun.map(known -> tell(new Backlog(WriteBack.SYNC, known.since(), waiting)))
                        .orElse(Uni.createFrom().voidItem()));
    }

    /** Told first and remembered then: who dies in between has it told again, which comes to the same. */
    private Uni<Void> tell(Backlog backlog) {
        LOG.warnf("changes wait for too long waiting=%d since=%s", backlog.waiting(), backlog.since());
        return alerts.backlogGrowing(backlog)
                .chain(() -> DatabaseFailures.repeat(backlogs.updateOne(THE_ONE, Updates.set("told", true))))
                .replaceWithVoid();
    }

    private boolean isLong(Begun begun, Instant now) {
        return !begun.since().plus(config.after()).isAfter(now);
    }

    /** A backlog, since when it is one, and whether people know. */
    private record Begun(Instant since, boolean isTold) {
        static Begun of(Document stored) {
            return new Begun(stored.getDate("since").toInstant(), stored.getBoolean("told", false));
        }
    }

    private Uni<Optional<Begun>> begun() {
        return DatabaseFailures.repeat(backlogs.find(THE_ONE).collect().first())
                .map(stored -> Optional.ofNullable(stored).map(Begun::of));
    }

    @Override
    public Uni<List<Warning>> of(String sync) {
        return sync.equals(WriteBack.SYNC)
                ? Uni.combine()
                        .all()
                        .unis(begun(), database.time(), queue.pending())
                        .with(this::warnings)
                : Uni.createFrom().item(List.of());
    }

    private List<Warning> warnings(Optional<Begun> begun, Instant now, long waiting) {
        return begun
                .filter(known -> waiting > config.items() && isLong(known, now))
                .map(known -> Warning.of(
                        ErrorCode.BACKLOG_GROWING,
                        "%d changes wait to be written; since %s there have been more than %d"
                                .formatted(waiting, known.since(), config.items()),
                        List.of()))
                .stream()
                .toList();
    }
}
