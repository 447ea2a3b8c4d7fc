package dev.syncline.google;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before a call is repeated: under a bound that doubles, and at random. */
record BackOff(Duration first, Duration longest, Jitter jitter) {
    /** What is left to chance. */
    enum Jitter {
        /** From nothing up to the bound (S0-42). */
        FULL,
        /** The bound, and up to a second more (S2-31). */
        ADDED
    }

    private static final long SECOND = 1_000;

    /** @param tries made so far, from 1 */
    Duration after(int tries) {
        long bound = bound(tries).toMillis();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return switch (jitter) {
            case FULL -> Duration.ofMillis(random.nextLong(bound + 1));
            case ADDED -> Duration.ofMillis(bound + random.nextLong(Math.min(bound, SECOND) + 1));
        };
    }

    Duration bound(int tries) {
        Duration bound = first.multipliedBy(1L << Math.min(tries - 1, 20));
        return bound.compareTo(longest) > 0 ? longest : bound;
    }
}
