package dev.syncline.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * Goes from the import directory to a file one name at a time and never looks beyond a name that leads outside, so that the
 * answer is the same whether or not something is there.
 */
final class ImportLookup {
    private static final int LONGEST_NAME = 1024;

    private final Path directory;

    ImportLookup(Path directory) {
        this.directory = directory;
    }

    /** The real path of a regular file that can be read. Blocking. */
    Path find(String name) {
        Path base = realBase();
        Path at = base;
        for (Path step : relative(name, base)) {
            at = follow(at.resolve(step), base);
        }
        if (!attributes(at).isRegularFile() || !Files.isReadable(at)) {
            throw refused();
        }
        return at;
    }

    private Path realBase() {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw new SyncException(ErrorCode.SOURCE_NOT_CONFIGURED, "The import directory cannot be read", e);
        }
    }

    private Path relative(String name, Path base) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw refused();
        }
        Path path = path(name);
        for (Path step : path) {
            if (step.toString().equals("..")) {
                throw refused();
            }
        }
        path = path.normalize();
        if (!path.isAbsolute()) {
            return path;
        }
        Path configured = directory.toAbsolutePath().normalize();
        Path inside = path.startsWith(configured) ? configured : base;
        if (!path.startsWith(inside)) {
            throw refused();
        }
        return inside.relativize(path);
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw refused();
        }
    }

    private static Path follow(Path step, Path base) {
        boolean link = attributes(step).isSymbolicLink();
        try {
            Path real = step.toRealPath();
            if (real.startsWith(base)) {
                return real;
            }
        } catch (IOException e) {
            // A link to nowhere, or in a circle, is refused like one that leads outside.
            if (!link && e instanceof NoSuchFileException) {
                throw notFound();
            }
        }
        throw refused();
    }

    private static BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw notFound();
        } catch (IOException e) {
            throw refused();
        }
    }

    private static SyncException refused() {
        return new SyncException(
                ErrorCode.SOURCE_PATH_REFUSED, "The file must be a readable regular file inside the import directory");
    }

    private static SyncException notFound() {
        return new SyncException(ErrorCode.SOURCE_NOT_FOUND, "The import directory has no such file");
    }
}
