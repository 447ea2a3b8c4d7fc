package dev.syncline.permits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.quarkus.runtime.LaunchMode;

import dev.syncline.platform.StartupCheck;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Schedule;
import dev.syncline.source.FeedFetcher;
import dev.syncline.source.FeedLocation;

/**
 * The schedule of the permits sync must be one that can be meant, and in production its directories and its feed must be usable
 * (C0-53); elsewhere they may come later.
 */
@Singleton
class PermitsCheck implements StartupCheck {
    private static final String PREFIX = "syncline.permits.";

    private final PermitsConfig config;
    private final FeedFetcher fetcher;

    PermitsCheck(PermitsConfig config, FeedFetcher fetcher) {
        this.config = config;
        this.fetcher = fetcher;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>(Schedule.problems(PREFIX + "schedule.", config.schedule()));
        if (LaunchMode.current() != LaunchMode.NORMAL) {
            return problems;
        }
        config.importDirectory()
                .filter(directory -> !isReadable(directory))
                .ifPresent(directory ->
                        problems.add(PREFIX + "import-directory is no directory that can be read: " + directory));
        if (!isWritable(config.spoolDirectory())) {
            problems.add(PREFIX + "spool-directory is no directory that can be written to: " + config.spoolDirectory());
        }
        if (config.ingest().batchBytes().asLongValue() < 1) {
            problems.add(PREFIX + "ingest.batch-bytes must be positive");
        }
        if (config.quality().costFrom() > config.quality().costTo()) {
            problems.add(PREFIX + "quality.cost-from must not be above " + PREFIX + "quality.cost-to");
        }
        config.source().flatMap(this::wrongSource).ifPresent(problems::add);
        return problems;
    }

    private static boolean isReadable(Path directory) {
        return Files.isDirectory(directory) && Files.isReadable(directory) && Files.isExecutable(directory);
    }

    private static boolean isWritable(Path directory) {
        try {
            return Files.isWritable(Files.createDirectories(directory));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the file is there is the run's business: it may well come later. */
    private Optional<String> wrongSource(String source) {
        try {
            if (FeedLocation.parse(source) instanceof FeedLocation.RemoteFeed remote) {
                fetcher.requireAllowed(remote.uri());
            } else if (config.importDirectory().isEmpty()) {
                return Optional.of(PREFIX + "source is a file, so " + PREFIX + "import-directory must be set");
            }
            return Optional.empty();
        } catch (SyncException e) {
            return Optional.of(PREFIX + "source: " + e.detail());
        } catch (IllegalArgumentException e) {
            // The allow-list cannot be read, which is told by its own check.
            return Optional.empty();
        }
    }
}
