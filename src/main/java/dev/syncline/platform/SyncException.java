package dev.syncline.platform;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The way on is closed, for a reason that stands in {@link ErrorCode}. The message is the detail that a person reads: it
 * names the setting, place or value and never carries a secret, a stack or driver text.
 */
public class SyncException extends RuntimeException {
    private final ErrorCode code;
    private final @Nullable Duration retryAfter;

    public SyncException(ErrorCode code, String detail) {
        this(code, detail, null, null);
    }

    public SyncException(ErrorCode code, String detail, @Nullable Throwable cause) {
        this(code, detail, cause, null);
    }

    public SyncException(ErrorCode code, String detail, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(detail, cause);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /** How long the other side asked us to wait, when it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Further members of the answer, such as the run that stands in the way. */
    public Map<String, Object> details() {
        return Map.of();
    }
}
