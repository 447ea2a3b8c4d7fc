package dev.syncline.writeback;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A column that we own.
 *
 * @param name in the configuration
 * @param pattern in which numbers and dates are shown; null leaves the cell's format alone
 * @param labels of type {@code label}: by key, the one that we write first
 * @param reference of type {@code reference}, and of no other
 */
record Column(
        String name,
        String label,
        String field,
        ColumnType type,
        int decimals,
        @Nullable String pattern,
        @Nullable String fallback,
        Map<String, List<String>> labels,
        Optional<Reference> reference) {
    Column {
        labels = Map.copyOf(labels);
    }

    /** Where a reference points to: a record by its id, and the field of it that is shown. */
    record Reference(String collection, String field) {}
}
