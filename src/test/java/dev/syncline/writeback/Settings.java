package dev.syncline.writeback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The configuration of write-back, as an installation would say it. */
final class Settings {
    private static final Path SHIPPED = Path.of("src/main/resources/META-INF/microprofile-config.properties");
    private static final int AS_SHIPPED = 100;
    private static final int AS_FILE = 250;
    private static final int AS_ENVIRONMENT = 300;

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final boolean isShipped;

    private Settings(boolean isShipped) {
        this.isShipped = isShipped;
    }

    /** With the models that ship. */
    static Settings shipped() {
        return new Settings(true);
    }

    /** Without any model. */
    static Settings bare() {
        return new Settings(false);
    }

    /** @param name behind {@code syncline.writeback.} */
    Settings with(String name, String value) {
        properties.put("syncline.writeback." + name, value);
        return this;
    }

    Settings environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    WriteBackConfig config() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(WriteBackConfig.class)
                .withSources(new PropertiesConfigSource(properties, "an installation's", AS_FILE))
                .withSources(new EnvConfigSource(environment, AS_ENVIRONMENT));
        if (isShipped) {
            builder.withSources(shippedSource());
        }
        return builder.build().getConfigMapping(WriteBackConfig.class);
    }

    Models models() {
        return new Models(config());
    }

    private static PropertiesConfigSource shippedSource() {
        try {
            return new PropertiesConfigSource(SHIPPED.toUri().toURL(), AS_SHIPPED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
