package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * What a record's row held when we last wrote it: a cell that holds something else was changed by a person since (S2-40).
 *
 * @param id {@code model/recordId}
 * @param spreadsheet where that was; a model may have moved to another one since
 * @param key without blanks around it
 * @param row from 1, as it was then
 */
@RegisterForReflection(registerFullHierarchy = true)
public record WrittenRow(
        @BsonId String id,
        @Nullable String spreadsheet,
        String key,
        Integer row,
        List<WrittenCell> cells,
        Instant writtenAt,
        String run) {
    public WrittenRow {
        key = key.strip();
        cells = List.copyOf(cells);
    }

    /** Whether it was written where the model's rows still are. */
    boolean isIn(Model model) {
        return model.spreadsheet().equals(Optional.ofNullable(spreadsheet));
    }

    /** @param column its name in the configuration, for labels may be changed */
    @RegisterForReflection(registerFullHierarchy = true)
    public record WrittenCell(String column, CellValue value) {}

    Optional<CellValue> cell(Column column) {
        return cells.stream()
                .filter(cell -> cell.column().equals(column.name()))
                .map(WrittenCell::value)
                .findFirst();
    }
}
