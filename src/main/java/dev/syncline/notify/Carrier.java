package dev.syncline.notify;

import java.time.Duration;

import io.smallrye.mutiny.Uni;

/** Brings notices over one channel to where they belong. Called for one at a time. */
interface Carrier {
    Channel channel();

    /** How long {@link #carry} takes at most. */
    Duration timeout();

    /** Ends when the other side has taken it; else fails with {@link Undelivered}. When it has ended nothing goes on. */
    Uni<Void> carry(Notice notice);
}
