package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkus.mongodb.panache.common.MongoEntity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Progress;
import dev.syncline.platform.ErrorCode;

/**
 * A run as it is stored: the only truth about it. Each verb gives the run as it is after that verb, one version later;
 * {@link RunStore#save} makes it so, or finds that somebody was faster.
 *
 * @param version rises by one with every save
 * @param activeFor the sync while the run is active; unique, so it is the lock (C0-03)
 * @param owner the process that runs it; none while it waits for a retry or was handed over
 * @param input what the sync needs to know again at each attempt, such as the file
 * @param progress of the latest attempt that got anywhere
 * @param updatedAt by the database's clock
 * @param person whose run it is, where it is one person's alone; none for everybody's
 */
@MongoEntity(collection = "runs")
@RegisterForReflection(registerFullHierarchy = true)
public record Run(
        @BsonId String id,
        String sync,
        RunState state,
        Long version,
        @Nullable String activeFor,
        @Nullable String owner,
        Trigger trigger,
        Mode mode,
        @Nullable String reason,
        Map<String, String> input,
        List<Attempt> attempts,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Long durationMs,
        @Nullable Instant nextAttemptAt,
        Progress progress,
        @Nullable RunError error,
        @Nullable CancelRequest cancel,
        @Nullable Instant updatedAt,
        @Nullable String person) {

    /** Input of a run that reads its source in any case, also when the source says that nothing has changed. */
    public static final String FULL = "full";
    /** Input: the spreadsheet that it reads. */
    public static final String SHEET = "sheet";
    /** Input: {@code true} if whoever asked had anonymization switched on. */
    public static final String ANONYMIZED = "anonymized";
    /** Input of a run that restores what was kept instead of reading its source: the name of it. */
    public static final String BASELINE = "baseline";

    public Run {
        input = input == null ? Map.of() : Map.copyOf(input);
        attempts = attempts == null ? List.of() : List.copyOf(attempts);
        progress = progress == null ? Progress.NONE : progress;
    }

    /** An input without what whoever asked saw on their screen, which changes nothing of the work. */
    static Map<String, String> work(Map<String, String> input) {
        Map<String, String> work = new HashMap<>(input);
        work.remove(ANONYMIZED);
        return work;
    }

    static Run queued(String id, StartRequest request, @Nullable String person, String owner, Instant now) {
        return new Run(
                id,
                request.sync(),
                RunState.QUEUED,
                1L,
                request.sync(),
                owner,
                request.trigger(),
                request.mode(),
                request.reason(),
                request.input(),
                List.of(),
                now,
                null,
                null,
                null,
                null,
                Progress.NONE,
                null,
                null,
                null,
                person);
    }

    // --- what it is

    public boolean active() {
        return !state.terminal();
    }

    /** Its last attempt failed in a way that another could have mended, and there is no other: a dead letter. */
    public boolean gaveUp() {
        return state == RunState.FAILED && error != null && error.retryable();
    }

    /** Whether it reads its source in any case. */
    public boolean full() {
        return Boolean.parseBoolean(input.get(FULL));
    }

    /** Whether whoever asked had anonymization switched on; empty where nobody could have. */
    public Optional<Boolean> anonymized() {
        return Optional.ofNullable(input.get(ANONYMIZED)).map(Boolean::parseBoolean);
    }

    /** Whether somebody may know of it (S4-34). */
    public boolean visibleTo(String account) {
        return person == null || person.equals(account);
    }

    /** Number of the latest attempt; 0 before the first. */
    public int attempt() {
        return attempts.size();
    }

    boolean ownedBy(String process) {
        return process.equals(owner);
    }

    /** Attempts that ended in a failure of their own or of their process. */
    int failedAttempts() {
        return (int) attempts.stream()
                .filter(a -> a.endedAt() != null && !a.handedOver())
                .count();
    }

    boolean dueAt(Instant now) {
        return state == RunState.RETRY_WAIT && nextAttemptAt != null && !now.isBefore(nextAttemptAt);
    }

    // --- what can happen to it

    /** An attempt begins here; one that was left open by another process ends as interrupted. */
    Run startedBy(String process, Instant now) {
        Draft next = to(RunState.RUNNING);
        next.attempts =
                closedAttempts(now, RunError.of(ErrorCode.INTERRUPTED, "the process that ran this attempt ended", id));
        next.attempts.add(Attempt.begun(next.attempts.size() + 1, process, now));
        next.owner = process;
        next.startedAt = startedAt == null ? now : startedAt;
        next.nextAttemptAt = null;
        return next.build();
    }

    Run progressed(Progress now) {
        Draft next = to(state);
        next.progress = now;
        return next.build();
    }

    Run cancelRequested(String by, Instant now) {
        Draft next = to(state);
        next.cancel = new CancelRequest(by, now);
        return next.build();
    }

    /** The runner gives the run up, unharmed; any process may go on with it at once. */
    Run handedOver(Progress progress, Instant now, Duration took) {
        Draft next = within(RunState.RUNNING);
        next.attempts =
                closedAttempts(now, took, RunError.of(ErrorCode.HANDED_OVER, "the process was asked to stop", id));
        next.owner = null;
        next.progress = progress;
        return next.build();
    }

    Run retryAt(Instant due, RunError error, Progress progress, Instant now, Duration took) {
        Draft next = to(RunState.RETRY_WAIT);
        next.attempts = closedAttempts(now, took, error);
        next.owner = null;
        next.nextAttemptAt = due;
        next.progress = progress;
        return next.build();
    }

    /** A person does not want to wait for the retry. */
    Run retryNow(Instant now) {
        Draft next = within(RunState.RETRY_WAIT);
        next.nextAttemptAt = now;
        return next.build();
    }

    Run finished(Progress progress, Instant now, Duration took) {
        boolean clean = progress.counts().rejected() == 0 && progress.warnings().isEmpty();
        return ended(clean ? RunState.SUCCEEDED : RunState.PARTIAL, null, progress, now, took);
    }

    Run failed(RunError error, Progress progress, Instant now, Duration took) {
        return ended(RunState.FAILED, error, progress, now, took);
    }

    Run cancelled(Progress progress, Instant now, Duration took) {
        return ended(RunState.CANCELLED, null, progress, now, took);
    }

    /** Nobody works on it just now, so it ends at once. */
    Run cancelledWhileWaiting(Instant now) {
        return cancelled(progress, now, Duration.ZERO);
    }

    /**
     * Closes a run whose processes died too often.
     *
     * @param retryable whether a run of its sync may be made again later
     */
    Run abandoned(Instant now, boolean retryable) {
        RunError error = RunError.of(
                ErrorCode.INTERRUPTED, "the processes that ran it ended %d times".formatted(attempts.size()), id);
        return ended(RunState.FAILED, retryable ? error : error.lasting(), progress, now, openFor(now));
    }

    private Run ended(RunState end, @Nullable RunError error, Progress progress, Instant now, Duration took) {
        Draft next = to(end);
        next.attempts = closedAttempts(now, took, error);
        next.activeFor = null;
        next.owner = null;
        next.nextAttemptAt = null;
        next.completedAt = now;
        next.durationMs = next.attempts.stream()
                .map(a -> Optional.ofNullable(a.durationMs()).orElse(0L))
                .reduce(0L, Long::sum);
        next.progress = progress;
        next.error = error;
        return next.build();
    }

    private List<Attempt> closedAttempts(Instant now, @Nullable RunError error) {
        return closedAttempts(now, openFor(now), error);
    }

    private List<Attempt> closedAttempts(Instant now, Duration took, @Nullable RunError error) {
        List<Attempt> closed = new ArrayList<>(attempts);
        closed.replaceAll(a -> a.endedAt() == null ? a.ended(now, took.toMillis(), error) : a);
        return closed;
    }

    private Duration openFor(Instant now) {
        Instant since = attempts.isEmpty()
                ? queuedAt
                : attempts.get(attempts.size() - 1).startedAt();
        return Duration.between(since, now);
    }

    /** For a verb that makes sense in one state only, and leaves the run there. */
    private Draft within(RunState only) {
        if (state != only) {
            throw new IllegalStateException("a run that is %s is not %s (run=%s)".formatted(state, only, id));
        }
        return to(only);
    }

    private Draft to(RunState next) {
        if (!state.leadsTo(next)) {
            throw new IllegalStateException("a run that is %s cannot become %s (run=%s)".formatted(state, next, id));
        }
        return new Draft(next);
    }

    /** The next version while it is put together. */
    private final class Draft {
        private final RunState state;
        private @Nullable String activeFor = Run.this.activeFor;
        private @Nullable String owner = Run.this.owner;
        private List<Attempt> attempts = Run.this.attempts;
        private @Nullable Instant startedAt = Run.this.startedAt;
        private @Nullable Instant completedAt = Run.this.completedAt;
        private @Nullable Long durationMs = Run.this.durationMs;
        private @Nullable Instant nextAttemptAt = Run.this.nextAttemptAt;
        private Progress progress = Run.this.progress;
        private @Nullable RunError error = Run.this.error;
        private @Nullable CancelRequest cancel = Run.this.cancel;

        Draft(RunState state) {
            this.state = state;
        }

        Run build() {
            return new Run(
                    id,
                    sync,
                    state,
                    version + 1,
                    activeFor,
                    owner,
                    trigger,
                    mode,
                    reason,
                    input,
                    attempts,
                    queuedAt,
                    startedAt,
                    completedAt,
                    durationMs,
                    nextAttemptAt,
                    progress,
                    error,
                    cancel,
                    updatedAt,
                    person);
        }
    }
}
