package dev.syncline.dev.sheets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A client of another language, by other people, works with the stand-in as with Google: what our own tests take for granted
 * was not made up by us alone. Skipped without a Python that has gspread; on CI it must be there.
 */
class GspreadIT {
    private static final String PYTHON = System.getenv().getOrDefault("SYNCLINE_PYTHON", "python3");
    private static final Path SCRIPT = Path.of("src", "test", "python", "gspread_check.py");

    @TempDir
    Path directory;

    @Test
    void passesAllChecksOfTheScript() throws IOException, InterruptedException {
        boolean isOnCi = "true".equals(System.getenv("CI"));
        boolean isThere = run(List.of("-c", "import gspread")).exit() == 0;
        assumeTrue(isOnCi || isThere, "gspread is not installed for " + PYTHON);

        try (SheetsStandIn standIn = SheetsStandIn.start(0)) {
            standIn.create("scratch", "Scratch", ZoneOffset.UTC).tab("Scratch");
            Path key = Files.writeString(directory.resolve("key.json"), standIn.accountKey());
            var ended = run(List.of(SCRIPT.toString(), standIn.root().toString(), key.toString(), "scratch"));
            assertThat(ended.exit()).as(ended.output()).isZero();
            assertThat(ended.output()).contains("passed: tells_errors").containsPattern("passed 12 checks");
        }
    }

    private record Ended(int exit, String output) {}

    private Ended run(List<String> arguments) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        try {
            Process process = new ProcessBuilder(
                            Stream.concat(Stream.of(PYTHON), arguments.stream()).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean hasEnded = process.waitFor(3, TimeUnit.MINUTES);
            process.destroyForcibly();
            return new Ended(hasEnded ? process.exitValue() : -1, Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Ended(-1, "there is no " + PYTHON + ": " + e.getMessage());
        }
    }
}
