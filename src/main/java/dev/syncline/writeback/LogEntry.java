package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * What was done for one item in one attempt, with every cell that we changed; kept so that it can be undone.
 *
 * @param id of the run, then the item, then the attempt at it: a repeat writes the same entry again
 * @param action {@code WRITE_BACK_CREATE}, {@code WRITE_BACK_UPDATE}, {@code WRITE_BACK_DELETE}, {@code UNDO}
 * @param actor who started the run
 * @param row from 1
 */
@RegisterForReflection(registerFullHierarchy = true)
public record LogEntry(
        @BsonId String id,
        String run,
        String item,
        String model,
        String recordId,
        @Nullable String key,
        String action,
        Status status,
        String actor,
        @Nullable String spreadsheet,
        @Nullable String tab,
        @Nullable Integer row,
        List<LoggedCell> cells,
        @Nullable String code,
        @Nullable String detail,
        Instant at) {
    public LogEntry {
        cells = cells == null ? List.of() : List.copyOf(cells);
    }

    /** What became of it. */
    enum Status {
        /** Written down before the sheet was touched; the process died, or Google's answer was lost. */
        BEGUN,
        SUCCESS,
        SKIPPED,
        FAILED
    }

    /**
     * One cell that we changed.
     *
     * @param column the label
     * @param conflict whether a person had changed it since we last wrote it (S2-40)
     */
    @RegisterForReflection(registerFullHierarchy = true)
    public record LoggedCell(String column, CellValue from, CellValue to, Boolean conflict) {}
}
