package dev.syncline.identity;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Settings read as the application reads them, with the product's defaults for what a test does not say. */
final class IdentitySettings {
    private static final int PRIORITY = 200;

    private IdentitySettings() {}

    /** Names without {@code syncline.identity.} and values, in turn. */
    static IdentityConfig settings(String... namesAndValues) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put("syncline.identity." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, PRIORITY, new DurationConverter())
                .withMapping(IdentityConfig.class)
                .withSources(new PropertiesConfigSource(given, "test", PRIORITY))
                .build()
                .getConfigMapping(IdentityConfig.class);
    }
}
