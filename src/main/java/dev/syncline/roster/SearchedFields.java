package dev.syncline.roster;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.SyncException;
import dev.syncline.roster.ColumnDefinition.DataType;

/** By which fields the caller may search and sort: those of the sheet as it is, without those that are hidden. */
record SearchedFields(RosterColumns columns, Veil veil) {
    private static final Set<DataType> TEXT = Set.of(DataType.string, DataType.date, DataType.unknown);
    private static final DeviceField USUAL = DeviceField.LAST_SYNCED_AT;

    /** Where the search looks. */
    List<String> paths() {
        Stream<String> declared = Arrays.stream(DeviceField.values())
                .filter(DeviceField::searched)
                .map(DeviceField::path)
                .filter(path -> !veil.covers(path, null));
        Stream<String> attributes = attributes()
                .filter(column -> TEXT.contains(column.dataType()))
                .filter(column -> !veil.covers(path(column), column.dataType()))
                .map(SearchedFields::path);
        return Stream.concat(declared, attributes).toList();
    }

    /** The order that is asked for; the newest first unless it is. */
    DeviceSort sort(Optional<String> field, Optional<String> direction) {
        String name = field.orElse(USUAL.shown());
        boolean descending = direction.map(SearchedFields::isDescending).orElse(name.equals(USUAL.shown()));
        Optional<DeviceField> declared = DeviceField.named(name);
        if (declared.isPresent()) {
            return new DeviceSort(name, visible(name, declared.get().path(), null), descending);
        }
        ColumnDefinition column = attributes()
                .filter(known -> name.equals(known.columnKey()) || name.equals(path(known)))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        return new DeviceSort(column.columnKey(), visible(name, path(column), column.dataType()), descending);
    }

    private Stream<ColumnDefinition> attributes() {
        return columns.columns().stream().filter(column -> !column.declared());
    }

    private static String path(ColumnDefinition column) {
        return DeviceField.attribute(column.columnKey());
    }

    private String visible(String name, String path, @Nullable DataType type) {
        if (veil.covers(path, type)) {
            throw DeviceQuery.refused(name + " cannot be sorted by while anonymization is on, for it is hidden;"
                    + " serial, status, condition, offboardingStatus and lastSyncedAt can");
        }
        return path;
    }

    private static boolean isDescending(String direction) {
        return switch (direction) {
            case "desc" -> true;
            case "asc" -> false;
            default -> throw DeviceQuery.refused("direction must be asc or desc");
        };
    }

    private SyncException unknown(String name) {
        String declared =
                Arrays.stream(DeviceField.values()).map(DeviceField::shown).collect(Collectors.joining(", "));
        String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        return DeviceQuery.refused("sort must be the key of a column (GET /api/devices/columns lists them) or one of "
                + declared + "; \"" + shown + "\" is none");
    }
}
