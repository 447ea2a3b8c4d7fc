package dev.syncline.notify;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.smallrye.mutiny.Uni;
import org.awaitility.Awaitility;
import org.bson.Document;

import dev.syncline.notify.Notice.State;
import dev.syncline.platform.MongoDatabase;

/** Looks into the outbox, for tests. */
@ApplicationScoped
class OutboxDesk {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MongoDatabase database;

    OutboxDesk(MongoDatabase database) {
        this.database = database;
    }

    /** As if nobody had ever been told anything. */
    void clear() {
        var unused = await(database.collection("outbox").deleteMany(new Document()));
    }

    List<Notice> all() {
        return await(
                database.collection("outbox", Notice.class).find().collect().asList());
    }

    List<Notice> of(String run, Channel channel) {
        return all().stream()
                .filter(notice -> run.equals(notice.run()) && notice.channel() == channel)
                .toList();
    }

    Notice get(String id) {
        return await(database.collection("outbox", Notice.class)
                .find(Filters.eq("_id", id))
                .collect()
                .first());
    }

    /** Waits until that is so of a notice. */
    @CanIgnoreReturnValue
    Notice await(String id, Predicate<Notice> state) {
        return Awaitility.await("the notice " + id)
                // A mail server whose line breaks throws in its own thread.
                .dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .until(() -> get(id), notice -> notice != null && state.test(notice));
    }

    @CanIgnoreReturnValue
    Notice await(String id, State state) {
        return await(id, notice -> notice.state() == state);
    }

    /** Another writer than the service. */
    void set(String id, String field, Object value) {
        var unused = await(database.collection("outbox").updateOne(Filters.eq("_id", id), Updates.set(field, value)));
    }

    static <T> T await(Uni<T> step) {
        return step.await().atMost(PATIENCE);
    }
}
