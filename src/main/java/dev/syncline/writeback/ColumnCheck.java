package dev.syncline.writeback;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.bson.Document;

import dev.syncline.platform.SyncException;

/** What of one column cannot be meant, by the names of its settings. */
final class ColumnCheck {
    private static final int MOST_DECIMALS = 10;
    private static final Set<ColumnType> FORMATTED = EnumSet.of(ColumnType.integer, ColumnType.amount, ColumnType.date);

    private final String prefix;
    private final String name;
    private final WriteBackConfig.ColumnConfig config;
    private final List<String> problems = new ArrayList<>();

    /** @param prefix ends in a dot */
    ColumnCheck(String prefix, String name, WriteBackConfig.ColumnConfig config) {
        this.prefix = prefix;
        this.name = name;
        this.config = config;
    }

    List<String> problems() {
        String field = config.field().orElse(name);
        if (!FieldName.isOne(field)) {
            problems.add(prefix + "field is no name of a field: '" + field + "'");
        }
        checkNumber();
        checkPattern();
        checkLabels();
        checkReference();
        if (problems.isEmpty()) {
            checkFallback();
        }
        return problems;
    }

    private void checkNumber() {
        if (config.decimals() < 0 || config.decimals() > MOST_DECIMALS) {
            problems.add(prefix + "decimals must be 0 to " + MOST_DECIMALS + ", not " + config.decimals());
        } else if (config.decimals() > 0 && config.type() != ColumnType.amount) {
            problems.add(prefix + "decimals is for type amount alone");
        }
    }

    private void checkPattern() {
        Optional<String> pattern = config.pattern();
        if (pattern.filter(String::isBlank).isPresent()) {
            problems.add(prefix + "pattern must not be blank; none leaves the cells as they are formatted");
        } else if (pattern.filter(given -> !given.equals("none")).isPresent() && !FORMATTED.contains(config.type())) {
            problems.add(prefix + "pattern is for the types integer, amount and date");
        }
    }

    /** A label in the sheet must mean one key. */
    private void checkLabels() {
        boolean isLabel = config.type() == ColumnType.label;
        if (isLabel == config.labels().isEmpty()) {
            problems.add(
                    prefix + (isLabel ? "labels must name the label of each key" : "labels is for type label alone"));
        }
        Map<String, String> keys = new HashMap<>();
        new TreeMap<>(config.labels()).forEach((key, labels) -> checkLabels(keys, key, labels));
    }

    private void checkLabels(Map<String, String> keys, String key, List<String> labels) {
        if (labels.isEmpty() || labels.stream().anyMatch(String::isBlank)) {
            problems.add(prefix + "labels." + key + " must not be blank");
        }
        labels.forEach(label -> take(keys, key, label));
    }

    private void take(Map<String, String> keys, String key, String label) {
        String first = keys.putIfAbsent(LabelText.folded(label), key);
        if (first != null && !first.equals(key)) {
            problems.add(
                    "%slabels.%s and %slabels.%s share a label: '%s'".formatted(prefix, first, prefix, key, label));
        }
    }

    private void checkReference() {
        boolean isReference = config.type() == ColumnType.reference;
        if (isReference != config.reference().isPresent()) {
            problems.add(prefix
                    + (isReference
                            ? "reference.collection and reference.field must say where the field points to"
                            : "reference is for type reference alone"));
        }
        config.reference().ifPresent(this::checkTarget);
    }

    private void checkTarget(WriteBackConfig.Reference reference) {
        if (reference.collection().isBlank()) {
            problems.add(prefix + "reference.collection must not be blank");
        }
        if (!FieldName.isOne(reference.field())) {
            problems.add(prefix + "reference.field is no name of a field: '" + reference.field() + "'");
        }
    }

    private void checkFallback() {
        Column column = Models.column(name, config);
        try {
            MappedCell cell =
                    new CellMapper(ZoneOffset.UTC).map(column, new Document(), (any, source) -> Optional.empty());
            if (cell instanceof MappedCell.Left) {
                problems.add(prefix + "fallback is no key of the column's labels: '" + column.fallback() + "'");
            }
        } catch (SyncException e) {
            problems.add(prefix + "fallback does not fit the type " + config.type() + ": '" + column.fallback() + "'");
        }
    }
}
