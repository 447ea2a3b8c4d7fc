package dev.syncline;

import java.util.Map;
import java.util.UUID;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** A MongoDB for tests that start the packaged application: the one of -Dsyncline.test.mongo, else one in this JVM. */
public final class TestMongo {
    private TestMongo() {}

    /** What the application needs to know, with a database that nobody else uses. */
    public static Map<String, String> settings() {
        return Map.of(
                "quarkus.mongodb.connection-string",
                connectionString(),
                "quarkus.mongodb.database",
                "syncline-test-" + UUID.randomUUID());
    }

    public static String connectionString() {
        return isEmbedded() ? InThisProcess.CONNECTION_STRING : given();
    }

    public static boolean isEmbedded() {
        return given().isBlank();
    }

    private static String given() {
        return System.getProperty("syncline.test.mongo", "");
    }

    /** Started when first asked for; ends with the JVM. */
    private static final class InThisProcess {
        static final String CONNECTION_STRING = new MongoServer(new MemoryBackend()).bindAndGetConnectionString();
    }
}
