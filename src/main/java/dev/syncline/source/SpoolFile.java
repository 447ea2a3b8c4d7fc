package dev.syncline.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * A file that a download grows in, with its limits. Blocking: on a worker, one call at a time; only {@link #discard()} may
 * come at any time, from any thread.
 */
final class SpoolFile {
    private static final Logger LOG = Logger.getLogger(SpoolFile.class);

    /** The free space is asked for each time that so much was written. */
    private static final long STRIDE = 8L * 1024 * 1024;

    private final Path path;
    private final long maxBytes;
    private final long reserve;
    private final AtomicBoolean discarded = new AtomicBoolean();
    private volatile @Nullable FileChannel channel;
    private volatile long size;

    SpoolFile(Path path, FetchLimits limits) {
        this.path = path;
        this.maxBytes = limits.maxBytes();
        this.reserve = limits.reserve();
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** Creates the file, or empties the one that is there. */
    void open() {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw unwritable(e);
        }
        if (discarded.get()) {
            discard();
        }
    }

    /** Writes all of the bytes; none once the file is discarded. */
    void append(ByteBuffer bytes) {
        expect(bytes.remaining());
        try {
            if (size / STRIDE != (size + bytes.remaining()) / STRIDE) {
                requireSpace(bytes.remaining());
            }
            size += bytes.remaining();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            if (!discarded.get()) {
                throw unwritable(e);
            }
        }
    }

    /** Refuses more bytes than may come; of an unknown number (-1) only that some can be written. */
    void requireSpace(long more) {
        expect(more);
        try {
            long free = Files.getFileStore(path).getUsableSpace();
            if (free - Math.max(more, 0) < reserve) {
                throw new SyncException(
                        ErrorCode.SPOOL_FULL,
                        "The spool has " + free + " bytes free, of which " + reserve + " must stay");
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void restart() {
        try {
            channel.truncate(0);
            size = 0;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void close() {
        try {
            FileChannel open = channel;
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Removes the file as well as it can, also when it is only just being opened. */
    void discard() {
        discarded.set(true);
        try {
            close();
            Files.deleteIfExists(path);
        } catch (IOException | SyncException e) {
            LOG.warnf("A spool file cannot be removed: path=%s cause=%s", path, e.toString());
        }
    }

    private void expect(long more) {
        if (more > maxBytes - size) {
            throw new SyncException(
                    ErrorCode.SOURCE_TOO_LARGE, "The feed has more than the " + maxBytes + " bytes that are allowed");
        }
    }

    private static SyncException unwritable(IOException e) {
        boolean full = String.valueOf(e.getMessage()).contains("No space left");
        return full
                ? new SyncException(ErrorCode.SPOOL_FULL, "The spool is full", e)
                : new SyncException(ErrorCode.INTERNAL_ERROR, "The spool cannot be written", e);
    }
}
