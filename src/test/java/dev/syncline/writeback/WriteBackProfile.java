package dev.syncline.writeback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The application with two spreadsheets of a stand-in, which a test starts; nothing runs by itself, and no wait is long. */
public class WriteBackProfile implements QuarkusTestProfile {
    static final String PORT = "syncline.test.sheets-port";
    static final String TOURS = "tours-of-tests";
    static final String REVENUES = "revenues-of-tests";
    static final Path KEY = Path.of("target/test-writeback/account.json");

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(
                WriteBackDesk.class, SteeredWriteBackConfig.class, SteeredSheetWriter.class, SteeredWriteLog.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        int port = freePort();
        return Map.ofEntries(
                Map.entry(PORT, String.valueOf(port)),
                Map.entry("syncline.google.sheets.root-url", "http://127.0.0.1:" + port + "/"),
                Map.entry("syncline.google.sheets.credentials-file", KEY.toString()),
                Map.entry("syncline.google.sheets.calls-per-minute", "10000"),
                Map.entry("syncline.writeback.sheet-id", TOURS),
                Map.entry("syncline.writeback.models.Revenue.sheet-id", REVENUES),
                Map.entry("syncline.writeback.calls.attempts", "2"),
                Map.entry("syncline.writeback.calls.back-off", "1ms"),
                Map.entry("syncline.writeback.calls.longest-back-off", "2ms"),
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
