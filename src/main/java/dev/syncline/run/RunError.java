package dev.syncline.run;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * Why an attempt, or a run, failed. The code is text, so that an older version of the service can read a newer one's.
 *
 * @param reference found in the log beside the full failure
 */
public record RunError(String code, String message, String nextStep, String reference, boolean retryable) {
    static RunError of(ErrorCode code, String message, String reference) {
        return new RunError(code.name(), message, code.nextStep(), reference, code.retryable());
    }

    /** What a failure is called towards people; what is not ours to explain stays in the log. */
    static RunError of(Throwable failure, String reference) {
        if (failure instanceof SyncException known) {
            return of(known.code(), known.detail(), reference);
        }
        return of(ErrorCode.INTERNAL_ERROR, "an unexpected failure; the log has it under the reference", reference);
    }

    /** The same, of a run that is not tried again by itself. */
    RunError lasting() {
        return new RunError(code, message, nextStep, reference, false);
    }

    boolean is(ErrorCode other) {
        return code.equals(other.name());
    }
}
