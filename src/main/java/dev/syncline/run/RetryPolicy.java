package dev.syncline.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.syncline.platform.SyncException;

/** Whether and when a failed attempt is followed by another (C0-07, S1-12, S1-13). */
@ApplicationScoped
class RetryPolicy {
    private final RunsConfig config;
    private final RandomGenerator random;

    @Inject
    RetryPolicy(RunsConfig config) {
        this(config, RandomGenerator.getDefault());
    }

    RetryPolicy(RunsConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
    }

    /**
     * How long to wait before the next attempt; empty when there is none.
     *
     * @param failedAttempts including the one that has just failed
     */
    Optional<Duration> delayAfter(Throwable failure, RunError error, int failedAttempts) {
        if (!error.retryable() || failedAttempts >= config.maxAttempts()) {
            return Optional.empty();
        }
        Optional<Duration> asked = failure instanceof SyncException known ? known.retryAfter() : Optional.empty();
        Duration own = drawn(delay(failedAttempts));
        return Optional.of(asked.filter(wait -> wait.compareTo(own) > 0).orElse(own));
    }

    private Duration delay(int failedAttempts) {
        List<Duration> delays = config.retryDelays();
        return delays.get(Math.min(failedAttempts, delays.size()) - 1);
    }

    private Duration drawn(Duration delay) {
        double factor = 1 + config.retryJitter() * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(delay.toMillis() * factor));
    }
}
