package dev.syncline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is for dev and test alone is in no jar of the package, neither as it was compiled nor generated. */
class PackageIT {

    @Test
    void hasNoClassForDevelopment() throws IOException {
        assertThat(entries())
                .as("ours, to see that the right folder is searched")
                .anyMatch(entry -> entry.endsWith("!dev/syncline/platform/StartupChecks.class"))
                .noneMatch(entry -> entry.contains("!dev/syncline/dev/"));
    }

    @Test
    void hasNoIdentityProviderOfItsOwn() throws IOException {
        assertThat(entries())
                .as("also what is generated elsewhere, and named after it")
                .noneMatch(entry -> entry.contains("DevIdentity"))
                .noneMatch(entry -> entry.contains("DevToken"))
                .noneMatch(entry -> entry.contains("DevTenant"))
                .noneMatch(entry -> entry.contains("SamplePerson"));
    }

    @Test
    void hasNoEmbeddedServer() throws IOException {
        assertThat(entries())
                .noneMatch(entry -> entry.contains("mongo-java-server"))
                .noneMatch(entry -> entry.contains("de/bwaldvogel"));
    }

    private static List<String> entries() throws IOException {
        try (var files = Files.walk(PackagedApp.folder())) {
            var jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
            return jars.stream().flatMap(PackageIT::entries).toList();
        }
    }

    /** As {@code lib/main/a.jar!b/C.class}; folders alone, which Quarkus leaves empty, do not count. */
    private static Stream<String> entries(Path jar) {
        try (var file = new JarFile(jar.toFile())) {
            var names = file.stream().filter(entry -> !entry.isDirectory()).map(entry -> jar + "!" + entry.getName());
            return names.toList().stream();
        } catch (IOException e) {
            throw new AssertionError(jar.toString(), e);
        }
    }
}
