package dev.syncline.source;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A row as it came, cells by column name in the source's order. A cell is a {@code String}, {@code Long},
 * {@code BigInteger}, {@code BigDecimal}, {@code Double} (NaN and infinities only), {@code Boolean}, {@code Map},
 * {@code List} or null.
 */
public record SourceRow(long ordinal, String place, Map<String, @Nullable Object> cells, byte[] raw)
        implements SourceItem {

    /** The same row for whoever needs only to say which it was: the cells take several times the room of the bytes. */
    public SourceRow withoutCells() {
        return new SourceRow(ordinal, place, Map.of(), raw);
    }
}
