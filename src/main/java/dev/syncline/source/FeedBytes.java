package dev.syncline.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.ZipException;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * The bytes of a feed, unpacked where they are gzip, through one sliding window. The window is open to the scanning loops
 * of this package: a call for each byte would cost most of the speed.
 */
final class FeedBytes implements AutoCloseable {
    private static final int WINDOW = 256 * 1024;

    /** Unread bytes are those from {@code position} to {@code end}. */
    byte[] window = new byte[WINDOW];

    int position;
    int end;

    private final long size;
    private final SeekableByteChannel file;
    private final InputStream in;
    private final long maxBytes;
    /** Offset in the feed of the first byte of the window. */
    private long windowOffset;

    private FeedBytes(SeekableByteChannel file, long maxBytes) throws IOException {
        this.file = file;
        this.size = file.size();
        this.maxBytes = maxBytes;
        this.in = FeedGzip.isGzip(file) ? new FeedGzip(file) : Channels.newInputStream(file);
    }

    /** Opens a regular file; a symlink in its last component is not followed, since it was resolved when it was checked. */
    static FeedBytes open(Path path, FeedLimits limits) {
        SeekableByteChannel file = null;
        try {
            if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isRegularFile()) {
                throw new SyncException(ErrorCode.SOURCE_PATH_REFUSED, "The file is no regular file any more");
            }
            file = Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            return new FeedBytes(file, limits.maxFeed());
        } catch (IOException e) {
            closeQuietly(file);
            throw failure(e, 0);
        }
    }

    /** Offset of the next byte in the feed, after decompression. */
    long offset() {
        return windowOffset + position;
    }

    /** Bytes taken from the file, as they are stored. */
    long bytesRead() {
        try {
            return file.isOpen() ? file.position() : size;
        } catch (IOException e) {
            return size;
        }
    }

    long bytesTotal() {
        return size;
    }

    /** The next byte without taking it, or -1 at the end. */
    int peek() {
        return position < end || fill(position) ? window[position] & 0xff : -1;
    }

    /** The next byte that is no whitespace, without taking it, or -1 at the end. */
    int peekToken() {
        int next = peek();
        while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            position++;
            next = peek();
        }
        return next;
    }

    /** Up to {@code count} bytes from here on, without taking them. */
    byte[] ahead(int count) {
        while (end - position < count && fill(position)) {
            // until they are all there, or the feed ends
        }
        return Arrays.copyOfRange(window, position, Math.min(end, position + count));
    }

    /**
     * Brings more bytes in and keeps those from {@code keep} on, which then begin at 0. A caller that keeps a whole window
     * makes it grow.
     *
     * @return false at the end of the feed
     */
    boolean fill(int keep) {
        makeRoom(keep);
        try {
            int count = in.read(window, end, window.length - end);
            if (count < 0) {
                return false;
            }
            end += count;
        } catch (IOException e) {
            throw failure(e, windowOffset + end);
        }
        if (windowOffset + end > maxBytes) {
            throw new SyncException(ErrorCode.SOURCE_TOO_LARGE, "The feed has more than " + maxBytes + " bytes");
        }
        return true;
    }

    /** Copies all that is left, unpacked. */
    void copyTo(SpoolFile target) {
        do {
            target.append(ByteBuffer.wrap(window, position, end - position));
            position = end;
        } while (fill(position));
    }

    private void makeRoom(int keep) {
        byte[] target = keep == 0 && end == window.length ? new byte[window.length * 2] : window;
        System.arraycopy(window, keep, target, 0, end - keep);
        window = target;
        windowOffset += keep;
        position -= keep;
        end -= keep;
    }

    @Override
    public void close() {
        closeQuietly(in);
        closeQuietly(file);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            // the file was only read
        }
    }

    private static SyncException failure(IOException e, long offset) {
        if (e instanceof EOFException) {
            return new SyncException(
                    ErrorCode.FEED_TRUNCATED,
                    "The gzip data ends in the middle, after byte " + offset + " unpacked",
                    e);
        }
        if (e instanceof ZipException) {
            return new SyncException(
                    ErrorCode.FEED_MALFORMED, "The gzip data is damaged after byte " + offset + " unpacked", e);
        }
        if (e instanceof NoSuchFileException) {
            return new SyncException(ErrorCode.SOURCE_NOT_FOUND, "The file does not exist any more", e);
        }
        return new SyncException(ErrorCode.SOURCE_FAILED, "The file cannot be read after byte " + offset, e);
    }
}
