package dev.syncline.run;

import java.util.Map;
import java.util.Set;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The application with a scripted sync, whose failed attempts are repeated at once. */
public class CoreProfile implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(ScriptedSync.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "syncline.runs.retry-delays", "0S,0S",
                "syncline.runs.progress-interval", "50ms",
                "syncline.runs.watch-interval", "50ms",
                "syncline.runs.lease", "6S",
                "syncline.runs.renew-interval", "1S");
    }
}
