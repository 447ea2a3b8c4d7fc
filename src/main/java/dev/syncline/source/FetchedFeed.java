package dev.syncline.source;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A feed that lies in the spool, whole as far as the transfer can tell.
 *
 * @param bytes size of the file
 * @param etag as the server gave it; null when it gave none, or the feed came in pages
 * @param lastModified the same, an HTTP date
 */
public record FetchedFeed(
        Path path,
        long bytes,
        @Nullable String etag,
        @Nullable String lastModified,
        @Nullable String contentType) {
    /** What a later fetch may ask by. */
    public @Nullable Validators validators() {
        return Validators.of(etag, lastModified);
    }
}
