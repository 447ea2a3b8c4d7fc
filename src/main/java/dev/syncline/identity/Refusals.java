package dev.syncline.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.Ids;

/**
 * Callers that were not let in. The first of a kind in a minute leaves its audit record at once; its repeats are counted and
 * written with it when the minute is over, so that a storm costs a bounded number of writes and bytes (C0-47). Kinds are told
 * apart by reason, operation, address and name; when there are too many of them, by reason and operation alone.
 */
@ApplicationScoped
class Refusals {
    private static final Logger LOG = Logger.getLogger(Refusals.class);
    private static final int KINDS = 500;
    private static final int WRITTEN_AT_ONCE = 100;
    private static final int SUSPICIOUS = 5;
    private static final String MANY = "many";
    /** The answer does not wait longer for its record. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final AuditTrail audit;
    private final MeterRegistry registry;
    private final Ids ids;
    private final Clock clock;
    private final Map<Kind, Seen> minute = new ConcurrentHashMap<>();
    private final AtomicInteger writtenAtOnce = new AtomicInteger();

    Refusals(AuditTrail audit, MeterRegistry registry, Ids ids, Clock clock) {
        this.audit = audit;
        this.registry = registry;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * One kind of refusal.
     *
     * @param operation such as {@code GET /api/runs/{id}}; never an address as it was sent, for there are too many
     */
    record Kind(Refusal reason, String operation, String ip, String who) {
        Kind merged() {
            return new Kind(reason, operation, MANY, MANY);
        }
    }

    /** One kind in this minute; counted within the map's own operations alone, so that none is counted after it was taken. */
    private record Seen(String id, Instant at, String requestId, long count, long written) {
        Seen with(Seen later) {
            return new Seen(id, at, requestId, count + later.count - later.written, written);
        }

        Seen asWritten() {
            return new Seen(id, at, requestId, count, count);
        }
    }

    /** Never fails: what cannot be written now is written with the minute. */
    Uni<Void> note(Kind kind, String requestId) {
        registry.counter("syncline.auth.refusals", "reason", kind.reason().name())
                .increment();
        Kind counted = room(kind);
        Seen one = new Seen(ids.next(), clock.instant(), requestId, 1, 0);
        Seen seen = minute.merge(counted, one, Seen::with);
        if (!seen.equals(one) || writtenAtOnce.incrementAndGet() > WRITTEN_AT_ONCE) {
            return Uni.createFrom().voidItem();
        }
        return write(counted, one)
                .invoke(() -> minute.computeIfPresent(counted, (k, now) -> now.equals(one) ? one.asWritten() : now))
                .onFailure()
                .invoke(failure -> LOG.warnf("refusal not recorded yet, reason=%s", kind.reason()))
                .onFailure()
                .recoverWithNull()
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(() -> null);
    }

    private Kind room(Kind kind) {
        return minute.containsKey(kind) || minute.size() < KINDS ? kind : kind.merged();
    }

    private Uni<Void> write(Kind kind, Seen seen) {
        return audit.refused(kind, seen.id(), seen.at(), seen.requestId(), seen.count());
    }

    /** Writes the counts of the minute that has gone. What the database does not take stays for the next one. */
    @Scheduled(every = "60S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> writeCounts() {
        writtenAtOnce.set(0);
        return Multi.createFrom()
                .iterable(List.copyOf(minute.keySet()))
                .onItem()
                .transformToUniAndConcatenate(this::writeCount)
                .collect()
                .last()
                .onFailure()
                .invoke(failure -> LOG.warnf("refusals not recorded yet, kinds=%d", minute.size()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> writeCount(Kind kind) {
        @Nullable Seen seen = minute.remove(kind);
        if (seen == null || seen.written() == seen.count()) {
            return Uni.createFrom().voidItem();
        }
        warn(kind, seen);
        return write(kind, seen).onFailure().invoke(failure -> putBack(kind, seen));
    }

    private void putBack(Kind kind, Seen seen) {
        minute.merge(room(kind), seen, (now, before) -> before.with(now));
    }

    private static void warn(Kind kind, Seen seen) {
        if (seen.count() >= SUSPICIOUS) {
            LOG.warnf(
                    "many refusals of one kind, reason=%s operation=%s count=%d audit=%s",
                    kind.reason(), kind.operation(), seen.count(), seen.id());
        }
    }

    /** How many kinds are kept in memory just now. */
    int kinds() {
        return minute.size();
    }
}
