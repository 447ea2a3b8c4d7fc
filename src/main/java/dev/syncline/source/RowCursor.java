package dev.syncline.source;

import org.jspecify.annotations.Nullable;

/**
 * One pass over a source that lies at hand (a spooled file, a page, a tree), row by row. Blocking: call it on a worker, from
 * one thread at a time. What is wrong with one row comes as a {@link BrokenRow}; what is wrong with the whole source is
 * thrown as a {@link dev.syncline.platform.SyncException}, from {@link #next()} at the latest when the end is reached, so that
 * a null is the proof of a complete read.
 */
public interface RowCursor extends AutoCloseable {
    /** The next position, or null after the last one of a source that was read whole. */
    @Nullable
    SourceItem next();

    /** Bytes of the source consumed so far. */
    long bytesRead();

    /** Bytes of the source in all. */
    long bytesTotal();

    /** Lets go of the source; nothing of it is left to fail. */
    @Override
    void close();
}
