package dev.syncline.ingest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import dev.syncline.source.FeedLocation;
import dev.syncline.source.Validators;

/**
 * What an attempt learnt about its feed. Part of the run, so that the next one knows what to ask the source for.
 *
 * @param feed where it lies, without what may be secret in an address
 * @param feedId tells feeds apart that differ in the secret part only
 * @param reader version of the service that read it
 * @param checkedAt when the attempt turned to the source
 * @param readAt when the feed was last read whole; set when the work is done
 * @param changedSince since when it has been the same, as far as we saw it; set when the work is done
 * @param validators of what was read; none where the source gives none
 * @param path the file that was downloaded, from the moment when it is whole
 * @param kept whether that file stays until newer ones take its place, or goes when the attempt ends
 * @param unchanged whether the source said that nothing has changed, so that nothing was read
 */
public record SourceMark(
        String feed,
        String feedId,
        String reader,
        Instant checkedAt,
        @Nullable Instant readAt,
        @Nullable Instant changedSince,
        @Nullable Validators validators,
        @Nullable String path,
        @Nullable Boolean kept,
        @Nullable Boolean unchanged) {

    /** The beginning of an attempt. */
    public static SourceMark asking(String location, String reader, Instant now) {
        return new SourceMark(told(location), idOf(location.strip()), reader, now, null, null, null, null, null, null);
    }

    /** Where a feed lies, without what may be secret in an address. */
    public static String told(String location) {
        return FeedLocation.parse(location).told();
    }

    private static String idOf(String location) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(location.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean sameFeed(SourceMark other) {
        return feedId.equals(other.feedId);
    }

    public @Nullable String etag() {
        return validators == null ? null : validators.etag();
    }

    public @Nullable String lastModified() {
        return validators == null ? null : validators.lastModified();
    }

    public boolean isUnchanged() {
        return Boolean.TRUE.equals(unchanged);
    }

    /** All of it is here. */
    public SourceMark spooled(Path file, @Nullable Validators given, boolean keep) {
        return new SourceMark(feed, feedId, reader, checkedAt, null, null, given, file.toString(), keep, null);
    }

    /** All of it was read. */
    public SourceMark read(Instant since) {
        return new SourceMark(feed, feedId, reader, checkedAt, checkedAt, since, validators, path, kept, null);
    }

    /** The source has nothing else than what {@code before} tells of. */
    public SourceMark stillAs(SourceMark before) {
        return new SourceMark(
                feed,
                feedId,
                before.reader,
                checkedAt,
                before.readAt,
                before.changedSince,
                before.validators,
                null,
                null,
                true);
    }
}
