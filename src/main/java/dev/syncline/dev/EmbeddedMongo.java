package dev.syncline.dev;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.quarkus.mongodb.runtime.MongoClientCustomizer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.MongoLocation;

/** A MongoDB in this process for whoever configured none; the blocking and the reactive client are both led to it. */
@Singleton
class EmbeddedMongo implements MongoClientCustomizer {
    private static final Logger LOG = Logger.getLogger(EmbeddedMongo.class);

    private final @Nullable MongoServer server;

    EmbeddedMongo(MongoLocation location) {
        server = location.isConfigured() ? null : start();
    }

    private static MongoServer start() {
        var server = new MongoServer(new MemoryBackend());
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        LOG.infof("Embedded MongoDB at %s, in memory: its data ends with this process", server.getConnectionString());
        return server;
    }

    @Override
    public MongoClientSettings.Builder customize(MongoClientSettings.Builder settings) {
        if (server == null) {
            return settings;
        }
        var here = List.of(new ServerAddress(server.getLocalAddress()));
        return settings.applyToClusterSettings(cluster -> cluster.hosts(here));
    }

    /** Whether nobody has configured another one. */
    boolean isHere() {
        return server != null;
    }

    /** For people. */
    String where() {
        return server == null ? "the one that is configured" : server.getConnectionString() + " (in memory)";
    }

    @PreDestroy
    void stop() {
        if (server != null) {
            server.shutdownNow();
        }
    }
}
