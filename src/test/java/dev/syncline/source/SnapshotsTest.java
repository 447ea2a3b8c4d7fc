package dev.syncline.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Which downloads stay and which go. */
class SnapshotsTest {
    private static final Instant NIGHT = Instant.parse("2026-03-02T23:30:00Z");

    @TempDir
    Path folder;

    @Test
    void aNameTellsSyncDayRunAndAttempt() throws IOException {
        Path file = snapshots(0).begin("run-5", 2, NIGHT);
        assertThat(file).isEqualTo(folder.resolve("permits-2026-03-02-run-5-2.part"));

        write(file, "[]".getBytes(StandardCharsets.UTF_8));
        assertThat(snapshots(0).complete(file)).isEqualTo(folder.resolve("permits-2026-03-02-run-5-2.json"));
        assertThat(names()).containsExactly("permits-2026-03-02-run-5-2.json");
    }

    @Test
    void gzipIsCalledGzip() throws IOException {
        Path file = write(snapshots(0).begin("run-5", 1, NIGHT), FeedFiles.gzip("[]"));
        assertThat(snapshots(0).complete(file)).isEqualTo(folder.resolve("permits-2026-03-02-run-5-1.json.gz"));
    }

    @Test
    void nothingStaysUnlessSet() throws IOException {
        download("run-1", 1);
        snapshots(0).end("run-1", 1);
        assertThat(names()).isEmpty();
    }

    @Test
    void theNewestStay() throws IOException {
        for (String run : List.of("run-1", "run-2", "run-3", "run-4")) {
            download(run, 1);
            snapshots(2).end(run, 1);
        }
        assertThat(names()).containsExactly("permits-2026-03-02-run-3-1.json", "permits-2026-03-02-run-4-1.json");
    }

    @Test
    void fewerStayWhenFewerAreWanted() throws IOException {
        for (String run : List.of("run-1", "run-2", "run-3")) {
            download(run, 1);
        }
        snapshots(1).end("run-4", 1);
        assertThat(names()).containsExactly("permits-2026-03-02-run-3-1.json");
    }

    @Test
    void anAttemptBeginsWithoutWhatKilledOnesLeft() throws IOException {
        // Given
        write(folder.resolve("permits-2026-03-01-run-1-1.part"), new byte[9]);
        write(folder.resolve("permits-2026-03-01-run-1-1.part.page"), new byte[9]);
        write(folder.resolve("permits-2026-03-01-run-2-1.json.gz"), new byte[9]);
        download("run-3", 1);
        write(folder.resolve("permits-2026-03-02-run-3-2.part"), new byte[9]);

        // When
        var unused = snapshots(0).begin("run-3", 3, NIGHT);

        // Then
        assertThat(names()).isEmpty();
    }

    @Test
    void oneOfARunStays() throws IOException {
        download("run-1", 1);
        download("run-2", 1);
        download("run-2", 2);
        snapshots(5).end("run-2", 2);
        assertThat(names()).containsExactly("permits-2026-03-02-run-1-1.json", "permits-2026-03-02-run-2-2.json");
    }

    @Test
    void whatIsNewerIsAnotherProcesss() throws IOException {
        download("run-2", 2);
        download("run-3", 1);
        write(folder.resolve("permits-2026-03-02-run-4-1.part"), new byte[9]);

        snapshots(0).end("run-2", 1);
        var unused = snapshots(0).begin("run-2", 1, NIGHT);

        assertThat(names()).hasSize(3);
    }

    @Test
    void othersFilesAreLeftAlone() throws IOException {
        List<String> others = List.of(
                "contacts-2026-03-01-run-1-1.json",
                "notes.txt",
                "permits-2026-03-01-run-1-1.json.gz.bak2",
                "permits.json");
        for (String name : others) {
            write(folder.resolve(name), new byte[9]);
        }
        snapshots(0).end("run-9", 9);
        assertThat(names()).containsExactlyElementsOf(others);
    }

    @Test
    void aDirectoryThatIsNotThereHoldsNothing() {
        Snapshots nowhere = new Snapshots(folder.resolve("nowhere"), "permits", 0);
        assertThatCode(() -> nowhere.end("run-1", 1)).doesNotThrowAnyException();
    }

    private Snapshots snapshots(int kept) {
        return new Snapshots(folder, "permits", kept);
    }

    private void download(String run, int attempt) {
        write(folder.resolve("permits-2026-03-02-%s-%d.json".formatted(run, attempt)), new byte[9]);
    }

    @CanIgnoreReturnValue
    private static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
