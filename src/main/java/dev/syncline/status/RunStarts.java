package dev.syncline.status;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.identity.Caller;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.RequestIds;
import dev.syncline.platform.SyncException;
import dev.syncline.run.DeadLetter;
import dev.syncline.run.DeadLetters;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunCoordinator;
import dev.syncline.run.RunsConfig;
import dev.syncline.run.StartRequest;
import dev.syncline.run.StartResult;
import dev.syncline.run.Trigger;

/** A person's or a machine's wish for a run, as every family of addresses passes it on. */
@ApplicationScoped
public class RunStarts {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final RunCoordinator coordinator;
    private final DeadLetters letters;
    private final Syncs syncs;
    private final StatusFeed feed;
    private final RunsConfig config;
    private final RequestIds requestIds;
    private final Caller caller;
    private final Starters starters;
    private final AuditTrail audit;

    RunStarts(
            RunCoordinator coordinator,
            DeadLetters letters,
            Syncs syncs,
            StatusFeed feed,
            RunsConfig config,
            RequestIds requestIds,
            Caller caller,
            Starters starters,
            AuditTrail audit) {
        this.coordinator = coordinator;
        this.letters = letters;
        this.syncs = syncs;
        this.feed = feed;
        this.config = config;
        this.requestIds = requestIds;
        this.caller = caller;
        this.starters = starters;
        this.audit = audit;
    }

    /** What a wish says beside the sync. */
    public record Wish(
            Mode mode,
            @Nullable String reason,
            Map<String, String> input,
            @Nullable String idempotencyKey) {}

    /**
     * Starts the sync, or gives the run that an idempotency key stands for. Call it within the request. {@code RUN_ACTIVE}
     * with the active run if there is one, {@code NOT_FOUND} if there is no such sync.
     */
    public Uni<Run> start(String sync, Wish wish) {
        return start(sync, wish, run -> Uni.createFrom().voidItem());
    }

    /** The same, with a side step for a run that is new: a repeat of its key takes none. */
    public Uni<Run> start(String sync, Wish wish, Function<Run, Uni<Void>> onNew) {
        requireStartable(sync);
        String key = key(wish.idempotencyKey());
        Trigger trigger = new Trigger(Trigger.Kind.manual, caller.name(), requestIds.current(), key);
        Map<String, String> input = new HashMap<>(syncs.job(sync).input());
        input.putAll(wish.input());
        return coordinator
                .start(new StartRequest(sync, trigger, wish.mode(), wish.reason(), input))
                .call(result -> ifNew(result, this::record))
                .call(result -> ifNew(result, onNew))
                .map(RunStarts::runOf);
    }

    /**
     * Makes a run again that was given up. Call it within the request. {@code RUN_ACTIVE} with the active run if there is one,
     * {@code DEAD_LETTER_DECIDED} if somebody was faster.
     */
    Uni<Run> replay(DeadLetter letter) {
        requireStartable(letter.sync());
        Trigger trigger = new Trigger(Trigger.Kind.retry, caller.name(), requestIds.current(), null);
        return letters.replay(letter, trigger)
                .map(RunStarts::runOf)
                .call(run -> audit.record(AuditType.sync, "DEAD_LETTER_REPLAYED", letter.run(), run.id()));
    }

    private void requireStartable(String sync) {
        starters.require(sync);
        if (!syncs.job(sync).enabled()) {
            throw new SyncException(ErrorCode.SYNC_DISABLED, "the sync " + sync + " is switched off");
        }
    }

    private Uni<Void> record(Run started) {
        return audit.record(
                AuditType.sync, "RUN_STARTED", started.id(), started.mode().name());
    }

    private static Uni<Void> ifNew(StartResult result, Function<Run, Uni<Void>> step) {
        return result instanceof StartResult.Started started
                ? step.apply(started.run())
                : Uni.createFrom().voidItem();
    }

    private static Run runOf(StartResult result) {
        if (result instanceof StartResult.Refused refused) {
            throw ActiveRun.refusal(refused.run());
        }
        return result.run();
    }

    private static @Nullable String key(@Nullable String given) {
        if (given != null && !KEY.matcher(given).matches()) {
            throw new SyncException(
                    ErrorCode.INVALID_PARAMETER,
                    "Idempotency-Key must be 1 to 128 printable characters without blanks");
        }
        return given;
    }

    /** The run's end if it comes in the time that the caller is ready to wait, else the run as it is then. */
    public Uni<Run> await(Run run, Optional<Duration> patience) {
        return patience.isEmpty() ? Uni.createFrom().item(run) : feed.awaitEnd(run, patience.get());
    }

    /** The time that {@code Prefer: wait=N} (RFC 7240) or {@code ?wait=true} grants, capped by configuration. */
    public Optional<Duration> patience(StartParameters asked) {
        boolean waits =
                switch (asked.waits() == null ? "false" : asked.waits()) {
                    case "", "true" -> true;
                    case "false" -> false;
                    default -> throw new SyncException(ErrorCode.INVALID_PARAMETER, "wait must be one of true, false");
                };
        return Preference.wait(asked.prefer())
                .or(() -> waits ? Optional.of(config.maxWait()) : Optional.empty())
                .map(this::capped)
                .filter(patience -> !patience.isZero());
    }

    private Duration capped(Duration asked) {
        return asked.compareTo(config.maxWait()) < 0 ? asked : config.maxWait();
    }
}
