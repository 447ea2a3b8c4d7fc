package dev.syncline.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.syncline.notify.Notice.State;
import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RequiredIndex;
import dev.syncline.platform.RequiredIndexes;
import dev.syncline.platform.RetentionConfig;

/**
 * What is to be told, and what became of it; sole writer of {@code outbox}. A notice survives every crash between the wish to
 * tell it and its arrival, and who holds it is decided by comparing and setting its state and number of attempts.
 */
@ApplicationScoped
class Outbox implements RequiredIndexes {
    /** A due time further away than any wait comes from a clock that was wrong. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(25);

    private static final Duration SHORTEST_REPEAT = Duration.ofMillis(200);
    private static final Duration LONGEST_REPEAT = Duration.ofSeconds(5);

    private final ReactiveMongoCollection<Notice> outbox;
    private final RetentionConfig retention;
    private final Clock clock;

    Outbox(MongoDatabase database, RetentionConfig retention, Clock clock) {
        this.outbox = database.collection("outbox", Notice.class);
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public List<RequiredIndex> indexes() {
        return List.of(
                RequiredIndex.on(
                        "outbox",
                        "by_state",
                        new Document("channel", 1).append("state", 1).append("serial", 1)),
                RequiredIndex.on("outbox", "by_serial", new Document("serial", -1)),
                RequiredIndex.on("outbox", "by_run", new Document("run", 1).append("serial", -1)));
    }

    /** Takes what is to be told; what lies here already stays as it is. */
    Uni<Void> enqueue(List<Notice> notices) {
        return Multi.createFrom()
                .iterable(notices)
                .onItem()
                .transformToUniAndConcatenate(this::enqueue)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> enqueue(Notice notice) {
        return MongoDatabase.insertIfAbsent(outbox, notice.id(), notice);
    }

    /** The oldest that waits and is due; not one that somebody has claimed between being found and being read. */
    Uni<Optional<Notice>> due(Channel channel) {
        Instant now = clock.instant();
        Bson due = Filters.or(Filters.lte("nextAt", now), Filters.gt("nextAt", now.plus(LONGEST_WAIT)));
        return find(Filters.and(in(channel, State.PENDING), due), Sorts.ascending("serial"), 1)
                .map(found -> found.stream()
                        .filter(notice -> notice.state() == State.PENDING)
                        .findFirst());
    }

    /** Those that somebody has begun to send. */
    Uni<List<Notice>> underWay(Channel channel) {
        return find(in(channel, State.SENDING), Sorts.ascending("serial"), 100);
    }

    private static Bson in(Channel channel, State state) {
        return Filters.and(Filters.eq("channel", channel.name()), Filters.eq("state", state.name()));
    }

    /** Takes a notice for sending, provided that nobody has since it was read; empty if somebody has. */
    Uni<Optional<Notice>> claim(Notice notice) {
        return change(
                        notice,
                        Updates.set("state", State.SENDING.name()),
                        Updates.set("attempts", notice.attempts() + 1))
                .map(claimed -> claimed ? Optional.of(notice.claimed()) : Optional.empty());
    }

    Uni<Void> sent(Notice claimed) {
        return settle(
                claimed,
                Updates.set("state", State.SENT.name()),
                Updates.set("sentAt", clock.instant()),
                Updates.unset("nextAt"));
    }

    Uni<Void> failed(Notice claimed, String reason, String lastError) {
        return settle(
                claimed,
                Updates.set("state", State.FAILED.name()),
                Updates.set("reason", reason),
                Updates.set("lastError", lastError),
                Updates.unset("nextAt"));
    }

    Uni<Void> retryAt(Notice claimed, Instant nextAt, String lastError) {
        return settle(
                claimed,
                Updates.set("state", State.PENDING.name()),
                Updates.set("nextAt", nextAt),
                Updates.set("lastError", lastError));
    }

    /** Repeated for as long as the database is away: to forget that something was sent would be to send it again. */
    private Uni<Void> settle(Notice claimed, Bson... updates) {
        return change(claimed, updates)
                .onFailure(DatabaseFailures::isConnectivity)
                .retry()
                .withBackOff(SHORTEST_REPEAT, LONGEST_REPEAT)
                .indefinitely()
                .replaceWithVoid();
    }

    private Uni<Boolean> change(Notice held, Bson... updates) {
        Bson asHeld = Filters.and(
                Filters.eq("_id", held.id()),
                Filters.eq("state", held.state().name()),
                Filters.eq("attempts", held.attempts()));
        return outbox.updateOne(asHeld, Updates.combine(updates)).map(result -> result.getMatchedCount() > 0);
    }

    /** How many have yet to arrive. */
    Uni<Long> depth(Channel channel) {
        return outbox.countDocuments(Filters.and(
                Filters.eq("channel", channel.name()),
                Filters.in("state", State.PENDING.name(), State.SENDING.name())));
    }

    /** The newest that the filter lets through, newest first. */
    Uni<List<Notice>> newest(Bson filter, int limit) {
        return find(filter, Sorts.descending("serial"), limit);
    }

    private Uni<List<Notice>> find(Bson filter, Bson order, int limit) {
        return outbox.find(filter, new FindOptions().sort(order).limit(limit))
                .collect()
                .asList();
    }

    /** Removes what has been kept for its time (C0-14), but nothing that has yet to arrive. */
    @Scheduled(every = "1H", delayed = "10M", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return retention
                .notifications()
                .map(age -> Ids.lowestAt(clock.instant().minus(age)))
                .map(this::removeBefore)
                .orElse(Uni.createFrom().voidItem());
    }

    private Uni<Void> removeBefore(String serial) {
        Bson settled = Filters.in("state", State.SENT.name(), State.FAILED.name(), State.SUPPRESSED.name());
        return DatabaseFailures.repeat(outbox.deleteMany(Filters.and(Filters.lt("serial", serial), settled)))
                .replaceWithVoid();
    }
}
