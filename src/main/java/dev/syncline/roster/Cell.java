package dev.syncline.roster;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A value on the page.
 *
 * @param key of its column
 * @param text what it says, for a reader without script too; empty for nothing
 * @param at where it is a time
 */
record Cell(String key, String text, @Nullable Instant at, boolean number) {
    static Cell of(String key, @Nullable Object value) {
        if (value instanceof Instant instant) {
            return new Cell(key, instant.toString(), instant, false);
        }
        if (value instanceof Boolean flag) {
            return new Cell(key, flag ? "Yes" : "No", null, false);
        }
        return new Cell(key, value == null ? "" : String.valueOf(value), null, value instanceof Number);
    }

    /** Whether it stands for something that is hidden. */
    public boolean hidden() {
        return text.startsWith(Anonymizer.PREFIX);
    }
}
