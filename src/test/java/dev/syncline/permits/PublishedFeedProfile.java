package dev.syncline.permits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The application whose permits come from an address, with a spool to itself and one attempt a run. */
public class PublishedFeedProfile implements QuarkusTestProfile {
    static final String SECRET = "canary-in-the-query";
    static final Path SPOOL = Path.of("target/test-spool");
    static final String PORT = "syncline.test.published-feed-port";

    @Override
    public Map<String, String> getConfigOverrides() {
        int port = freePort();
        String origin = "http://127.0.0.1:" + port;
        Map<String, String> settings = new HashMap<>(Map.of(
                PORT,
                String.valueOf(port),
                "syncline.http.allowed-hosts",
                origin,
                "syncline.permits.source",
                origin + "/permits.json?key=" + SECRET,
                "syncline.permits.spool-directory",
                SPOOL.toString(),
                "syncline.http.resumes",
                "0",
                "syncline.http.max-size",
                "16M",
                "syncline.feed.max-size",
                "32M",
                "syncline.runs.max-attempts",
                "1"));
        settings.putAll(more());
        return settings;
    }

    Map<String, String> more() {
        return Map.of();
    }

    private static int freePort() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> spool() {
        try (Stream<Path> files = Files.isDirectory(SPOOL) ? Files.list(SPOOL) : Stream.empty()) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void emptySpool() {
        spool().forEach(file -> {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
