package dev.syncline.roster;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * A column of the sheet, as the registry keeps it (S0, entities); {@code column_definitions}.
 *
 * @param id {@code <sheetId>:<columnKey>}
 * @param columnKey the name of the declared field ({@code assignedTo}), or the attribute's key in {@code dynamicAttributes}
 * @param label as it stands in the header
 * @param displayOrder position in the sheet, from 1
 * @param declared whether it is one of the declared fields and no dynamic attribute
 * @param lastSeenAt when this was last written while the sheet had the column; a run that finds it as it was writes nothing
 * @param removedAt when the sheet was first without it; none while it is there
 * @param sourceVersion version of the whole registry, {@code registry-<count>-<sha1>}; the same for all present columns
 */
@RegisterForReflection(registerFullHierarchy = true)
public record ColumnDefinition(
        @BsonId String id,
        String sheetId,
        String columnKey,
        String label,
        Integer displayOrder,
        DataType dataType,
        Boolean nullable,
        Boolean declared,
        Instant detectedAt,
        Instant lastSeenAt,
        @Nullable Instant removedAt,
        String sourceVersion) {

    /** Inferred from up to 32 cells that are not blank. */
    public enum DataType {
        string,
        number,
        @JsonProperty("boolean")
        bool,
        date,
        /** Only blank cells. */
        @JsonProperty("null")
        none,
        /** Cells of several kinds. */
        unknown
    }

    ColumnDefinition seenAt(Instant time) {
        return new ColumnDefinition(
                id,
                sheetId,
                columnKey,
                label,
                displayOrder,
                dataType,
                nullable,
                declared,
                detectedAt,
                time,
                removedAt,
                sourceVersion);
    }

    ColumnDefinition removed(Instant time) {
        return new ColumnDefinition(
                id,
                sheetId,
                columnKey,
                label,
                displayOrder,
                dataType,
                nullable,
                declared,
                detectedAt,
                lastSeenAt,
                time,
                sourceVersion);
    }
}
