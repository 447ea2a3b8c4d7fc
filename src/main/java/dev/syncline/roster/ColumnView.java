package dev.syncline.roster;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.syncline.roster.ColumnDefinition.DataType;

/**
 * A column of the sheet as the API shows it: without the sheet's id, which is hidden while anonymization is on.
 *
 * @param columnKey what the devices can be sorted by; the name of a declared field, or the key of an attribute
 * @param anonymizable whether its values, or those of them that are text, are hidden while anonymization is on
 */
@Schema(name = "Column")
@RegisterForReflection(registerFullHierarchy = true)
record ColumnView(
        String columnKey,
        String label,
        Integer displayOrder,

        @Schema(enumeration = {"string", "number", "boolean", "date", "null", "unknown"})
        DataType dataType,

        Boolean nullable,
        Boolean declared,
        boolean anonymizable,
        Instant detectedAt,
        Instant lastSeenAt) {
    static ColumnView of(ColumnDefinition column) {
        boolean isPersonal =
                DeviceField.named(column.columnKey()).map(DeviceField::personal).orElse(!column.declared());
        return new ColumnView(
                column.columnKey(),
                column.label(),
                column.displayOrder(),
                column.dataType(),
                column.nullable(),
                column.declared(),
                isPersonal,
                column.detectedAt(),
                column.lastSeenAt());
    }
}
