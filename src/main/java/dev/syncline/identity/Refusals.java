package dev.syncline.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

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

    /** What became of one kind in this minute. */
    private record Seen(String id, Instant at, String requestId, AtomicLong count, AtomicLong written) {}

    /** Never fails: what cannot be written now is written with the minute. */
    Uni<Void> note(Kind kind, String requestId) {
        registry.counter("syncline.auth.refusals", "reason", kind.reason().name())
                .increment();
        Kind counted = minute.containsKey(kind) || minute.size() < KINDS ? kind : kind.merged();
        Seen seen = minute.computeIfAbsent(
                counted, k -> new Seen(ids.next(), clock.instant(), requestId, new AtomicLong(), new AtomicLong()));
        boolean isFirst = seen.count().getAndIncrement() == 0;
        if (!isFirst || writtenAtOnce.incrementAndGet() > WRITTEN_AT_ONCE) {
            return Uni.createFrom().voidItem();
        }
        return write(counted, seen).ifNoItem().after(PATIENCE).recoverWithItem(() -> null);
    }

    private Uni<Void> write(Kind kind, Seen seen) {
        long count = seen.count().get();
        return audit.refused(kind, seen.id(), seen.at(), seen.requestId(), count)
                .invoke(() -> seen.written().set(count))
                .onFailure()
                .invoke(failure -> LOG.warnf("refusals not recorded yet, reason=%s", kind.reason()))
                .onFailure()
                .recoverWithNull();
    }

    /** Writes the counts of the minute that has gone. */
    @Scheduled(every = "60S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> writeCounts() {
        List<Map.Entry<Kind, Seen>> over = List.copyOf(minute.entrySet());
        over.forEach(entry -> minute.remove(entry.getKey()));
        writtenAtOnce.set(0);
        return Multi.createFrom()
                .iterable(over)
                .filter(entry -> entry.getValue().written().get()
                        < entry.getValue().count().get())
                .invoke(entry -> warn(entry.getKey(), entry.getValue()))
                .onItem()
                .transformToUniAndConcatenate(entry -> write(entry.getKey(), entry.getValue()))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static void warn(Kind kind, Seen seen) {
        long count = seen.count().get();
        if (count >= SUSPICIOUS) {
            LOG.warnf(
                    "many refusals of one kind, reason=%s operation=%s count=%d audit=%s",
                    kind.reason(), kind.operation(), count, seen.id());
        }
    }
}
