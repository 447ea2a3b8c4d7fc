package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What of one model cannot be meant, by the names of its settings. */
final class ModelCheck {
    /** It stands in addresses and ids. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private static final Pattern COLLECTION = Pattern.compile("(?!system\\.)[^$\\x00\\s]+");
    /** Ours, or the driver's. */
    private static final Set<String> RESERVED = Set.of("_id", "updatedAt");

    private final String name;
    private final WriteBackConfig.ModelConfig config;
    private final Map<String, WriteBackConfig.ColumnConfig> columns;
    private final String prefix;
    private final List<String> problems = new ArrayList<>();

    ModelCheck(String name, WriteBackConfig.ModelConfig config) {
        this.name = name;
        this.config = config;
        this.columns = Models.enabled(config);
        this.prefix = "syncline.writeback.models." + name + ".";
    }

    List<String> problems() {
        if (!NAME.matcher(name).matches()) {
            problems.add(prefix + "…: a model's name is letters, digits, _ and -, and begins with a letter");
        }
        checkPlace();
        checkFields();
        checkKey();
        checkLabels();
        columns.forEach((column, config) ->
                problems.addAll(new ColumnCheck(prefix + "columns." + column + ".", column, config).problems()));
        return problems;
    }

    private void checkPlace() {
        if (!COLLECTION.matcher(config.collection()).matches()) {
            problems.add(prefix + "collection is no name that a collection can have: '" + config.collection() + "'");
        }
        if (config.collection().startsWith("writeback_")) {
            problems.add(prefix + "collection is one of write-back's own: " + config.collection());
        }
        if (config.tab().isBlank()) {
            problems.add(prefix + "tab must not be blank");
        }
        if (config.sheetId().filter(String::isBlank).isPresent()) {
            problems.add(prefix + "sheet-id must not be blank");
        }
    }

    private void checkFields() {
        if (!FieldName.isOne(config.rowField()) || RESERVED.contains(config.rowField())) {
            problems.add(
                    prefix + "row-field is no field that a row's number can be kept in: '" + config.rowField() + "'");
        }
        taken().filter(field -> overlaps(field, config.rowField()))
                .distinct()
                .forEach(field -> problems.add(
                        prefix + "row-field is a field that says something else already: '" + field + "'"));
        if (!FieldName.isOne(config.echoField())) {
            problems.add(prefix + "echo-field is no name of a field: '" + config.echoField() + "'");
        }
        config.lockFields().orElse(List.of()).stream()
                .filter(field -> !FieldName.isOne(field))
                .forEach(field -> problems.add(prefix + "lock-fields has what is no name of a field: '" + field + "'"));
    }

    /** Fields of the record that a row's number would write over. */
    private Stream<String> taken() {
        return Stream.of(
                        columns.entrySet().stream()
                                .map(column -> column.getValue().field().orElse(column.getKey())),
                        config.lockFields().orElse(List.of()).stream(),
                        Stream.of(config.echoField()))
                .flatMap(Function.identity());
    }

    /** Whether they are one field, or one is a part of the other. */
    private static boolean overlaps(String one, String other) {
        return (one + ".").startsWith(other + ".") || (other + ".").startsWith(one + ".");
    }

    private void checkKey() {
        WriteBackConfig.ColumnConfig key = columns.get(config.key());
        if (key == null) {
            problems.add(prefix + "key must name one of the columns (" + String.join(", ", columns.keySet())
                    + "), not '" + config.key() + "'");
        } else if (key.type() != ColumnType.text && key.type() != ColumnType.integer) {
            problems.add(prefix + "key must name a column of text or whole numbers; " + config.key() + " is of type "
                    + key.type());
        } else if (key.fallback().isPresent()) {
            problems.add(prefix + "columns." + config.key() + ".fallback must not be set: a key stands for one record");
        }
    }

    /** A column is found by its label. */
    private void checkLabels() {
        Map<String, String> seen = new HashMap<>();
        columns.forEach((column, config) -> take(seen, config.label(), prefix + "columns." + column + ".label"));
        config.formulas().orElse(List.of()).forEach(label -> take(seen, label, prefix + "formulas"));
    }

    private void take(Map<String, String> seen, String label, String setting) {
        String first = seen.putIfAbsent(LabelText.folded(label), setting);
        if (label.isBlank()) {
            problems.add(setting + " must not be blank");
        } else if (first != null) {
            problems.add("%s and %s are one label: '%s'".formatted(first, setting, label));
        }
    }
}
