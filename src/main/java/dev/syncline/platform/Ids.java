package dev.syncline.platform;

import java.nio.charset.StandardCharsets;
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

    /** The id of what happened at an instant, always the same for the same name: whoever writes it twice writes one. */
    public static String at(Instant instant, String name) {
        UUID hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        long high = instant.toEpochMilli() << 16 | VERSION | (hash.getMostSignificantBits() & 0xFFF);
        long low = VARIANT | (hash.getLeastSignificantBits() >>> 2);
        return new UUID(high, low).toString();
    }

    /** The id before all that are made from this instant on: ids are found by their age without a field for it. */
    public static String lowestAt(Instant instant) {
        return new UUID(instant.toEpochMilli() << 16 | VERSION, VARIANT).toString();
    }

    /** Milliseconds and, in the low twelve bits, a counter within them (RFC 9562, method 1). */
    private long nextTick() {
        long now = clock.millis() << 12;
        return lastTick.updateAndGet(last -> Math.max(now, last + 1));
    }
}
