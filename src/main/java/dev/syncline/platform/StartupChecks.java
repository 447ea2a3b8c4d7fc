package dev.syncline.platform;

import java.util.List;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Refuses to start a process that could not do its work, and tells all the reasons at once. */
@Singleton
class StartupChecks {

    /** Before every other observer. Quarkus prints this kind of exception without its stack trace, and exits with 1. */
    void refuseWhatCannotWork(@Observes @Priority(1) StartupEvent event, @All List<StartupCheck> checks) {
        var problems =
                checks.stream().flatMap(check -> check.problems().stream()).toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationException("Syncline refuses to start: " + String.join("; ", problems));
        }
    }
}
