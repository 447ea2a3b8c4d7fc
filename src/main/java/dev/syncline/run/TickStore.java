package dev.syncline.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.conversions.Bson;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;

/** The claimed slots of all schedules; sole writer of {@code schedule_ticks}. */
@ApplicationScoped
class TickStore {
    private final ReactiveMongoCollection<Tick> ticks;

    TickStore(MongoDatabase database) {
        this.ticks = database.collection("schedule_ticks", Tick.class);
    }

    /** Whether this call claimed the slot: the unique id decides between processes. */
    Uni<Boolean> claim(Tick tick) {
        return ticks.insertOne(tick)
                .replaceWith(true)
                .onFailure(DatabaseFailures::isDuplicate)
                .recoverWithItem(false);
    }

    /** Says what became of a slot; the first word stands. */
    Uni<Void> conclude(Tick tick, Tick.Outcome outcome) {
        Bson open = Filters.and(Filters.eq("_id", tick.id()), Filters.eq("open", true));
        Bson closed = Updates.combine(Updates.set("outcome", outcome.name()), Updates.unset("open"));
        return DatabaseFailures.repeat(ticks.updateOne(open, closed)).replaceWithVoid();
    }

    /** Counts a tick from outside for a slot that was claimed already. */
    Uni<Void> repeated(String sync, Instant slot) {
        return ticks.updateOne(Filters.eq("_id", Tick.id(sync, slot)), Updates.inc("repeated", 1))
                .replaceWithVoid();
    }

    /** The newest slot of a sync that is claimed and not after an instant. */
    Uni<Optional<Tick>> newest(String sync, Instant upTo) {
        Bson before = Filters.and(Filters.eq("sync", sync), Filters.lte("slot", upTo));
        FindOptions newest = new FindOptions().sort(Sorts.descending("slot")).limit(1);
        return ticks.find(before, newest).collect().first().map(Optional::ofNullable);
    }

    /** Claimed slots of which nobody has said what became of them. */
    Uni<List<Tick>> open() {
        return ticks.find(Filters.eq("open", true), new FindOptions().sort(Sorts.ascending("_id")))
                .collect()
                .asList();
    }
}
