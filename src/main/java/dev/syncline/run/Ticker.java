package dev.syncline.run;

import org.jspecify.annotations.Nullable;

/**
 * Who ticks for a schedule, and for what kind of run.
 *
 * @param actor as it stands in the run
 * @param requestId of who ticks from outside; none: each run has one of its own
 */
public record Ticker(Mode mode, String actor, @Nullable String requestId) {
    static final Ticker CLOCK = new Ticker(Mode.live, "schedule", null);
}
