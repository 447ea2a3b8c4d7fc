package dev.syncline.ingest;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row in our own terms: typed, normalised fields by name. A value is a {@code String}, {@code Integer}, {@code Long},
 * {@code Boolean}, {@code BigDecimal} (trailing zeros stripped), {@code LocalDate} or {@code Instant} (milliseconds); a null
 * field is left out. A name with dots is that of a part of a nested document.
 */
public record MappedRow(String key, SortedMap<String, Object> fields, String hash) {
    public MappedRow {
        fields = Collections.unmodifiableSortedMap(fields);
    }

    /** The row with the content hash of its fields. */
    public static MappedRow of(String key, SortedMap<String, Object> fields) {
        return new MappedRow(key, fields, ContentHash.of(fields));
    }

    /** The same fields in a map that the caller may change. */
    public SortedMap<String, Object> mutableFields() {
        return new TreeMap<>(fields);
    }
}
