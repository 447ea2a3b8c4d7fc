package dev.syncline.writeback;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long an item waits after a failed attempt: four times as long after each, so that one run cannot use all attempts up, and
 * drawn evenly around that, so that what failed together is not tried together (S2-28).
 */
record RetryWait(Duration first, Duration longest) {
    private static final double JITTER = 0.2;
    private static final int FACTOR = 4;
    private static final int MOST_STEPS = 20;

    /** @param attempts that have failed, from 1 */
    Duration after(int attempts) {
        double grown = first.toMillis() * Math.pow(FACTOR, Math.min(Math.max(attempts, 1) - 1, MOST_STEPS));
        double capped = Math.min(grown, longest.toMillis());
        return Duration.ofMillis(Math.round(capped * ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER)));
    }
}
