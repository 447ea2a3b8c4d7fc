package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the log as admins see it: who changed which cells of which row, when, from what to what.
 *
 * @param key what names the row
 * @param row from 1
 * @param code why it failed, or why nothing was written
 */
@Schema(name = "WriteLogEntry")
@RegisterForReflection(registerFullHierarchy = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record LogView(
        String id,
        String run,
        String item,
        String model,
        String recordId,
        @Nullable String key,
        String action,
        LogEntry.Status status,
        String actor,
        @Nullable String spreadsheet,
        @Nullable String tab,
        @Nullable Integer row,
        List<CellChange> cells,
        @Nullable String code,
        @Nullable String detail,
        Instant at) {

    /**
     * One cell.
     *
     * @param column its label
     * @param conflict whether a person had changed it since we last wrote it
     */
    @Schema(name = "CellChange")
    @RegisterForReflection(registerFullHierarchy = true)
    record CellChange(String column, Content from, Content to, boolean conflict) {
        static CellChange of(LogEntry.LoggedCell cell) {
            return new CellChange(
                    cell.column(),
                    Content.of(cell.from()),
                    Content.of(cell.to()),
                    Boolean.TRUE.equals(cell.conflict()));
        }
    }

    /** What a cell held or holds; a date is the number of its day in the sheet's calendar. */
    @Schema(name = "CellContent")
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Content(
            CellValue.Kind kind,
            @Nullable String text,
            @Nullable Double number) {
        static Content of(CellValue value) {
            return new Content(value.kind(), value.text(), value.number());
        }
    }

    static LogView of(LogEntry entry) {
        return new LogView(
                entry.id(),
                entry.run(),
                entry.item(),
                entry.model(),
                entry.recordId(),
                entry.key(),
                entry.action(),
                entry.status(),
                entry.actor(),
                entry.spreadsheet(),
                entry.tab(),
                entry.row(),
                entry.cells().stream().map(CellChange::of).toList(),
                entry.code(),
                entry.detail(),
                entry.at());
    }
}
