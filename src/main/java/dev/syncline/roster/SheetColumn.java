package dev.syncline.roster;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A column of the sheet and what becomes of it.
 *
 * @param index position in the sheet, from 0
 * @param key what it is called in the registry and in the rows: the declared field's path, or the attribute's key
 * @param path its place in a device
 * @param label as it stands in the header
 * @param declares the field that it is for; null for an attribute
 * @param dates whether the sheet shows its numbers as dates
 */
record SheetColumn(
        int index,
        String key,
        String path,
        String label,
        @Nullable SheetField declares,
        boolean dates) {
    private static final String ATTRIBUTES = "dynamicAttributes.";

    static SheetColumn declared(int index, String label, SheetField field) {
        return new SheetColumn(index, field.path(), field.path(), label, field, false);
    }

    static SheetColumn attribute(int index, String key, String label, boolean dates) {
        return new SheetColumn(index, key, pathOf(key), label, null, dates);
    }

    Optional<SheetField> field() {
        return Optional.ofNullable(declares);
    }

    /** Where an attribute of this key stands in a device. */
    static String pathOf(String key) {
        return ATTRIBUTES + key;
    }
}
