package dev.syncline.roster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.syncline.roster.ColumnDefinition.DataType;

/**
 * A column of the page: one of the sheet's, or one that we add.
 *
 * @param sortable whether the caller may sort by it
 * @param extra whether it is shown only to who asks for it
 */
record GridColumn(
        String key,
        String label,
        boolean sortable,
        boolean extra,
        boolean number,
        Function<DeviceView, @Nullable Object> value) {
    private static final int ATTRIBUTES_AT_ONCE = 4;
    private static final List<DeviceField> WITHOUT_A_SHEET = List.of(
            DeviceField.ASSIGNED_TO,
            DeviceField.STATUS,
            DeviceField.CONDITION,
            DeviceField.OFFBOARDING_STATUS,
            DeviceField.LAST_SEEN);

    /** Those of the sheet in its order, and when the device was last synced. The serial is the row's name and none of them. */
    static List<GridColumn> of(RosterColumns columns, Veil veil) {
        List<GridColumn> shown = new ArrayList<>();
        Set<String> taken = new HashSet<>(Set.of(DeviceField.SERIAL.shown()));
        int attributes = 0;
        for (ColumnDefinition column : columns.columns()) {
            Optional<DeviceField> field = column.declared() ? DeviceField.named(column.columnKey()) : Optional.empty();
            if (column.declared() && (field.isEmpty() || !taken.add(field.get().shown()))) {
                continue;
            }
            shown.add(
                    field.isPresent()
                            ? declared(field.get(), column.label(), veil)
                            : attribute(column, attributes++ >= ATTRIBUTES_AT_ONCE, veil));
        }
        if (shown.isEmpty()) {
            WITHOUT_A_SHEET.forEach(field -> shown.add(declared(field, field.label(), veil)));
        }
        if (taken.add(DeviceField.LAST_SYNCED_AT.shown())) {
            shown.add(declared(DeviceField.LAST_SYNCED_AT, DeviceField.LAST_SYNCED_AT.label(), veil));
        }
        return shown;
    }

    /** The name of each row. */
    static GridColumn serial(RosterColumns columns) {
        String label = columns.columns().stream()
                .filter(column -> column.columnKey().equals(DeviceField.SERIAL.shown()))
                .map(ColumnDefinition::label)
                .findFirst()
                .orElse(DeviceField.SERIAL.label());
        return declared(DeviceField.SERIAL, label, Veil.LIFTED);
    }

    private static GridColumn declared(DeviceField field, String label, Veil veil) {
        return new GridColumn(
                field.shown(), label, !veil.covers(field.path(), null), false, false, device -> device.at(field));
    }

    private static GridColumn attribute(ColumnDefinition column, boolean extra, Veil veil) {
        String key = column.columnKey();
        return new GridColumn(
                key,
                column.label(),
                !veil.covers(DeviceField.attribute(key), column.dataType()),
                extra,
                column.dataType() == DataType.number,
                device -> device.dynamicAttributes().get(key));
    }
}
