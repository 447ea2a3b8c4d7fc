package dev.syncline.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RequiredIndex;
import dev.syncline.platform.RequiredIndexes;

/**
 * Who is let in just now: the allowlist and the sessions that were ended, as the database says; sole writer of
 * {@code ended_sessions}. What is read is believed for a few seconds, so that a request costs no look-up and a change is
 * effective on every replica within 30 s (S0-3).
 */
@ApplicationScoped
class Admissions implements RequiredIndexes {
    /** Longer than providers renew a session that they were not told has ended. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    /** A change is effective after so long at the latest, with a little time for the answer. */
    private static final Duration EFFECTIVE_WITHIN = Duration.ofSeconds(25);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MOST_SESSIONS = 10_000;

    private final Allowlist allowlist;
    private final ReactiveMongoCollection<Document> endedSessions;
    private final IdentityConfig config;
    private final Clock clock;
    private final AtomicReference<@Nullable Snapshot> latest = new AtomicReference<>();
    private final AtomicReference<@Nullable Uni<Snapshot>> reading = new AtomicReference<>();

    Admissions(Allowlist allowlist, MongoDatabase database, IdentityConfig config, Clock clock) {
        this.allowlist = allowlist;
        this.endedSessions = database.collection("ended_sessions");
        this.config = config;
        this.clock = clock;
    }

    @Override
    public List<RequiredIndex> indexes() {
        return List.of(RequiredIndex.expiring("ended_sessions", "endedAt", "endedAt", REMEMBERED));
    }

    /**
     * What holds at one time.
     *
     * @param emails empty when nobody has set up a list
     * @param readAt by {@link System#nanoTime}
     */
    record Snapshot(Optional<Set<String>> emails, Set<String> endedSessions, long readAt) {
        private static Snapshot newer(@Nullable Snapshot one, Snapshot other) {
            return one != null && one.readAt - other.readAt > 0 ? one : other;
        }

        boolean isYoungerThan(Duration age) {
            return System.nanoTime() - readAt < age.toNanos();
        }

        boolean isEnded(@Nullable String session) {
            return session != null && endedSessions.contains(session);
        }
    }

    /**
     * As the database says, or has said within the interval. When it cannot be read, what was true goes on for as long as a
     * change may take to be effective; then it fails as the database does.
     */
    Uni<Snapshot> now() {
        return Uni.createFrom().deferred(() -> {
            Snapshot known = latest.get();
            if (known == null) {
                return shared();
            }
            return known.isYoungerThan(config.refreshInterval())
                    ? Uni.createFrom().item(known)
                    : shared().ifNoItem()
                            .after(PATIENCE)
                            .fail()
                            .onFailure(failure -> known.isYoungerThan(EFFECTIVE_WITHIN))
                            .recoverWithItem(known)
                            .onFailure(TimeoutException.class)
                            .transform(DatabaseFailures::unavailable);
        });
    }

    /** However many ask at the same time, the database is asked once. */
    private Uni<Snapshot> shared() {
        Uni<Snapshot> own =
                read().onTermination().invoke(() -> reading.set(null)).memoize().indefinitely();
        Uni<Snapshot> others = reading.compareAndExchange(null, own);
        return others == null ? own : others;
    }

    /** Looks at the database now, for what this process has changed itself. */
    Uni<Snapshot> read() {
        return Uni.createFrom().deferred(() -> {
            long asked = System.nanoTime();
            return Uni.combine()
                    .all()
                    .unis(allowlist.read(), readEnded())
                    .with((list, ended) -> new Snapshot(list.map(found -> Set.copyOf(found.emails())), ended, asked))
                    .map(found -> latest.accumulateAndGet(found, Snapshot::newer));
        });
    }

    private Uni<Set<String>> readEnded() {
        Date oldest = Date.from(clock.instant().minus(REMEMBERED));
        return endedSessions
                .find(
                        Filters.gte("endedAt", oldest),
                        new FindOptions().sort(Sorts.descending("endedAt")).limit(MOST_SESSIONS))
                .map(session -> session.getString("_id"))
                .collect()
                .in(HashSet<String>::new, Set::add)
                .map(Set::copyOf);
    }

    /** From now on nobody is let in with that session, on any replica within 30 s. */
    Uni<Void> end(String session) {
        Instant now = clock.instant();
        Document ended = new Document("_id", session).append("endedAt", now);
        return DatabaseFailures.repeat(
                        endedSessions.replaceOne(Filters.eq("_id", session), ended, new ReplaceOptions().upsert(true)))
                .chain(this::read)
                .replaceWithVoid();
    }
}
