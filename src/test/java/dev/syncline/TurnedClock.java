package dev.syncline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import io.quarkus.arc.properties.IfBuildProperty;

/** The clock of the whole application, which goes as all clocks do until a test turns its hands. */
@Singleton
@Alternative
@Priority(1)
@IfBuildProperty(name = TurnedClock.SETTING, stringValue = "true")
public class TurnedClock extends Clock {
    public static final String SETTING = "syncline.test.turned-clock";

    private final Clock right = Clock.tickMillis(ZoneOffset.UTC);
    private volatile Duration ahead = Duration.ZERO;

    /** Shows that time now, and goes on from it. */
    public void turnTo(Instant instant) {
        ahead = Duration.between(right.instant(), instant);
    }

    public void setRight() {
        ahead = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return right.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
