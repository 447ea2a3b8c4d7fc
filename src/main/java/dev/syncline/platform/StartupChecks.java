package dev.syncline.platform;

import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.arc.All;
import io.quarkus.oidc.Oidc;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Refuses to start a process that could not do its work, and tells all the reasons at once. */
@Singleton
class StartupChecks {

    /**
     * When quarkus-oidc is about to begin, at each start: it would end one without a provider by itself, in words that tell
     * nobody what to do, and it asks the provider before there is a StartupEvent. Quarkus prints this kind of exception
     * without its stack trace, and exits with 1.
     */
    void refuseWhatCannotWork(@Observes Oidc beginning, @All List<StartupCheck> checks) {
        var problems =
                checks.stream().flatMap(check -> check.problems().stream()).toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationException("Syncline refuses to start: " + String.join("; ", problems));
        }
    }
}
