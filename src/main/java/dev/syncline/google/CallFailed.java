package dev.syncline.google;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** A call reached Google or should have, and failed: it may be made again if its code says so. */
final class CallFailed extends SyncException {
    private final boolean isCredentialRefused;

    private CallFailed(
            ErrorCode code,
            String detail,
            @Nullable Throwable cause,
            @Nullable Duration retryAfter,
            boolean isCredentialRefused) {
        super(code, detail, cause, retryAfter);
        this.isCredentialRefused = isCredentialRefused;
    }

    static CallFailed because(ErrorCode code, String detail, @Nullable Throwable cause) {
        return new CallFailed(code, detail, cause, null, false);
    }

    /** Google's own trouble, with the wait that it may ask for. */
    static CallFailed failed(String detail, Throwable cause, @Nullable Duration retryAfter) {
        return new CallFailed(ErrorCode.SOURCE_FAILED, detail, cause, retryAfter, false);
    }

    static CallFailed rateLimited(String detail, Throwable cause, @Nullable Duration retryAfter) {
        return new CallFailed(ErrorCode.SHEETS_RATE_LIMIT, detail, cause, retryAfter, false);
    }

    /** Of the key itself, or of the token that it got: another key may help. */
    static CallFailed credentialRefused(String detail, Throwable cause) {
        return new CallFailed(ErrorCode.SHEETS_AUTH_REVOKED, detail, cause, null, true);
    }

    boolean isCredentialRefused() {
        return isCredentialRefused;
    }
}
