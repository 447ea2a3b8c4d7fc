package dev.syncline.roster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The application with a sheet of the stand-in, which a test starts; small batches, short waits, ticks whenever asked for. */
public class RosterProfile implements QuarkusTestProfile {
    static final String PORT = "syncline.test.sheets-port";
    static final String SHEET = "roster-of-tests";
    static final String SCHEDULER_SECRET = "a secret of the roster's scheduler in tests";
    static final Path KEY = Path.of("target/test-roster/account.json");
    static final Path BASELINES = Path.of("target/test-roster/baselines");

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(RosterDesk.class, SteeredRosterConfig.class, SteeredDeviceRows.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        int port = freePort();
        return Map.ofEntries(
                Map.entry(PORT, String.valueOf(port)),
                Map.entry("syncline.google.sheets.root-url", "http://127.0.0.1:" + port + "/"),
                Map.entry("syncline.google.sheets.credentials-file", KEY.toString()),
                Map.entry("syncline.google.sheets.calls-per-minute", "10000"),
                Map.entry("syncline.google.sheets.back-off", "1ms"),
                Map.entry("syncline.google.sheets.longest-back-off", "5ms"),
                Map.entry("syncline.roster.sheet-id", SHEET),
                Map.entry("syncline.roster.baseline-directory", BASELINES.toString()),
                Map.entry("syncline.roster.schedule.cron", "* * * * * *"),
                Map.entry("syncline.roster.schedule.started-by", "scheduler"),
                Map.entry("syncline.roster.ingest.batch-size", "20"),
                Map.entry("syncline.identity.scheduler-secret", SCHEDULER_SECRET),
                Map.entry("syncline.runs.progress-interval", "50ms"),
                Map.entry("syncline.runs.watch-interval", "50ms"));
    }

    private static int freePort() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
