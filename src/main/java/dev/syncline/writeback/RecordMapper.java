package dev.syncline.writeback;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.source.CellText;

/** From a record to the cells of its row. No I/O, any thread. */
@ApplicationScoped
class RecordMapper {
    /** For what a payload says, which is looked at without the records that it points to. */
    private static final References NOT_FOLLOWED = (column, source) -> Optional.of("");

    private final CellMapper cells;

    RecordMapper(WriteBackConfig config) {
        this.cells = new CellMapper(ZoneId.of(config.zone()));
    }

    /**
     * @throws dev.syncline.platform.SyncException KEY_MISSING, VALUE_UNMAPPABLE with column and reason
     */
    RowValues map(Model model, Document source, References references) {
        String key = key(model, source);
        Map<Column, CellValue> values = new LinkedHashMap<>();
        List<CellRemark> remarks = new ArrayList<>();
        for (Column column : model.columns()) {
            MappedCell cell = cells.map(column, source, references);
            if (cell instanceof MappedCell.Holds holds) {
                values.put(column, holds.value());
            } else if (cell instanceof MappedCell.Left left) {
                remarks.add(left.remark());
            }
        }
        return new RowValues(key, values, remarks);
    }

    private String key(Model model, Document source) {
        return keyText(cells.map(model.key(), source, NOT_FOLLOWED))
                .filter(key -> !key.isBlank())
                .orElseThrow(() -> new SyncException(
                        ErrorCode.KEY_MISSING,
                        "the field %s of the record is empty, and its row is found by it"
                                .formatted(model.key().field())));
    }

    private static Optional<String> keyText(MappedCell cell) {
        if (!(cell instanceof MappedCell.Holds holds)) {
            return Optional.empty();
        }
        Double number = holds.value().number();
        return number == null ? Optional.ofNullable(holds.value().text()) : Optional.ofNullable(CellText.of(number));
    }

    /** Whether any of the model's lock fields locks the record (S2-37). */
    boolean isLocked(Model model, Document source) {
        return model.lockFields().stream().anyMatch(field -> isLock(RecordField.of(source, field)));
    }

    /** Whoever stores 1, "true" or a day means a lock as well: what does not say that there is none is one. */
    private static boolean isLock(@Nullable Object value) {
        if (value instanceof String text) {
            return !text.isBlank() && !text.strip().equalsIgnoreCase("false");
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return value != null && !value.equals(false);
    }

    /** Why a payload is not this model's, or holds what could never be written; empty where it may be queued. */
    Optional<String> problemOf(Model model, Document payload) {
        List<Column> told = model.columns().stream()
                .filter(column -> RecordField.isIn(payload, column.field()))
                .toList();
        if (told.isEmpty() && others(model).noneMatch(field -> RecordField.isIn(payload, field))) {
            return Optional.of("it has none of the fields of %s: %s".formatted(model.name(), fields(model)));
        }
        String problems = told.stream()
                .flatMap(column -> problemOf(model, column, payload).stream())
                .collect(Collectors.joining("; "));
        return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
    }

    /** Fields of a model that no column shows. */
    private static Stream<String> others(Model model) {
        return Stream.concat(model.lockFields().stream(), Stream.of(model.rowField(), model.echoField()));
    }

    private Optional<String> problemOf(Model model, Column column, Document payload) {
        try {
            var unused = column.equals(model.key()) ? key(model, payload) : cells.map(column, payload, NOT_FOLLOWED);
            return Optional.empty();
        } catch (SyncException e) {
            return Optional.of(e.detail());
        }
    }

    private static String fields(Model model) {
        return model.columns().stream().map(Column::field).distinct().collect(Collectors.joining(", "));
    }
}
