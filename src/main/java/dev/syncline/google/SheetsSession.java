package dev.syncline.google;

import java.time.Duration;

import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * The calls of one piece of work: each within the budget, repeated where that helps (S0-42), counted, and all of them within
 * the time that the work has. One call after the other. Cancelling ends every wait; a call that is under way is left to itself.
 */
public final class SheetsSession {
    private static final Logger LOG = Logger.getLogger(SheetsSession.class);
    /** For longer nobody waits here; the run does, between its attempts. A pace may ask for longer by itself. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Credentials credentials;
    private final CallBudget budget;
    private final SheetsCalls sheets;
    private final CallMetrics metrics;
    private final Deadline deadline;
    private final Manner manner;

    private volatile int calls;
    private volatile int retries;
    private volatile boolean hasLookedForKey;

    /** @param isWrite whether it must not be done twice */
    private record Attempt<T>(SheetsQuery<T> query, boolean isWrite, int number) {
        boolean mayFollow(CallFailed failure) {
            return failure.code().retryable() && (failure.isUndone() || !isWrite);
        }

        Attempt<T> next() {
            return new Attempt<>(query, isWrite, number + 1);
        }
    }

    SheetsSession(
            Credentials credentials,
            CallBudget budget,
            SheetsCalls sheets,
            CallMetrics metrics,
            Manner manner,
            Deadline deadline) {
        this.credentials = credentials;
        this.budget = budget;
        this.sheets = sheets;
        this.metrics = metrics;
        this.manner = manner;
        this.deadline = deadline;
    }

    /**
     * Asks, on a worker.
     *
     * @return the answer, on a worker; fails with a {@link SyncException}: SHEET_NOT_FOUND, SHEETS_AUTH_REVOKED,
     *     INVALID_SYNC_CONFIGURATION (any other 4xx), and after the last try SHEETS_RATE_LIMIT (also when our own budget is
     *     used up for longer than the time that is left; how long stands in it), SOURCE_UNREACHABLE, SOURCE_TIMEOUT,
     *     SOURCE_FAILED, SOURCE_CUT
     */
    public <T> Uni<T> call(SheetsQuery<T> query) {
        return attempt(new Attempt<>(query, false, 1));
    }

    /**
     * Asks for something that must not be done twice: it is repeated only if Google surely has not begun with it. After
     * SOURCE_TIMEOUT, SOURCE_FAILED and SOURCE_CUT it may have been done, or may be done later.
     *
     * @return as {@link #call}, but for what Google will not do: a {@link WriteRefused}
     */
    public <T> Uni<T> write(SheetsQuery<T> query) {
        return attempt(new Attempt<>(query, true, 1))
                .onFailure(CallFailed.class)
                .transform(failure -> refusal((CallFailed) failure));
    }

    private static SyncException refusal(CallFailed failure) {
        return failure.refusal().isEmpty()
                ? failure
                : WriteRefused.of(failure.refusal().get(), failure);
    }

    /**
     * The same with less time. None of its calls begins after that, even if this process was frozen meanwhile and wakes up just
     * before its call: what it would write may have been overtaken.
     */
    public SheetsSession within(Duration patience) {
        return new SheetsSession(credentials, budget, sheets, metrics, manner, deadline.sooner(Deadline.in(patience)));
    }

    /** The same with time of its own, however little this one has left: for what has to be brought to its end. */
    public SheetsSession withTime(Duration time) {
        return new SheetsSession(credentials, budget, sheets, metrics, manner, Deadline.in(time));
    }

    /** Made so far, repeats included. */
    public int calls() {
        return calls;
    }

    /** How many of them were repeats of one that had failed. */
    public int retries() {
        return retries;
    }

    private <T> Uni<T> attempt(Attempt<T> attempt) {
        return credentials
                .current(manner.purpose())
                .call(credential -> budget.take(credential.principal(), deadline))
                .chain(credential -> send(attempt, credential));
    }

    private <T> Uni<T> send(Attempt<T> attempt, Credential credential) {
        calls++;
        return sheets.once(attempt.query(), credential, deadline)
                .ifNoItem()
                .after(deadline.remaining().plusMillis(1))
                .failWith(SheetsSession::outOfTime)
                .invoke(metrics::succeeded)
                .onFailure()
                .invoke(metrics::failed)
                .onFailure(CallFailed.class)
                .recoverWithUni(failure -> afterFailure(attempt, credential, (CallFailed) failure));
    }

    private <T> Uni<T> afterFailure(Attempt<T> attempt, Credential credential, CallFailed failure) {
        if (failure.isCredentialRefused() && !hasLookedForKey) {
            hasLookedForKey = true;
            return credentials
                    .isReplaced(credential)
                    .chain(replaced -> replaced ? again(attempt, Duration.ZERO, failure) : fail(failure));
        }
        Duration wait = wait(attempt.number(), failure);
        boolean isWorthwhile = attempt.mayFollow(failure) && attempt.number() < manner.attempts();
        return isWorthwhile && !isTooLong(wait) && !deadline.isWithin(wait)
                ? again(attempt, wait, failure)
                : fail(failure);
    }

    /** Our own waits never are. */
    private boolean isTooLong(Duration wait) {
        Duration longest = manner.backOff().longest().plusSeconds(1);
        return wait.compareTo(LONGEST_WAIT) > 0 && wait.compareTo(longest) > 0;
    }

    private Duration wait(int number, CallFailed failure) {
        Duration ours = manner.backOff().after(number);
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        return asked.compareTo(ours) > 0 ? asked : ours;
    }

    private <T> Uni<T> again(Attempt<T> attempt, Duration wait, CallFailed failure) {
        retries++;
        metrics.repeated();
        Attempt<T> next = attempt.next();
        LOG.infof(
                "Google Sheets is called again after %d ms attempt=%d code=%s (%s)",
                wait.toMillis(), next.number(), failure.code(), failure.detail());
        return Pause.of(wait).chain(() -> attempt(next));
    }

    private static <T> Uni<T> fail(CallFailed failure) {
        return Uni.createFrom().failure(failure);
    }

    private static SyncException outOfTime() {
        return new SyncException(ErrorCode.SOURCE_TIMEOUT, "Google Sheets took all the time that there was for it");
    }
}
