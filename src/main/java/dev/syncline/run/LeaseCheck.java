package dev.syncline.run;

import java.util.List;

import jakarta.inject.Singleton;

import dev.syncline.platform.StartupCheck;

/** A lease that is hardly longer than the time between its renewals is lost to the first slow write (C0-53). */
@Singleton
class LeaseCheck implements StartupCheck {
    private final RunsConfig config;

    LeaseCheck(RunsConfig config) {
        this.config = config;
    }

    @Override
    public List<String> problems() {
        boolean isLongEnough = config.lease().compareTo(config.renewInterval().multipliedBy(2)) >= 0;
        return isLongEnough
                ? List.of()
                : List.of("syncline.runs.lease must be at least twice syncline.runs.renew-interval");
    }
}
