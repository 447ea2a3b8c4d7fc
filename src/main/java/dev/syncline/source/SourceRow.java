package dev.syncline.source;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A row as it came, cells by column name in the source's order. A cell is a {@code String}, {@code Long},
 * {@code BigInteger}, {@code BigDecimal}, {@code Double} (NaN and infinities only), {@code Boolean}, {@code Map},
 * {@code List} or null.
 */
public record SourceRow(long ordinal, String place, Map<String, @Nullable Object> cells, byte[] raw)
        implements SourceItem {}
