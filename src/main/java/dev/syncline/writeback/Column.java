package dev.syncline.writeback;

import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** Whether a cell holds what it is to hold; of a key's labels one is as good as another, and none is replaced by another. */
    boolean isSame(CellValue inSheet, CellValue wanted) {
        if (inSheet.kind() != wanted.kind()) {
            return false;
        }
        return switch (wanted.kind()) {
            case BLANK -> true;
            case NUMBER -> isSame(inSheet.number(), wanted.number());
            case TEXT -> Objects.equals(inSheet.text(), wanted.text()) || isSameKey(inSheet.text(), wanted.text());
            case BOOLEAN, FORMULA -> Objects.equals(inSheet.text(), wanted.text());
        };
    }

    /** A zero below zero is zero. */
    private static boolean isSame(@Nullable Double inSheet, @Nullable Double wanted) {
        return inSheet != null && wanted != null && inSheet.doubleValue() == wanted.doubleValue();
    }

    private boolean isSameKey(@Nullable String inSheet, @Nullable String wanted) {
        if (type != ColumnType.label || inSheet == null || wanted == null) {
            return false;
        }
        return labels.values().stream()
                .filter(same -> same.contains(wanted))
                .flatMap(List::stream)
                .anyMatch(same -> LabelText.folded(same).equals(LabelText.folded(inSheet)));
    }

    /** Cells of large sheets are looked up by column, and no two columns of a model share a label. */
    @Override
    public int hashCode() {
        return label.hashCode();
    }

    /** Where a reference points to: a record by its id, and the field of it that is shown. */
    record Reference(String collection, String field) {}
}
