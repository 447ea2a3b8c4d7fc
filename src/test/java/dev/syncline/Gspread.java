package dev.syncline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A client for Google Sheets in another language, by other people: what our own tests take for granted was not made up by us. */
public final class Gspread {
    private static final String PYTHON = System.getenv().getOrDefault("SYNCLINE_PYTHON", "python3");
    private static final Path SCRIPTS = Path.of("src", "test", "python");

    private final Path output;

    /** @param directory for what scripts print */
    public Gspread(Path directory) {
        this.output = directory.resolve("output.txt");
    }

    /** How a script has ended. */
    public record Ended(int exit, String output) {}

    /** Skips the test without a Python that has gspread; on CI it must be there. */
    public void assumeIsThere() throws InterruptedException {
        boolean isOnCi = "true".equals(System.getenv("CI"));
        boolean isThere = python(List.of("-c", "import gspread")).exit() == 0;
        assumeTrue(isOnCi || isThere, "gspread is not installed for " + PYTHON);
    }

    /** Waits for the end of a script. */
    public Ended run(String script, String... arguments) throws InterruptedException {
        return python(Stream.concat(Stream.of(SCRIPTS.resolve(script).toString()), Stream.of(arguments))
                .toList());
    }

    private Ended python(List<String> arguments) throws InterruptedException {
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
