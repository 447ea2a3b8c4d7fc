package dev.syncline.google;

import java.time.Duration;

/** When somebody's patience ends, by the monotonic clock of this process. */
record Deadline(long atNanos) {
    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    /** Never negative. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
    }

    boolean isOver() {
        return remaining().isZero();
    }

    Deadline sooner(Deadline other) {
        return atNanos - other.atNanos() < 0 ? this : other;
    }

    boolean isWithin(Duration wait) {
        return wait.compareTo(remaining()) > 0;
    }
}
