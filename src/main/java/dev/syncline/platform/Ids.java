package dev.syncline.platform;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Ids that sort by the time they were made: UUID version 7 (RFC 9562). The JDK of our language level has none, and the
 * libraries that do keep their randomness in static fields, which a native image must not have.
 */
@ApplicationScoped
public class Ids {
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final AtomicLong lastTick = new AtomicLong();

    Ids(Clock clock) {
        this.clock = clock;
    }

    /** A new id, later in order than every one that this process made before; the clock may step back. */
    public String next() {
        long tick = nextTick();
        long high = (tick >>> 12 << 16) | VERSION | (tick & 0xFFF);
        long low = VARIANT | (random.nextLong() >>> 2);
        return new UUID(high, low).toString();
    }

    /** Milliseconds and, in the low twelve bits, 1/4096 ms (RFC 9562, method 3). */
    private long nextTick() {
        Instant now = clock.instant();
        long tick = (now.toEpochMilli() << 12) | (now.getNano() % 1_000_000L * 4096 / 1_000_000L);
        return lastTick.updateAndGet(last -> Math.max(tick, last + 1));
    }
}
