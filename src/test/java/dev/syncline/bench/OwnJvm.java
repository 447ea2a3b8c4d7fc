package dev.syncline.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs what the product is measured against, in a process of its own with the product's options. */
final class OwnJvm {
    private OwnJvm() {}

    static Measured run(BenchSettings settings, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.jvm());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(
                        settings.folder().resolve(main.getSimpleName() + ".log").toFile())
                .start();
        try (BufferedReader lines = process.inputReader()) {
            List<Measured> told =
                    lines.lines().filter(Measured::isOne).map(Measured::parse).toList();
            if (process.waitFor() != 0 || told.size() != 1) {
                throw new IllegalStateException(main.getSimpleName() + " failed; see its log in " + settings.folder());
            }
            return told.get(0);
        }
    }
}
