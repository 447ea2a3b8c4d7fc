package dev.syncline.roster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.runtime.LaunchMode;

import dev.syncline.platform.StartupCheck;
import dev.syncline.run.Schedule;

/**
 * The schedule of the roster must be one that can be meant, and in production its directory must be there (C0-53);
 * elsewhere it may come later.
 */
@Singleton
class RosterCheck implements StartupCheck {
    private static final String PREFIX = "syncline.roster.";

    private final RosterConfig config;

    RosterCheck(RosterConfig config) {
        this.config = config;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>(Schedule.problems(PREFIX + "schedule.", config.schedule()));
        if (config.ingest().batchBytes().asLongValue() < 1) {
            problems.add(PREFIX + "ingest.batch-bytes must be positive");
        }
        if (config.tab().isBlank() || config.sheetId().filter(String::isBlank).isPresent()) {
            problems.add(PREFIX + "tab and " + PREFIX + "sheet-id must not be blank");
        }
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            config.baselineDirectory()
                    .filter(directory -> !isReadable(directory))
                    .ifPresent(directory ->
                            problems.add(PREFIX + "baseline-directory is no directory that can be read: " + directory));
        }
        return problems;
    }

    private static boolean isReadable(Path directory) {
        return Files.isDirectory(directory) && Files.isReadable(directory) && Files.isExecutable(directory);
    }
}
