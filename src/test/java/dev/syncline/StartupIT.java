package dev.syncline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("C0-53: what cannot work refuses to start, and says which setting is wrong")
class StartupIT {
    @TempDir
    Path folder;

    @Test
    void refusesToRunWithoutMongo() throws InterruptedException {
        assertRefusal(Map.of());
    }

    @Test
    void refusesToRunWithABlankConnectionString() throws InterruptedException {
        assertRefusal(Map.of("quarkus.mongodb.connection-string", ""));
    }

    private static void assertRefusal(Map<String, String> settings) throws InterruptedException {
        try (var app = PackagedApp.start(settings)) {
            assertThat(app.exitCode()).isEqualTo(1);
            assertThat(app.output())
                    .containsOnlyOnce("Syncline refuses to start: quarkus.mongodb.connection-string is not set")
                    .contains("QUARKUS_MONGODB_CONNECTION_STRING")
                    .doesNotContain("Exception", "Listening on");
        }
    }

    @Test
    void refusesDirectoriesAndSourcesThatCannotBeUsed() throws InterruptedException, IOException {
        var file = Files.createFile(folder.resolve("a-file"));
        assertTold(
                Map.of(
                        "syncline.permits.import-directory",
                        folder.resolve("missing").toString(),
                        "syncline.permits.spool-directory",
                        file.resolve("below").toString(),
                        "syncline.permits.source",
                        "https://elsewhere.example/feed.json",
                        "syncline.http.allowed-hosts",
                        "https://data.example",
                        "syncline.runs.lease",
                        "3S",
                        "syncline.feed.max-depth",
                        "0"),
                "syncline.permits.import-directory is no directory that can be read",
                "syncline.permits.spool-directory is no directory that can be written to",
                "syncline.permits.source: ",
                "syncline.runs.lease must be at least twice syncline.runs.renew-interval",
                "syncline.feed.max-depth must lie between 1 and 1000");
    }

    @Test
    void refusesAFileAsSourceWithoutADirectoryToFindItIn() throws InterruptedException {
        assertTold(
                Map.of("syncline.permits.source", "feed.json"),
                "syncline.permits.source is a file, so syncline.permits.import-directory must be set");
    }

    @Test
    void refusesValuesThatCannotBeMeant() throws InterruptedException {
        assertTold(
                Map.of(
                        "syncline.permits.ingest.batch-size",
                        "-1",
                        "syncline.permits.ingest.hold-share",
                        "1.5",
                        "syncline.permits.ingest.floor-rows",
                        "-5",
                        "syncline.runs.max-attempts",
                        "0",
                        "syncline.runs.retry-jitter",
                        "2",
                        "syncline.runs.lease",
                        "0S",
                        "syncline.http.page-size",
                        "0",
                        "syncline.permits.time-limit",
                        "0S"),
                "syncline.permits.ingest.batch-size",
                "syncline.permits.ingest.hold-share",
                "syncline.permits.ingest.floor-rows",
                "syncline.runs.max-attempts",
                "syncline.runs.retry-jitter",
                "syncline.runs.lease",
                "syncline.http.page-size",
                "syncline.permits.time-limit");
    }

    @Test
    void refusesValuesThatCannotBeRead() throws InterruptedException {
        assertTold(Map.of("syncline.runs.lease", "soon"), "syncline.runs.lease", "soon");
        assertTold(Map.of("syncline.permits.ingest.batch-bytes", "much"), "syncline.permits.ingest.batch-bytes");
    }

    @Test
    void refusesAnAllowListThatAllowsNothing() throws InterruptedException {
        assertTold(
                Map.of("syncline.http.allowed-hosts", "https://data.example/path,data.example"),
                "syncline.http.allowed-hosts: 'https://data.example/path'",
                "syncline.http.allowed-hosts: 'data.example'");
    }

    /** Nobody listens there: whoever got so far would have started. */
    private static void assertTold(Map<String, String> settings, String... reasons) throws InterruptedException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("quarkus.mongodb.connection-string", "mongodb://127.0.0.1:1/");
        try (var app = PackagedApp.start(all)) {
            assertThat(app.exitCode()).isEqualTo(1);
            assertThat(app.output()).contains(reasons).doesNotContain("Listening on");
        }
    }
}
