package dev.syncline.notify;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/** Numbers of the outbox (C0-54). Its depth is the same in every process; what was sent and failed, each counts its own. */
@ApplicationScoped
class OutboxMetrics {
    private static final Logger LOG = Logger.getLogger(OutboxMetrics.class);

    private final Outbox outbox;
    private final Map<Channel, AtomicLong> depth = new EnumMap<>(Channel.class);
    private final Map<Channel, Counter> sent = new EnumMap<>(Channel.class);
    private final Map<Channel, Counter> failed = new EnumMap<>(Channel.class);

    OutboxMetrics(Outbox outbox, MeterRegistry registry) {
        this.outbox = outbox;
        for (Channel channel : Channel.values()) {
            Tags tags = Tags.of("channel", channel.name());
            depth.put(channel, registry.gauge("syncline.outbox.depth", tags, new AtomicLong()));
            sent.put(channel, registry.counter("syncline.outbox.sent", tags));
            failed.put(channel, registry.counter("syncline.outbox.failed", tags));
        }
    }

    void sent(Channel channel) {
        sent.get(channel).increment();
    }

    void failed(Channel channel) {
        failed.get(channel).increment();
    }

    @Scheduled(every = "5S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return Multi.createFrom()
                .iterable(depth.entrySet())
                .onItem()
                .transformToUniAndConcatenate(
                        entry -> outbox.depth(entry.getKey()).invoke(entry.getValue()::set))
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> LOG.debugf("the outbox cannot be counted (%s)", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
