package dev.syncline.platform;

import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.runtime.LaunchMode;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/** Knows whether anybody told this process where its MongoDB is. In production, somebody must. */
@Singleton
public class MongoLocation implements StartupCheck {
    private final boolean configured;

    MongoLocation(Config config) {
        configured = isGiven(config.getConfigValue("quarkus.mongodb.connection-string"))
                || isGiven(config.getConfigValue("quarkus.mongodb.hosts"));
    }

    public boolean isConfigured() {
        return configured;
    }

    @Override
    public List<String> problems() {
        if (configured || LaunchMode.current() != LaunchMode.NORMAL) {
            return List.of();
        }
        return List.of("quarkus.mongodb.connection-string is not set: give the MongoDB to keep in step, such as"
                + " mongodb://user:password@host:27017/?authSource=admin"
                + " (environment variable QUARKUS_MONGODB_CONNECTION_STRING)");
    }

    /** A default that Quarkus itself brings, localhost, has the lowest ordinal there is: nobody gave it. */
    private static boolean isGiven(ConfigValue setting) {
        var value = setting.getValue();
        return value != null && !value.isBlank() && setting.getSourceOrdinal() > Integer.MIN_VALUE;
    }
}
