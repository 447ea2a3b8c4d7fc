package dev.syncline.status;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.properties.IfBuildProperty;

import dev.syncline.platform.MongoDatabase;

/** Two syncs that do what a test says. Beans of the {@link ApiProfile} alone: other tests count the real ones. */
@IfBuildProperty(name = ScriptedSyncs.ENABLED, stringValue = "true")
@Singleton
public class ScriptedSyncs {
    static final String ENABLED = "syncline.test.scripted-syncs";

    @Produces
    @Singleton
    @Named("scripted")
    ScriptedSync scripted(MongoDatabase database) {
        return new ScriptedSync("scripted", database);
    }

    @Produces
    @Singleton
    @Named("other")
    ScriptedSync other(MongoDatabase database) {
        return new ScriptedSync("other", database);
    }
}
