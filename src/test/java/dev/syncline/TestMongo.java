package dev.syncline;

import java.util.UUID;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** A MongoDB for tests that start the packaged application: -Dsyncline.test.mongo, else one in this JVM. */
public final class TestMongo {
    private TestMongo() {}

    public static String connectionString() {
        var given = System.getProperty("syncline.test.mongo", "");
        return given.isBlank() ? InThisProcess.CONNECTION_STRING : given;
    }

    /** A database that nobody else uses. */
    public static String freshDatabase() {
        return "syncline-" + UUID.randomUUID();
    }

    /** Started when first asked for; ends with the JVM. */
    private static final class InThisProcess {
        static final String CONNECTION_STRING = new MongoServer(new MemoryBackend()).bindAndGetConnectionString();
    }
}
