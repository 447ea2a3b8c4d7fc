package dev.syncline.source;

import java.time.Duration;
import java.util.function.Predicate;

import io.smallrye.mutiny.Uni;

import dev.syncline.platform.SyncException;

/** Repeats one call at the edge: exponential back-off, each wait up to half longer or shorter. */
final class Backoff {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final double JITTER = 0.5;

    private Backoff() {}

    /** Each repetition subscribes to {@code call} again. The last failure comes out as it is. */
    static <T> Uni<T> retry(Uni<T> call, Predicate<SyncException> worthwhile, FetchLimits.Retries retries) {
        if (retries.atMost() == 0) {
            return call;
        }
        Duration first = retries.backOff().isZero() ? SHORTEST : retries.backOff();
        Duration cap = first.compareTo(LONGEST) > 0 ? first : LONGEST;
        return call.onFailure(failure -> failure instanceof SyncException e && worthwhile.test(e))
                .retry()
                .withBackOff(first, cap)
                .withJitter(JITTER)
                .atMost(retries.atMost());
    }
}
