package dev.syncline.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.Account;
import dev.syncline.identity.Accounts;
import dev.syncline.run.Run;
import dev.syncline.run.RunStore;
import dev.syncline.run.SyncCatalog;

/** The event stream of one client: runs as they change, a heartbeat in between, and a clean end (C0-20 to C0-25). */
@Startup
@ApplicationScoped
class EventStreams {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    /** An instant to resume from may be of another clock than the changes of runs, and that one wrong by so much. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private final StatusFeed feed;
    private final RunStore store;
    private final SyncCatalog syncs;
    private final Accounts accounts;
    private final Clock clock;
    private final AtomicInteger clients;
    private final Counter dropped;

    EventStreams(
            StatusFeed feed,
            RunStore store,
            SyncCatalog syncs,
            Accounts accounts,
            MeterRegistry registry,
            Clock clock) {
        this.feed = feed;
        this.store = store;
        this.syncs = syncs;
        this.accounts = accounts;
        this.clock = clock;
        this.clients = registry.gauge("syncline.sse.clients", new AtomicInteger());
        this.dropped = registry.counter("syncline.sse.dropped");
    }

    /** What a client asked to see, and from when on. */
    record Wish(
            Account account,
            @Nullable String sync,
            @Nullable String run,
            @Nullable Instant since) {
        Predicate<Run> wanted() {
            return r -> r.visibleTo(account.id())
                    && (sync == null || r.sync().equals(sync))
                    && (run == null || r.id().equals(run));
        }

        /** A stream that follows one run has nothing more to tell after its end. */
        boolean endsWith(StreamEvent event) {
            return run != null && event.terminal();
        }
    }

    /**
     * Ends after the terminal event of a run that is followed alone, when its account may not see it any more, and when the
     * process stops. A client that does not keep
     * up has its connection closed: a stream that only ended would wait for the very client that does not read.
     */
    Multi<StreamEvent> open(Wish wish, HttpConnection connection) {
        Multi<StreamEvent> runs =
                feed.follow(() -> begin(wish), wish.wanted()).map(RunView::of).map(StreamEvent::of);
        Multi<StreamEvent> alive = Multi.createBy()
                .merging()
                .streams(runs.onCompletion().continueWith(StreamEvent.END), heartbeats(wish.account()))
                .onOverflow()
                .buffer(256);
        Multi<StreamEvent> open = alive.map(
                        event -> wish.endsWith(event) ? List.of(event, StreamEvent.END) : List.of(event))
                .onItem()
                .<StreamEvent>disjoint()
                .select()
                .first(event -> event != StreamEvent.END);
        return open.onFailure()
                .invoke(failure -> close(connection))
                .onFailure()
                .recoverWithCompletion()
                .onSubscription()
                .invoke(clients::incrementAndGet)
                .onTermination()
                .invoke(clients::decrementAndGet);
    }

    private void close(HttpConnection connection) {
        dropped.increment();
        connection.close();
    }

    /** With each of them the account is looked at again, so a stream outlives its right by less than 30 s (C0-26). */
    private Multi<StreamEvent> heartbeats(Account account) {
        return Multi.createFrom()
                .ticks()
                .startingAfter(HEARTBEAT)
                .every(HEARTBEAT)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> accounts.holds(account))
                .map(holds -> holds ? StreamEvent.heartbeat(clock.instant()) : StreamEvent.END);
    }

    /** The latest state first, for it is small; then, however much it is, what was missed. */
    private Multi<Run> begin(Wish wish) {
        if (wish.run() != null) {
            return feed.one(wish.run());
        }
        Multi<Run> missed = wish.since() == null
                ? Multi.createFrom().empty()
                : store.changedSince(wish.since().minus(CLOCKS_DIFFER));
        return Multi.createBy()
                .concatenating()
                .streams(latestOfEachSync(), missed)
                .filter(wish.wanted());
    }

    private Multi<Run> latestOfEachSync() {
        return Multi.createFrom()
                .iterable(syncs.all())
                .onItem()
                .transformToUni(job -> store.newestOf(job.sync(), 1))
                .merge(4)
                .onItem()
                .transformToIterable(runs -> runs);
    }
}
