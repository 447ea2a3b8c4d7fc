package dev.syncline.run;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Ids;
import dev.syncline.platform.SyncException;

/**
 * Where every run begins: a trigger, a due retry or the end of another process. It is the service's one subscriber; whatever
 * else is asynchronous is given back to Quarkus.
 */
@ApplicationScoped
public class RunCoordinator {
    private static final Logger LOG = Logger.getLogger(RunCoordinator.class);
    private static final Duration HAND_OVER_WITHIN = Duration.ofSeconds(12);

    private final SyncCatalog syncs;
    private final RunStore store;
    private final IdempotencyKeys keys;
    private final AttemptRunner runner;
    private final RunWatch watch;
    private final RunEvents events;
    private final TakeOver takeOver;
    private final ProcessName process;
    private final Ids ids;
    private final Clock clock;

    private volatile boolean draining;
    private @Nullable Cancellable watching;

    RunCoordinator(
            SyncCatalog syncs,
            RunStore store,
            IdempotencyKeys keys,
            AttemptRunner runner,
            RunWatch watch,
            RunEvents events,
            TakeOver takeOver,
            ProcessName process,
            Ids ids,
            Clock clock) {
        this.syncs = syncs;
        this.store = store;
        this.keys = keys;
        this.runner = runner;
        this.watch = watch;
        this.events = events;
        this.takeOver = takeOver;
        this.process = process;
        this.ids = ids;
        this.clock = clock;
    }

    // --- triggers

    /**
     * Starts a run unless its sync has an active one. Answers as soon as the run is stored; the source is not touched before
     * that. A manual wish during the wait for a retry, with the same input, makes that retry start now.
     */
    public Uni<StartResult> start(StartRequest request) {
        if (draining) {
            return shuttingDown();
        }
        String run = ids.next();
        return Optional.ofNullable(request.trigger().idempotencyKey())
                .map(key -> startOnce(key, request, run))
                .orElseGet(() -> startNew(request, run));
    }

    /**
     * The same with an id that the caller has written down before, so that a crash in between leaves something to go on from:
     * asked again with the same id, this finds the run that there is.
     */
    public Uni<StartResult> start(StartRequest request, String run) {
        return draining ? shuttingDown() : repeated(request, run);
    }

    private static Uni<StartResult> shuttingDown() {
        return Uni.createFrom()
                .failure(new SyncException(ErrorCode.SHUTTING_DOWN, "this process takes no new runs any more"));
    }

    /** Whether this process is about to end, and starts nothing any more. */
    boolean draining() {
        return draining;
    }

    private Uni<StartResult> startOnce(String key, StartRequest request, String run) {
        return keys.claim(key, request, run)
                .chain(claimed -> claimed.equals(run) ? startNew(request, run) : repeated(request, claimed))
                .call(result -> result instanceof StartResult.Refused
                        ? keys.release(key, request, run)
                        : Uni.createFrom().voidItem());
    }

    /** The first caller may have died between its claim and its run: then this one does what it left undone. */
    private Uni<StartResult> repeated(StartRequest request, String run) {
        return store.byId(run)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(new StartResult.Repeated(found.get()))
                        : startNew(request, run));
    }

    private Uni<StartResult> startNew(StartRequest request, String id) {
        String person = syncs.get(request.sync()).person().orElse(null);
        Run queued = Run.queued(id, request, person, process.attemptOwner(0), clock.instant());
        return store.insert(queued).chain(inserted -> inserted ? launched(queued) : activeInTheWay(request, id));
    }

    private Uni<StartResult> launched(Run queued) {
        launch(queued);
        return Uni.createFrom().item(new StartResult.Started(queued));
    }

    /** The active run may end just now; then there is room. */
    private Uni<StartResult> activeInTheWay(StartRequest request, String id) {
        return store.activeOf(request.sync())
                .chain(active -> active.map(run -> answer(request, run)).orElseGet(() -> startNew(request, id)));
    }

    private Uni<StartResult> answer(StartRequest request, Run active) {
        boolean sameWork =
                active.mode() == request.mode() && Run.work(active.input()).equals(Run.work(request.input()));
        boolean impatient = request.trigger().kind() == Trigger.Kind.manual && active.state() == RunState.RETRY_WAIT;
        return impatient && sameWork ? retryNow(active) : Uni.createFrom().item(new StartResult.Refused(active));
    }

    private Uni<StartResult> retryNow(Run waiting) {
        return store.save(waiting, waiting.retryNow(clock.instant()))
                .invoke(this::launch)
                .<StartResult>map(StartResult.Started::new)
                .onFailure(StaleRunException.class)
                .recoverWithItem(() -> new StartResult.Refused(waiting));
    }

    // --- the one subscriber

    private void launch(Run run) {
        runner.execute(run).subscribe().with(x -> {}, failure -> LOG.error("an attempt failed to end", failure));
    }

    void begin(@Observes StartupEvent event) {
        watching = watch.takeable()
                .filter(run -> !draining)
                .onItem()
                .transformToUniAndConcatenate(takeOver::decide)
                .subscribe()
                .with(
                        run -> run.ifPresent(this::launch),
                        failure -> LOG.error("the watch over the runs ended", failure));
    }

    // --- the end of the process

    /**
     * Hands the running attempts over and then ends all that follow runs (C0-52). Blocks, as the end of a process must. This
     * event comes first of all; {@link io.quarkus.runtime.ShutdownEvent} only after the HTTP server has waited for its
     * requests, and event streams are requests.
     */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        draining = true;
        if (watching != null) {
            watching.cancel();
        }
        runner.drain();
        awaitIdle();
        events.close();
    }

    private void awaitIdle() {
        Multi.createFrom()
                .ticks()
                .every(Duration.ofMillis(20))
                .onOverflow()
                .drop()
                .select()
                .first(tick -> !runner.idle())
                .collect()
                .last()
                .ifNoItem()
                .after(HAND_OVER_WITHIN)
                .fail()
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }
}
