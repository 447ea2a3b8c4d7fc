package dev.syncline.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.MongoException;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Warning;
import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * Makes one attempt of a run, from taking it to the state that it leaves behind: take, work while the lease is renewed and
 * progress told, conclude. All saves compare the version, so whoever was overtaken changes nothing.
 */
@ApplicationScoped
class AttemptRunner {
    private final RunStore store;
    private final SyncCatalog syncs;
    private final RetryPolicy retries;
    private final RunUndo undo;
    private final RunsConfig config;
    private final ProcessName process;
    private final Clock clock;
    private final Map<String, RunningAttempt> running = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean draining;

    AttemptRunner(
            RunStore store,
            SyncCatalog syncs,
            RetryPolicy retries,
            RunUndo undo,
            RunsConfig config,
            ProcessName process,
            Clock clock) {
        this.store = store;
        this.syncs = syncs;
        this.retries = retries;
        this.undo = undo;
        this.config = config;
        this.process = process;
        this.clock = clock;
    }

    Optional<RunningAttempt> running(String run) {
        return Optional.ofNullable(running.get(run));
    }

    /** From now on runs are handed over: by the attempts that run, and by those that begin in this very moment. */
    void drain() {
        draining = true;
        running.values().forEach(attempt -> attempt.stop(RunningAttempt.Stop.SHUTTING_DOWN));
    }

    /** Whether no attempt is under way, from before its run is taken until after its last word is written. */
    boolean idle() {
        return underWay.get() == 0;
    }

