package dev.syncline.dev;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.UnlessBuildProfile;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.syncline.dev.sheets.SampleDevices;
import dev.syncline.dev.sheets.SampleSales;
import dev.syncline.dev.sheets.SheetsStandIn;
import dev.syncline.google.SheetsHome;

/** Google Sheets in this process for whoever configured none; started when it is first asked for. */
@Singleton
@Unremovable
@UnlessBuildProfile("prod")
class DevSheets implements SheetsHome {
    private static final Logger LOG = Logger.getLogger(DevSheets.class);

    private final int port;
    private final boolean isNeeded;
    private final Lock lock = new ReentrantLock();
    private @Nullable SheetsStandIn standIn;

    DevSheets(
            @ConfigProperty(name = "syncline.dev.sheets-port", defaultValue = "0") int port,
            @ConfigProperty(name = "syncline.google.sheets.root-url") Optional<String> root,
            @ConfigProperty(name = "syncline.google.sheets.credentials-file") Optional<String> file,
            @ConfigProperty(name = "syncline.google.sheets.credentials-json") Optional<String> json) {
        this.port = port;
        this.isNeeded = Stream.of(root, file, json).allMatch(Optional::isEmpty);
    }

    /** Whether nothing else is configured. */
    boolean isNeeded() {
        return isNeeded;
    }

    @Override
    public URI root() {
        return started().root();
    }

    @Override
    public String accountKey() {
        return started().accountKey();
    }

    /** For people. */
    String where() {
        return isNeeded ? root().toString() : "Google's, or what is configured";
    }

    SheetsStandIn started() {
        lock.lock();
        try {
            if (standIn == null) {
                standIn = start(port);
                SampleDevices.into(standIn);
                SampleSales.into(standIn);
                LOG.infof(
                        "Google Sheets stand-in at %s, in memory: open it, change a cell, press Refresh now",
                        standIn.root());
            }
            return standIn;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody may have the port, such as a second process of the same developer. */
    private static SheetsStandIn start(int port) {
        try {
            return SheetsStandIn.start(port);
        } catch (UncheckedIOException e) {
            return SheetsStandIn.start(0);
        }
    }

    @PreDestroy
    void stop() {
        if (standIn != null) {
            standIn.close();
        }
    }
}
