package dev.syncline.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ImportDirectoryTest {
    @TempDir
    Path folder;

    private Path base;
    private Path file;
    private ImportDirectory imports;

    @BeforeEach
    void fill() throws IOException {
        base = Files.createDirectories(folder.toRealPath().resolve("imports"));
        file = Files.writeString(Files.createDirectories(base.resolve("day")).resolve("feed.json"), "[]");
        Files.writeString(folder.resolve("secret.json"), "[]");
        Files.createDirectories(folder.resolve("imports-other"));
        Files.writeString(folder.resolve("imports-other/feed.json"), "[]");
        imports = directory(base);
    }

    @Test
    void aFileInsideIsFoundByEitherName() {
        assertThat(resolve("day/feed.json")).isEqualTo(file);
        assertThat(resolve("./day//feed.json")).isEqualTo(file);
        assertThat(resolve(file.toString())).isEqualTo(file);
    }

    @Test
    void symlinksThatStayInsideAreFollowed() throws IOException {
        Files.createSymbolicLink(base.resolve("today"), Path.of("day"));
        Files.createSymbolicLink(base.resolve("day/latest.json"), file);
        assertThat(resolve("today/latest.json")).isEqualTo(file);
    }

    @Test
    void theDirectoryItselfMayBeASymlink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), base);
        imports = directory(link);
        assertThat(resolve("day/feed.json")).isEqualTo(file);
        assertThat(resolve(link + "/day/feed.json")).isEqualTo(file);
        assertThat(resolve(file.toString())).isEqualTo(file);
    }

    @DisplayName("S1-32: what lies outside, or is no file, is refused")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                ".",
                "/",
                "day",
                "../secret.json",
                "day/../feed.json",
                "day/../../secret.json",
                "/etc/passwd",
                "/etc/no-such-file",
                "FOLDER/secret.json",
                "FOLDER/imports-other/feed.json",
                "FOLDER/imports/../secret.json",
                "day/feed.json\u0000.txt",
            })
    void whatIsNoFileInsideIsRefused(String name) {
        assertThat(failure(name.replace("FOLDER", folder.toString())).code()).isEqualTo(ErrorCode.SOURCE_PATH_REFUSED);
    }

    @Test
    @DisplayName("S1-32: a symlink that leads outside is refused, whether or not something is there")
    void symlinksThatLeadOutsideAreRefusedAlike() throws IOException {
        // Given
        Files.createSymbolicLink(base.resolve("file.json"), folder.resolve("secret.json"));
        Files.createSymbolicLink(base.resolve("nothing.json"), folder.resolve("nothing.json"));
        Files.createSymbolicLink(base.resolve("up"), folder);
        Files.createSymbolicLink(base.resolve("circle"), Path.of("circle"));

        // Then
        for (String name : new String[] {
            "file.json", "nothing.json", "up/secret.json", "up/nothing.json", "up/imports/day/feed.json", "circle"
        }) {
            SyncException failure = failure(name);
            assertThat(failure.code()).as(name).isEqualTo(ErrorCode.SOURCE_PATH_REFUSED);
            assertThat(failure.detail())
                    .isEqualTo(failure("/etc/passwd").detail())
                    .doesNotContain(folder.toString());
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(failure("day/none.json").code()).isEqualTo(ErrorCode.SOURCE_NOT_FOUND);
        assertThat(failure("none/feed.json").code()).isEqualTo(ErrorCode.SOURCE_NOT_FOUND);
        assertThat(failure(base + "/none.json").code()).isEqualTo(ErrorCode.SOURCE_NOT_FOUND);
    }

    @Test
    void namesThatAreTooLongAreRefused() {
        assertThat(failure("x".repeat(300)).code()).isEqualTo(ErrorCode.SOURCE_PATH_REFUSED);
        assertThat(failure("x/".repeat(3000)).code()).isEqualTo(ErrorCode.SOURCE_PATH_REFUSED);
    }

    @Test
    void aPipeIsRefusedWithoutWaitingForIt() throws Exception {
        // Given
        Path pipe = base.resolve("pipe.json");
        boolean made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        Assumptions.assumeTrue(made, "no mkfifo here");

        // Then
        assertThat(failure("pipe.json").code()).isEqualTo(ErrorCode.SOURCE_PATH_REFUSED);
    }

    @Test
    void anUnreadableFileIsRefused() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
        Assumptions.assumeFalse(Files.isReadable(file), "this user reads everything");
        assertThat(failure("day/feed.json").code()).isEqualTo(ErrorCode.SOURCE_PATH_REFUSED);
    }

    @Test
    void aFileThatBecameALinkIsNotOpened() throws IOException {
        // Given
        Path found = resolve("day/feed.json");
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("secret.json"));

        // Then
        SyncException failure =
                catchThrowableOfType(SyncException.class, () -> FeedFiles.readAll(found, FeedLimits.defaults()));
        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_PATH_REFUSED);
    }

    @Test
    void withoutADirectoryNothingIsConfigured() {
        imports = new ImportDirectory(Optional.empty(), "syncline.permits.import-directory");
        assertThat(failure("feed.json").code()).isEqualTo(ErrorCode.SOURCE_NOT_CONFIGURED);
        imports = directory(folder.resolve("none"));
        assertThat(failure("feed.json").code()).isEqualTo(ErrorCode.SOURCE_NOT_CONFIGURED);
    }

    private Path resolve(String name) {
        return imports.resolve(name).await().indefinitely();
    }

    private SyncException failure(String name) {
        return catchThrowableOfType(SyncException.class, () -> resolve(name));
    }

    private static ImportDirectory directory(Path path) {
        return new ImportDirectory(Optional.of(path), "syncline.permits.import-directory");
    }
}
