package dev.syncline.google;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** A call reached Google or should have, and failed: it may be made again if its code says so. */
final class CallFailed extends SyncException {
    private final boolean isCredentialRefused;
    private final boolean isUndone;
    private final @Nullable String refusal;

    private CallFailed(
            ErrorCode code,
            String detail,
            @Nullable Throwable cause,
            @Nullable Duration retryAfter,
            boolean isCredentialRefused,
            boolean isUndone,
            @Nullable String refusal) {
        super(code, detail, cause, retryAfter);
        this.isCredentialRefused = isCredentialRefused;
        this.isUndone = isUndone;
        this.refusal = refusal;
    }

    static CallFailed because(ErrorCode code, String detail, @Nullable Throwable cause) {
        return new CallFailed(code, detail, cause, null, false, false, null);
    }

    /** Before Google could have begun with it. */
    static CallFailed unsent(ErrorCode code, String detail, Throwable cause) {
        return new CallFailed(code, detail, cause, null, false, true, null);
    }

    /** @param said Google's words of it, which may repeat what was sent */
    static CallFailed refused(ErrorCode code, String detail, Throwable cause, @Nullable String said) {
        return new CallFailed(code, detail, cause, null, false, true, String.valueOf(said));
    }

    /** Google's own trouble, with the wait that it may ask for. */
    static CallFailed failed(String detail, Throwable cause, @Nullable Duration retryAfter) {
        return new CallFailed(ErrorCode.SOURCE_FAILED, detail, cause, retryAfter, false, false, null);
    }

    static CallFailed rateLimited(String detail, Throwable cause, @Nullable Duration retryAfter) {
        return new CallFailed(ErrorCode.SHEETS_RATE_LIMIT, detail, cause, retryAfter, false, true, null);
    }

    /** Of the key itself, or of the token that it got: another key may help. */
    static CallFailed credentialRefused(String detail, Throwable cause) {
        return new CallFailed(ErrorCode.SHEETS_AUTH_REVOKED, detail, cause, null, true, true, null);
    }

    /** The same, of a call that has not been sent yet. */
    CallFailed beforeSending() {
        return new CallFailed(
                code(), detail(), getCause(), retryAfter().orElse(null), isCredentialRefused, true, refusal);
    }

    boolean isCredentialRefused() {
        return isCredentialRefused;
    }

    /** Whether Google surely has done nothing of what was asked. */
    boolean isUndone() {
        return isUndone;
    }

    /** Google's own words, if it has understood the call and will not do it. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }
}
