package dev.syncline.platform;

import java.time.Clock;
import java.time.ZoneOffset;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The one place that asks the machine for the time, so that tests can hand in another. Milliseconds, as MongoDB keeps them. */
class SystemClock {

    @Produces
    @Singleton
    Clock utc() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