    /** Never fails: what goes wrong stands in the run, and where even that cannot be written, in the log. */
    Uni<Void> execute(Run run) {
        return Uni.createFrom()
                .deferred(() -> take(run))
                .chain(this::attempt)
                .onSubscription()
                .invoke(underWay::incrementAndGet)
                .onTermination()
                .invoke(underWay::decrementAndGet)
                .onFailure(StaleRunException.class)
                .invoke(() -> RunLog.info(run, "another process was faster to take the run"))
                .onFailure(failure -> !(failure instanceof StaleRunException))
                .invoke(failure ->
                        RunLog.error(run, "the attempt could not be told; the run will be taken over", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    // --- take

    private Uni<RunningAttempt> take(Run run) {
        long sentNanos = System.nanoTime();
        Run begun = run.startedBy(process.attemptOwner(run.attempt() + 1), clock.instant());
        return store.save(run, begun)
                .chain(store::past)
                .map(past -> new RunningAttempt(begun, past, config.lease(), sentNanos));
    }

    // --- work

    private Uni<Void> attempt(RunningAttempt attempt) {
        Run run = attempt.run();
        running.put(run.id(), attempt);
        if (draining) {
            attempt.stop(RunningAttempt.Stop.SHUTTING_DOWN);
        }
        RunLog.info(run, "attempt %d begins".formatted(run.attempt()));
        return Uni.combine()
                .any()
                .<Outcome>of(work(attempt), renewals(attempt))
                .call(outcome -> takeBack(attempt, outcome))
                .chain(outcome -> conclude(attempt, outcome.failure()))
                .eventually(() -> running.remove(run.id()));
    }

    /** How the work ended; a record, for a Uni's null says too little. */
    private record Outcome(@Nullable Throwable failure) {}

    private Uni<Outcome> work(RunningAttempt attempt) {
        SyncJob job = job(attempt);
        return undo.settle(job)
                .onFailure()
                .transform(AttemptRunner::unsettled)
                .onItem()
                .transformToMulti(settled -> job.execute(attempt))
                .invoke(attempt::reached)
                .collect()
                .last()
                .map(last -> new Outcome(null))
                .onFailure()
                .recoverWithItem(failure -> new Outcome(first(failure)));
    }

    private SyncJob job(RunningAttempt attempt) {
        return syncs.get(attempt.run().sync());
    }

    private static SyncException unsettled(Throwable failure) {
        return new SyncException(
                ErrorCode.ROLLBACK_FAILED, "what an earlier run had written could not be taken back yet", failure);
    }

    private static Throwable first(Throwable failure) {
        return failure instanceof CompositeException several
                ? several.getCauses().get(0)
                : failure;
    }

    /** Never ends by itself, but when the lease is lost or a requested stop is not obeyed in time. */
    private Uni<Outcome> renewals(RunningAttempt attempt) {
        return Multi.createFrom()
                .ticks()
                .every(config.progressInterval())
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> renew(attempt))
                .select()
                .where(Optional::isPresent)
                .map(Optional::get)
                .toUni();
    }

    private Uni<Optional<Outcome>> renew(RunningAttempt attempt) {
        enforceTimeLimit(attempt);
        if (attempt.overdue(config.stopGrace())) {
            return Uni.createFrom().item(Optional.of(new Outcome(null)));
        }
        if (!attempt.holdsLease() || !attempt.toBeSaved(config.renewInterval())) {
            return Uni.createFrom().item(Optional.empty());
        }
        return renewed(attempt);
    }

    private Uni<Optional<Outcome>> renewed(RunningAttempt attempt) {
        return save(attempt, run -> run.progressed(attempt.progress()))
                .map(saved -> Optional.<Outcome>empty())
                .onFailure(LeaseLostException.class)
                .invoke(attempt::lose)
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private void enforceTimeLimit(RunningAttempt attempt) {
        Optional<Duration> limit = job(attempt).timeLimit();
        if (limit.isPresent() && attempt.took().compareTo(limit.get()) > 0) {
            attempt.stop(RunningAttempt.Stop.TIMED_OUT);
        }
    }

    // --- take back

    /** However long that takes: the run stays this process's meanwhile, and nobody is told that it has ended. */
    private Uni<Void> takeBack(RunningAttempt attempt, Outcome outcome) {
        boolean succeeded = attempt.complete() && outcome.failure() == null;
        boolean stays = succeeded || !job(attempt).allOrNothing();
        return stays || !attempt.holdsLease()
                ? Uni.createFrom().voidItem()
                : Uni.combine().any().of(takenBack(attempt), leaseLost(attempt));
    }

    /** What cannot be taken back now is later, by the next attempt or by whoever follows the run's end. */
    private Uni<Void> takenBack(RunningAttempt attempt) {
        return undo.takeBack(attempt.run().id())
                .invoke(attempt::tookBack)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> leave(attempt, failure));
    }

    private static Uni<Void> leave(RunningAttempt attempt, Throwable failure) {
        Warning left = Warning.of(
                ErrorCode.ROLLBACK_FAILED, "what the attempt had written could not be taken back yet", List.of());
        RunLog.error(attempt.run(), left.message() + ", code=" + left.code(), failure);
        attempt.remark(left);
        return Uni.createFrom().voidItem();
    }

    /** Renews the lease for as long as it is held. */
    private Uni<Void> leaseLost(RunningAttempt attempt) {
        return Multi.createFrom()
                .ticks()
                .every(config.renewInterval())
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> renewed(attempt))
                .select()
                .first(renewed -> attempt.holdsLease())
                .onItem()
                .ignoreAsUni();
    }

    // --- conclude

    private Uni<Void> conclude(RunningAttempt attempt, @Nullable Throwable failure) {
        Optional<RunningAttempt.Stop> stop = attempt.complete() ? Optional.empty() : attempt.stopReason();
        if (stop.filter(RunningAttempt.Stop.LEASE_LOST::equals).isPresent()) {
            RunLog.warn(attempt.run(), "the lease was lost; the attempt ends without a word of its own");
            return Uni.createFrom().voidItem();
        }
        UnaryOperator<Run> verb = verb(attempt, stop, failure);
        return DatabaseFailures.repeat(save(attempt, verb))
                .onFailure(LeaseLostException.class)
                .invoke(() -> RunLog.warn(attempt.run(), "another process had taken the run before its end was told"))
                .onFailure(LeaseLostException.class)
                .recoverWithNull()
                .replaceWithVoid();
    }

    private UnaryOperator<Run> verb(
            RunningAttempt attempt, Optional<RunningAttempt.Stop> stop, @Nullable Throwable failure) {
        Instant now = clock.instant();
        Duration took = attempt.took();
        if (stop.isPresent()) {
            return switch (stop.get()) {
                case CANCELLED -> run -> run.cancelled(attempt.progress(), now, took);
                case SHUTTING_DOWN -> run -> run.handedOver(attempt.progress(), now, took);
                default -> failed(attempt, timedOut(attempt), now);
            };
        }
        if (failure != null) {
            return failed(attempt, failure, now);
        }
        return attempt.complete()
                ? run -> run.finished(attempt.progress(), now, took)
                : failed(attempt, unfinished(attempt), now);
    }

    private static IllegalStateException unfinished(RunningAttempt attempt) {
        return new IllegalStateException(
                "the work ended at the stage '%s'".formatted(attempt.progress().stage()));
    }

    private SyncException timedOut(RunningAttempt attempt) {
        return new SyncException(
                ErrorCode.SYNC_TIMEOUT,
                "stopped after %d s at the stage '%s'"
                        .formatted(
                                attempt.took().toSeconds(), attempt.progress().stage()));
    }

    private UnaryOperator<Run> failed(RunningAttempt attempt, Throwable failure, Instant now) {
        RunError known = RunError.of(told(failure), attempt.run().id());
        RunError error = job(attempt).retries() ? known : known.lasting();
        if (ErrorCode.statusOf(error.code()) == ErrorCode.INTERNAL_ERROR.status()) {
            RunLog.error(attempt.run(), "the attempt failed, reference=" + error.reference(), failure);
        }
        return run -> {
            Optional<Duration> delay = retries.delayAfter(failure, error, run.failedAttempts() + 1);
            if (delay.isEmpty()) {
                return run.failed(error, attempt.progress(), now, attempt.took());
            }
            // A cancel that came just before the failure must not wait for the retry.
            return run.cancel() == null
                    ? run.retryAt(now.plus(delay.get()), error, attempt.progress(), now, attempt.took())
                    : run.cancelled(attempt.progress(), now, attempt.took());
        };
    }

    private static Throwable told(Throwable failure) {
        if (DatabaseFailures.isConnectivity(failure)) {
            return DatabaseFailures.unavailable(failure);
        }
        return failure instanceof MongoException refusal
                ? new SyncException(
                        ErrorCode.DATABASE_WRITE_FAILED, "the database refused, error " + refusal.getCode(), failure)
                : failure;
    }

    // --- save

    /** Saves what a verb makes of the run; read again if a request to cancel came in between, lost if another owner did. */
    private Uni<Run> save(RunningAttempt attempt, UnaryOperator<Run> verb) {
        return save(attempt, attempt.saved(), verb);
    }

    private Uni<Run> save(RunningAttempt attempt, Run current, UnaryOperator<Run> verb) {
        long sentNanos = System.nanoTime();
        return store.save(current, verb.apply(current))
                .onFailure(StaleRunException.class)
                .recoverWithUni(() -> saveAnew(attempt, verb))
                .invoke(run -> attempt.saved(run, sentNanos));
    }

    private Uni<Run> saveAnew(RunningAttempt attempt, UnaryOperator<Run> verb) {
        String owner = String.valueOf(attempt.run().owner());
        return store.byId(attempt.run().id())
                .map(found -> found.filter(run -> run.active() && run.ownedBy(owner))
                        .orElseThrow(() -> new LeaseLostException(attempt.run().id())))
                .invoke(run -> stopIfCancelled(attempt, run))
                .chain(run -> save(attempt, run, verb));
    }

    void stopIfCancelled(RunningAttempt attempt, Run seen) {
        if (seen.cancel() != null) {
            attempt.stop(RunningAttempt.Stop.CANCELLED);
        }
    }
}
