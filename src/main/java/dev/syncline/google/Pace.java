package dev.syncline.google;

import java.time.Duration;

/**
 * How a call is repeated that Google asks to be made later.
 *
 * @param attempts how often one call is tried
 * @param backOff wait before the second try; doubled each time, and up to a second is added at random
 * @param longestBackOff what that wait grows to at most
 */
public record Pace(int attempts, Duration backOff, Duration longestBackOff) {
    public Pace {
        if (attempts < 1 || backOff.isNegative() || longestBackOff.isNegative()) {
            throw new IllegalArgumentException("A pace has attempts, and waits that are not negative");
        }
    }
}
