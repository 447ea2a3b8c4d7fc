package dev.syncline.run;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** What became of a tick: of the schedule's own, or of one that a scheduler outside sends. */
public sealed interface TickResult {
    /** The slot's run. */
    record Started(Run run) implements TickResult {}

    /**
     * The slot is settled without a run, which is no failure.
     *
     * @param reason {@code inflight}, {@code config_disabled} or {@code missed}
     * @param active the run that was in its way
     */
    record Skipped(String reason, @Nullable Run active) implements TickResult {}

    /**
     * The latest slot is claimed already.
     *
     * @param remaining until the next one
     */
    record TooEarly(Duration remaining) implements TickResult {}
}
