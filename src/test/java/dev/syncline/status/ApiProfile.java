package dev.syncline.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

import dev.syncline.TurnedClock;
import dev.syncline.roster.ScriptedRoster;

/**
 * The application with scripted syncs beside the real ones, the roster's among them, resources that break, a source that accepts connections and
 * never says a word, few worker threads, and short waiting times.
 */
public class ApiProfile implements QuarkusTestProfile {
    public static final String SILENT_SOURCE = "syncline.test.silent-source";
    public static final String SCHEDULER_SECRET = "a secret of the scheduler in tests";
    public static final String UNKNOWN_HOST = "http://nobody.invalid";
    /** The longest that a caller of this application may wait for a run. */
    public static final int MAX_WAIT_SECONDS = 6;

    private static final ServerSocket SILENT = silent();

    private static ServerSocket silent() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        String source = "http://127.0.0.1:" + SILENT.getLocalPort();
        Map<String, String> settings = new HashMap<>(Map.of(
                ScriptedSyncs.ENABLED,
                "true",
                SILENT_SOURCE,
                source,
                "syncline.http.allowed-hosts",
                source + "," + UNKNOWN_HOST,
                "syncline.runs.max-wait",
                MAX_WAIT_SECONDS + "S",
                "syncline.runs.max-attempts",
                "1",
                "syncline.runs.lease",
                "3S",
                "syncline.runs.renew-interval",
                "500ms",
                "quarkus.thread-pool.max-threads",
                "8"));
        settings.putAll(ScriptedRoster.SETTINGS);
        settings.put("syncline.roster.schema-alerts-paused", "true");
        settings.put(TurnedClock.SETTING, "true");
        settings.put("syncline.identity.scheduler-secret", SCHEDULER_SECRET);
        return settings;
    }
}
