package dev.syncline.source;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a server gave to tell later whether it still sends the same (RFC 9110, 8.8): an entity tag, the date of the last
 * change, or both. They are sent back as they came.
 */
public record Validators(@Nullable String etag, @Nullable String lastModified) {
    /** Longer ones, and such that no header should hold, are not worth keeping. */
    private static final Pattern SOUND = Pattern.compile("[\\x20-\\x7e]{1,256}");

    /** None, if the server gave nothing that can be sent back. */
    static @Nullable Validators of(@Nullable String etag, @Nullable String lastModified) {
        Validators sound = new Validators(sound(etag), sound(lastModified));
        return sound.etag == null && sound.lastModified == null ? null : sound;
    }

    private static @Nullable String sound(@Nullable String header) {
        return header != null && SOUND.matcher(header).matches() ? header : null;
    }
}
