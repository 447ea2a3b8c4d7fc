package dev.syncline.writeback;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** The models that are configured. */
@ApplicationScoped
class Models {
    private static final String NO_PATTERN = "none";
    private static final String DAY = "dd/mm/yyyy";
    private static final String WHOLE = "#,##0";

    private final List<Model> all;

    Models(WriteBackConfig config) {
        this.all = enabled(config).entrySet().stream()
                .map(model -> model(config, model.getKey(), model.getValue()))
                .toList();
    }

    /** In the order of their names. */
    static Map<String, WriteBackConfig.ModelConfig> enabled(WriteBackConfig config) {
        Map<String, WriteBackConfig.ModelConfig> enabled = new TreeMap<>(config.models());
        enabled.values().removeIf(model -> !model.enabled());
        return enabled;
    }

    /** In the order of their names. */
    static Map<String, WriteBackConfig.ColumnConfig> enabled(WriteBackConfig.ModelConfig config) {
        Map<String, WriteBackConfig.ColumnConfig> enabled = new TreeMap<>(config.columns());
        enabled.values().removeIf(column -> !column.enabled());
        return enabled;
    }

    private static Model model(WriteBackConfig common, String name, WriteBackConfig.ModelConfig config) {
        List<Column> columns = enabled(config).entrySet().stream()
                .map(column -> column(column.getKey(), column.getValue()))
                .toList();
        Column key = columns.stream()
                .filter(column -> column.name().equals(config.key()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the key of " + name + " names none of its columns"));
        return new Model(
                name,
                config.collection(),
                config.sheetId().or(common::sheetId),
                config.tab(),
                config.headerRow(),
                key,
                config.rowField(),
                config.lockFields().orElse(List.of()),
                config.echoField(),
                config.formulas().orElse(List.of()),
                columns);
    }

    static Column column(String name, WriteBackConfig.ColumnConfig config) {
        return new Column(
                name,
                config.label(),
                config.field().orElse(name),
                config.type(),
                config.decimals(),
                pattern(config),
                config.fallback().orElse(null),
                config.labels(),
                config.reference().map(to -> new Column.Reference(to.collection(), to.field())));
    }

    /** Days and numbers as the sheet's people read them, which depends on the sheet's locale in what separates thousands. */
    private static @Nullable String pattern(WriteBackConfig.ColumnConfig config) {
        String pattern = config.pattern()
                .orElse(
                        switch (config.type()) {
                            case date -> DAY;
                            case integer -> WHOLE;
                            case amount -> config.decimals() > 0 ? WHOLE + "." + "0".repeat(config.decimals()) : WHOLE;
                            case text, label, reference -> NO_PATTERN;
                        });
        return pattern.equals(NO_PATTERN) ? null : pattern;
    }

    List<Model> all() {
        return all;
    }

    Optional<Model> find(String name) {
        return all.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    /** {@code MODEL_UNKNOWN}, naming those that there are. */
    Model get(String name) {
        return find(name).orElseThrow(() -> new SyncException(ErrorCode.MODEL_UNKNOWN, unknown(name)));
    }

    private String unknown(String name) {
        String known = all.stream().map(Model::name).collect(Collectors.joining(", "));
        return known.isEmpty()
                ? "There is no model " + name + ", and no other one"
                : "There is no model %s; there are %s".formatted(name, known);
    }
}
