package dev.syncline.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** The one directory from which a caller may have a file read. */
public final class ImportDirectory {
    /** A network mount may hang, and a trigger answers all the same (C0-01). */
    private static final Duration TIMEOUT = Duration.ofMillis(900);

    /** Look-ups at once; a mount that hangs holds this many threads and no more. */
    private static final int LOOKUPS = 8;

    private final Optional<Path> directory;
    private final String setting;
    private final Semaphore lookups = new Semaphore(LOOKUPS);

    /**
     * @param directory empty: no file can be read
     * @param setting name of the property that says which directory, for messages
     */
    public ImportDirectory(Optional<Path> directory, String setting) {
        this.directory = directory;
        this.setting = setting;
    }

    /**
     * Finds a regular, readable file, named absolutely or relative to the directory. Symlinks are followed as long as they
     * stay inside. The look-up runs on a worker and is bounded in time.
     *
     * @return the real path; fails with SOURCE_PATH_REFUSED (which tells nothing about what lies outside),
     *     SOURCE_NOT_FOUND, SOURCE_NOT_CONFIGURED or SOURCE_TIMEOUT
     */
    public Uni<Path> resolve(String name) {
        return Uni.createFrom()
                .item(() -> find(name))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .ifNoItem()
                .after(TIMEOUT)
                .failWith(ImportDirectory::timedOut);
    }

    private Path find(String name) {
        Path base = directory.orElseThrow(() ->
                new SyncException(ErrorCode.SOURCE_NOT_CONFIGURED, setting + " is not set, so no file can be read"));
        if (!lookups.tryAcquire()) {
            throw timedOut();
        }
        try {
            return new ImportLookup(base).find(name);
        } finally {
            lookups.release();
        }
    }

    private static SyncException timedOut() {
        return new SyncException(ErrorCode.SOURCE_TIMEOUT, "The import directory does not answer");
    }
}
