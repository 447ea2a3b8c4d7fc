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
    /** For longer nobody waits here; the run does, between its attempts. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Credentials credentials;
    private final CallBudget budget;
    private final SheetsCalls sheets;
    private final CallMetrics metrics;
    private final Deadline deadline;
    private final BackOff backOff;
    private final int attempts;

    private volatile int calls;
    private volatile int retries;
    private volatile boolean hasLookedForKey;

    SheetsSession(
            SheetsConfig config,
            Credentials credentials,
            CallBudget budget,
            SheetsCalls sheets,
            CallMetrics metrics,
            Deadline deadline) {
        this.credentials = credentials;
        this.budget = budget;
        this.sheets = sheets;
        this.metrics = metrics;
        this.deadline = deadline;
        this.backOff = new BackOff(config.backOff(), config.longestBackOff());
        this.attempts = config.attempts();
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
        return attempt(query, 1);
    }

    /** Made so far, repeats included. */
    public int calls() {
        return calls;
    }

    /** How many of them were repeats of one that had failed. */
    public int retries() {
        return retries;
    }

    private <T> Uni<T> attempt(SheetsQuery<T> query, int number) {
        return credentials
                .current()
                .call(credential -> budget.take(credential.principal(), deadline))
                .chain(credential -> send(query, number, credential));
    }

    private <T> Uni<T> send(SheetsQuery<T> query, int number, Credential credential) {
        calls++;
        return sheets.once(query, credential)
                .ifNoItem()
                .after(deadline.remaining().plusMillis(1))
                .failWith(SheetsSession::outOfTime)
                .invoke(metrics::succeeded)
                .onFailure()
                .invoke(metrics::failed)
                .onFailure(CallFailed.class)
                .recoverWithUni(failure -> afterFailure(query, number, credential, (CallFailed) failure));
    }

    private <T> Uni<T> afterFailure(SheetsQuery<T> query, int number, Credential credential, CallFailed failure) {
        if (failure.isCredentialRefused() && !hasLookedForKey) {
            hasLookedForKey = true;
            return credentials
                    .isReplaced(credential)
                    .chain(replaced -> replaced ? again(query, number, Duration.ZERO, failure) : fail(failure));
        }
        Duration wait = wait(number, failure);
        boolean isWorthwhile = failure.code().retryable() && number < attempts;
        return isWorthwhile && wait.compareTo(LONGEST_WAIT) <= 0 && !deadline.isWithin(wait)
                ? again(query, number, wait, failure)
                : fail(failure);
    }

    private Duration wait(int number, CallFailed failure) {
        Duration ours = backOff.after(number);
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        return asked.compareTo(ours) > 0 ? asked : ours;
    }

    private <T> Uni<T> again(SheetsQuery<T> query, int number, Duration wait, CallFailed failure) {
        retries++;
        metrics.repeated();
        LOG.infof(
                "Google Sheets is called again after %d ms attempt=%d code=%s (%s)",
                wait.toMillis(), number + 1, failure.code(), failure.detail());
        return Pause.of(wait).chain(() -> attempt(query, number + 1));
    }

    private static <T> Uni<T> fail(CallFailed failure) {
        return Uni.createFrom().failure(failure);
    }

    private static SyncException outOfTime() {
        return new SyncException(ErrorCode.SOURCE_TIMEOUT, "Google Sheets took all the time that there was for it");
    }
}
