package dev.syncline.writeback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The application with a sheet of the stand-in for one model, none for the others, and a secret of the write-back. */
public class SalesProfile implements QuarkusTestProfile {
    static final String PORT = "syncline.test.sales-port";
    static final String SHEET = "sales-of-tests";
    static final String SECRET = "a-secret-of-the-write-back-in-tests";
    static final Path KEY = Path.of("target/test-sales/account.json");

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(SalesDesk.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        int port = freePort();
        return Map.ofEntries(
                Map.entry(PORT, String.valueOf(port)),
                Map.entry("syncline.google.sheets.root-url", "http://127.0.0.1:" + port + "/"),
                Map.entry("syncline.google.sheets.credentials-file", KEY.toString()),
                Map.entry("syncline.google.sheets.calls-per-minute", "10000"),
                Map.entry("syncline.writeback.models.Request.sheet-id", SHEET),
                Map.entry("syncline.writeback.schedule.cron", "off"),
                Map.entry("syncline.writeback.check-at-start", "false"),
                Map.entry("syncline.writeback.tail.enabled", "false"),
                Map.entry("syncline.writeback.calls.back-off", "1ms"),
                Map.entry("syncline.writeback.calls.longest-back-off", "5ms"),
                Map.entry("syncline.identity.write-back-secret", SECRET),
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
