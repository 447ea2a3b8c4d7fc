package dev.syncline.google;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before a call is repeated: full jitter under a bound that doubles (S0-42). */
record BackOff(Duration first, Duration longest) {
    /** @param tries made so far, from 1 */
    Duration after(int tries) {
        long bound = bound(tries).toMillis();
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound + 1));
    }

    Duration bound(int tries) {
        Duration bound = first.multipliedBy(1L << Math.min(tries - 1, 20));
        return bound.compareTo(longest) > 0 ? longest : bound;
    }
}
