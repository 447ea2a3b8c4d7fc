package dev.syncline.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Gzip of one or several members; unlike the JDK's stream it does not pass over what stands behind the last one. */
final class FeedGzip extends GZIPInputStream {
    private static final int BUFFER = 64 * 1024;
    private static final int TRAILER = 8;

    private final SeekableByteChannel file;

    FeedGzip(SeekableByteChannel file) throws IOException {
        super(Channels.newInputStream(file), BUFFER);
        this.file = file;
    }

    /** Whether the file begins with gzip's two magic bytes; leaves it at its beginning. */
    static boolean isGzip(SeekableByteChannel file) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(2);
        while (magic.hasRemaining() && file.read(magic) >= 0) {
            // until both bytes are there, or the file ends
        }
        file.position(0);
        return magic.position() == 2 && magic.getShort(0) == 0x1f8b;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int count = super.read(target, from, length);
        if (count < 0 && inf.getRemaining() + file.size() - file.position() > TRAILER) {
            throw new ZipException("bytes after the last member");
        }
        return count;
    }
}
