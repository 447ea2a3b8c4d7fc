package dev.syncline.run;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;

/**
 * One try at the work of a run.
 *
 * @param owner the process that made it
 * @param durationMs by the monotonic clock of that process; of an interrupted one, by the clock on the wall
 */
public record Attempt(
        int number,
        String owner,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Long durationMs,
        @Nullable RunError error) {
    static Attempt begun(int number, String owner, Instant now) {
        return new Attempt(number, owner, now, null, null, null);
    }

    Attempt ended(Instant now, long durationMs, @Nullable RunError error) {
        return new Attempt(number, owner, startedAt, now, Math.max(1, durationMs), error);
    }

    /** A process that was asked to stop gave the work away: that is nobody's failure. */
    boolean handedOver() {
        return error != null && error.is(ErrorCode.HANDED_OVER);
    }
}
