package dev.syncline.source;

import java.time.Clock;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.RetryAfter;
import dev.syncline.platform.SyncException;

/** What the status of an answer means for a fetch. */
final class ResponseStatus {
    private final Clock clock;

    ResponseStatus(Clock clock) {
        this.clock = clock;
    }

    static boolean isSuccess(int status) {
        return status == 200 || status == 206;
    }

    static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** The failure that an answer stands for which is no success and no redirect. */
    SyncException failure(int status, @Nullable String retryAfter) {
        String detail = "The source answered with status " + status;
        Duration wait = retryAfter(retryAfter);
        if (status == 429 || status == 503 && wait != null) {
            return new SyncException(ErrorCode.SOURCE_RATE_LIMITED, detail, null, wait);
        }
        return new SyncException(status >= 500 ? ErrorCode.SOURCE_FAILED : ErrorCode.SOURCE_REFUSED, detail);
    }

    /** Retry-After in seconds or as an HTTP date; null for none, or one that cannot be read. */
    @Nullable
    Duration retryAfter(@Nullable String retryAfter) {
        return RetryAfter.parse(retryAfter, clock.instant());
    }
}
