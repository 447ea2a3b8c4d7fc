package dev.syncline.run;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;

/** Since when each schedule holds, so that no slot from before is missed; sole writer of {@code schedules}. */
@ApplicationScoped
public class ScheduleStore {
    private final ReactiveMongoCollection<Document> schedules;
    private final Clock clock;

    ScheduleStore(MongoDatabase database, Clock clock) {
        this.schedules = database.collection("schedules");
        this.clock = clock;
    }

    /** Since when the sync's schedule holds as far as is known. */
    public Uni<Optional<Instant>> since(String sync) {
        return find(sync).map(known -> Optional.ofNullable(known).map(ScheduleStore::sinceOf));
    }

    /** The same for a schedule that holds now: since now if it is new, was another, or began on a clock that ran ahead. */
    Uni<Instant> since(String sync, Schedule schedule) {
        Instant now = clock.instant();
        return find(sync)
                .chain(known -> holds(known, schedule, now)
                        ? Uni.createFrom().item(sinceOf(known))
                        : begin(sync, schedule, known, now));
    }

    private Uni<Document> find(String sync) {
        return schedules.find(Filters.eq("_id", sync)).collect().first();
    }

    private static boolean holds(@Nullable Document known, Schedule schedule, Instant now) {
        return known != null
                && schedule.cron().equals(known.getString("cron"))
                && schedule.zone().getId().equals(known.getString("zone"))
                && !sinceOf(known).isAfter(now);
    }

    private static Instant sinceOf(Document known) {
        return known.getDate("since").toInstant();
    }

    /** Of several processes that find it new, one has the word. */
    private Uni<Instant> begin(String sync, Schedule schedule, @Nullable Document known, Instant now) {
        Bson asRead = Filters.and(
                Filters.eq("_id", sync), Filters.eq("since", known == null ? null : known.getDate("since")));
        Bson mine = Updates.combine(
                Updates.set("cron", schedule.cron()),
                Updates.set("zone", schedule.zone().getId()),
                Updates.set("since", now));
        return schedules
                .updateOne(asRead, mine, new UpdateOptions().upsert(known == null))
                .onFailure(DatabaseFailures::isDuplicate)
                .recoverWithNull()
                .replaceWith(now);
    }
}
