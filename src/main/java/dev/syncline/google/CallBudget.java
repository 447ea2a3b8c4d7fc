package dev.syncline.google;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

/**
 * How many calls all processes together may begin in any minute, for each principal; one document of {@code call_budgets}
 * each, and this is its sole writer. A call is written down, by compare-and-set, before it begins. Only the database's clock
 * counts, and nobody has to give anything back, so a process that dies blocks nothing.
 */
@ApplicationScoped
class CallBudget {
    static final String COLLECTION = "call_budgets";
    private static final Duration MINUTE = Duration.ofSeconds(60);
    /** A call must begin so soon after the instant that is written down for it. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private static final int RACE_MILLIS = 40;

    private final MongoDatabase database;
    private final ReactiveMongoCollection<Document> budgets;
    private final CallMetrics metrics;
    private final int most;
    private final Duration window;

    @Inject
    CallBudget(MongoDatabase database, SheetsConfig config, CallMetrics metrics) {
        this(database, metrics, config.callsPerMinute(), MINUTE);
    }

    CallBudget(MongoDatabase database, CallMetrics metrics, int most, Duration minute) {
        this.database = database;
        this.budgets = database.collection(COLLECTION);
        this.metrics = metrics;
        this.most = most;
        this.window = minute.plus(SLACK);
    }

    /** Waits, without a thread, until there is room for one call. Fails with SHEETS_RATE_LIMIT if that is after the deadline. */
    Uni<Void> take(String principal, Deadline deadline) {
        return look("sheets:" + principal)
                .chain(wait -> wait.isEmpty() ? Uni.createFrom().voidItem() : later(principal, deadline, wait.get()));
    }

    private Uni<Void> later(String principal, Deadline deadline, Duration wait) {
        if (deadline.isWithin(wait)) {
            return Uni.createFrom().failure(usedUp(wait));
        }
        metrics.waited(wait);
        return Pause.of(wait).chain(() -> take(principal, deadline));
    }

    /** Empty if the call may begin now, else how long to wait before the next look. */
    private Uni<Optional<Duration>> look(String id) {
        return Uni.createFrom().deferred(() -> {
            long began = System.nanoTime();
            return Uni.combine()
                    .all()
                    .unis(DatabaseFailures.repeat(database.time()), read(id))
                    .withUni((now, found) -> take(id, found, now))
                    .map(wait -> wait.isEmpty() && isLate(began) ? Optional.of(Duration.ZERO) : wait);
        });
    }

    private static boolean isLate(long began) {
        return System.nanoTime() - began > SLACK.toNanos();
    }

    private Uni<Optional<Duration>> take(String id, CallWindow found, Instant now) {
        CallWindow current = found.at(now, window);
        if (current.hasRoom(most)) {
            return save(id, current.plus(now)).map(saved -> saved ? Optional.empty() : Optional.of(soon()));
        }
        Duration wait = current.untilRoom(most, now, window).plus(soon());
        return (current.equals(found) ? Uni.createFrom().item(true) : save(id, current)).replaceWith(Optional.of(wait));
    }

    private Uni<CallWindow> read(String id) {
        return DatabaseFailures.repeat(
                        budgets.find(Filters.eq("_id", id)).collect().first())
                .chain(found -> found == null ? create(id) : Uni.createFrom().item(window(found)));
    }

    private Uni<CallWindow> create(String id) {
        Document empty = new Document("calls", List.of()).append("version", 0L);
        return MongoDatabase.insertIfAbsent(budgets, id, empty).replaceWith(new CallWindow(List.of(), 0));
    }

    private Uni<Boolean> save(String id, CallWindow next) {
        Bson asRead = Filters.and(Filters.eq("_id", id), Filters.eq("version", next.version()));
        Bson update = Updates.combine(
                Updates.set("calls", next.calls().stream().map(Date::from).toList()),
                Updates.set("version", next.version() + 1));
        return DatabaseFailures.repeat(budgets.updateOne(asRead, update)).map(result -> result.getMatchedCount() > 0);
    }

    private static CallWindow window(Document stored) {
        List<Instant> calls = stored.getList("calls", Date.class, List.of()).stream()
                .map(Date::toInstant)
                .toList();
        return new CallWindow(calls, ((Number) stored.get("version", 0L)).longValue());
    }

    /** Several that wait for the same must not meet again. */
    private static Duration soon() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextInt(1, RACE_MILLIS));
    }

    private SyncException usedUp(Duration wait) {
        return new SyncException(
                ErrorCode.SHEETS_RATE_LIMIT,
                "This service's own budget of " + most + " calls a minute is used up for " + wait.toSeconds()
                        + " s more, longer than this work may wait",
                null,
                wait);
    }
}
