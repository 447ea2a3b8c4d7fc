package dev.syncline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

import static java.util.concurrent.TimeUnit.SECONDS;

/** The application as it is delivered, started from target/quarkus-app as a process of its own, in prod, on a free port. */
public final class PackagedApp implements AutoCloseable {
    private static final Path FOLDER = Path.of(System.getProperty("syncline.app", "target/quarkus-app"));
    private static final Pattern ADDRESS = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final Duration START = Duration.ofSeconds(60);
    private static final List<String> SMALL = List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Process process;
    private final Path log;

    private PackagedApp(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it with these settings, and with the tests' identity provider where they name none: nothing of ours in the
     * environment reaches it. Does not wait.
     */
    public static PackagedApp start(Map<String, String> settings) {
        return start(settings, List.of());
    }

    /** The same, with further options for its JVM, which is a small one. */
    public static PackagedApp start(Map<String, String> settings, List<String> options) {
        List<String> jvm = new ArrayList<>(SMALL);
        jvm.addAll(options);
        return startOn(jvm, settings);
    }

    /** The same, on a JVM with just these options. */
    public static PackagedApp startOn(List<String> jvm, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(TestIdentity.shared().settings());
        // Tests say themselves when something runs, at whatever time they do.
        all.put("syncline.permits.schedule.cron", "off");
        all.putAll(settings);
        return launch(jvm, all);
    }

    /** Starts it with nothing but these settings. */
    public static PackagedApp startBare(Map<String, String> settings) {
        return launch(SMALL, settings);
    }

    private static PackagedApp launch(List<String> jvm, Map<String, String> settings) {
        var command = new ArrayList<>(List.of(java(), "-Dquarkus.http.port=0"));
        command.addAll(jvm);
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", FOLDER.resolve("quarkus-run.jar").toString()));
        try {
            var log = Files.createTempFile(Path.of("target"), "app-", ".log");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("SYNCLINE_"));
            var process = builder.start();
            // Also when the tests' own JVM is told to end in between.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new PackagedApp(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path folder() {
        return FOLDER;
    }

    /** Where it listens; waits until it does. */
    public URI address() {
        var port = Awaitility.await("the application to listen; its log is " + log)
                .atMost(START)
                .failFast("it ended; its log is " + log, () -> !process.isAlive())
                .until(this::port, Optional::isPresent);
        return URI.create("http://127.0.0.1:" + port.orElseThrow());
    }

    private Optional<String> port() {
        return ADDRESS.matcher(output()).results().map(found -> found.group(1)).findFirst();
    }

    /** All that it has printed so far. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(START.toSeconds(), SECONDS)) {
            throw new IllegalStateException("still running after " + START + ": " + log);
        }
        return process.exitValue();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As kill -9 does: no shutdown hook runs. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops it in its tracks, as a hypervisor does with a machine (SIGSTOP): its connections stay open. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on as if no time had passed (SIGCONT). */
    public void thaw() {
        signal("CONT");
    }

    /** Asks it to end, as Kubernetes does (SIGTERM); does not wait. */
    public void terminate() {
        signal("TERM");
    }

    private void signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()));
            if (kill.start().waitFor() != 0) {
                throw new IllegalStateException("no process to send SIG" + name + "; its log is " + log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks it to end and waits; kills it when it does not. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(START.toSeconds(), SECONDS)) {
            kill();
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
