package dev.syncline.platform;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One process does what only one should: sends the letters, follows what ended, watches what is late. Sole writer of
 * {@code leases}. The leader's document beats; when it has not for a lease's time, measured by the watcher's own monotonic
 * clock, another process takes over, so nobody's clock matters (ADR 4). A leader that could not beat for two thirds of that
 * time stops leading first. A frozen one may still finish what it had begun: what is done as leader has to bear a repeat.
 */
@ApplicationScoped
public class Leader {
    private static final Logger LOG = Logger.getLogger(Leader.class);
    private static final String LEASE = "leader";
    private static final Duration SILENT = Duration.ofSeconds(12);

    private final ReactiveMongoCollection<Document> leases;
    private final String me;
    private final Duration silent;

    private volatile boolean leads;
    private volatile boolean ending;
    private volatile long beatNanos;
    private @Nullable Seen seen;

    @Inject
    Leader(MongoDatabase database, Ids ids, MeterRegistry metrics) {
        this(database, ids, SILENT);
        metrics.gauge("syncline.leader", List.of(), this, leader -> leader.leads() ? 1 : 0);
    }

    /** @param silent after so long without a beat another process takes over */
    Leader(MongoDatabase database, Ids ids, Duration silent) {
        this.leases = database.collection("leases");
        this.me = ids.next();
        this.silent = silent;
    }

    /** The lease as this process first saw it like that. */
    private record Seen(String owner, long beat, long sinceNanos) {}

    /** Whether this process is the one, as far as it can know. */
    public boolean leads() {
        return leads && !ending && System.nanoTime() - beatNanos < silent.toNanos() * 2 / 3;
    }

    @Scheduled(every = "2S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> renew() {
        long sentNanos = System.nanoTime();
        return leases.find(Filters.eq("_id", LEASE))
                .collect()
                .first()
                .chain(lease -> next(lease, sentNanos))
                .onFailure(DatabaseFailures::isDuplicate)
                .recoverWithNull()
                .onFailure()
                .invoke(failure -> LOG.debugf("the lease cannot be read or renewed (%s)", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> next(@Nullable Document lease, long sentNanos) {
        String owner = lease == null ? "" : lease.getString("owner");
        long beat = lease == null ? 0 : lease.getLong("beat");
        if (seen == null || seen.beat() != beat || !seen.owner().equals(owner)) {
            seen = new Seen(owner, beat, sentNanos);
        }
        boolean isSilent = sentNanos - seen.sinceNanos() > silent.toNanos();
        if (ending || !(owner.isEmpty() || owner.equals(me) || isSilent)) {
            leads = false;
            return Uni.createFrom().voidItem();
        }
        return take(owner, beat).invoke(taken -> led(taken, sentNanos)).replaceWithVoid();
    }

    /** Compares and sets; on a fresh database the unique id decides between racers. */
    private Uni<Boolean> take(String owner, long beat) {
        Bson asRead = Filters.and(Filters.eq("_id", LEASE), Filters.eq("beat", beat), Filters.eq("owner", owner));
        Bson mine = Updates.combine(Updates.set("owner", me), Updates.set("beat", beat + 1));
        return leases.updateOne(asRead, mine, new UpdateOptions().upsert(beat == 0))
                .map(result -> result.getMatchedCount() > 0 || result.getUpsertedId() != null);
    }

    private void led(boolean taken, long sentNanos) {
        if (taken && !leads) {
            LOG.info("this process leads: it sends letters and follows what ended");
        }
        leads = taken;
        beatNanos = sentNanos;
    }

    /** Another process leads at once, not only when this one has been silent for long. */
    void giveUp(@Observes ShutdownDelayInitiatedEvent event) {
        ending = true;
        if (!leads) {
            return;
        }
        leases.updateOne(
                        Filters.and(Filters.eq("_id", LEASE), Filters.eq("owner", me)),
                        Updates.combine(Updates.set("owner", ""), Updates.inc("beat", 1L)))
                .subscribe()
                .with(x -> {}, failure -> LOG.debug("the lease was not given up", failure));
    }
}
