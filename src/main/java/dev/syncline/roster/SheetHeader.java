package dev.syncline.roster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.source.SheetRange;
import dev.syncline.source.SheetTab;

/**
 * The header of the roster's tab: which column is what. The one rule for the audit and for the run (S0-26). A device is told by
 * its serial, and where a row has none by its device id, so a header with either of the two will do.
 *
 * @param columns those that are kept, in the sheet's order
 * @param remarks on columns that repeat a name, or are too many
 */
record SheetHeader(List<SheetColumn> columns, List<Warning> remarks) {
    private static final int NAMED = 20;

    SheetHeader {
        columns = List.copyOf(columns);
        remarks = List.copyOf(remarks);
    }

    /**
     * Reads a header.
     *
     * @param headerRow counted from 1
     * @param maxAttributes most columns beside the declared ones
     * @throws SyncException INVALID_SYNC_CONFIGURATION if neither a serial nor a device id has a column
     */
    static SheetHeader of(SheetTab tab, int headerRow, int maxAttributes) {
        Reading reading = new Reading(tab, headerRow, maxAttributes);
        for (int index = 0; index < reading.width; index++) {
            reading.read(index);
        }
        SheetHeader header = new SheetHeader(reading.columns, reading.remarks.warnings());
        if (!header.declares(SheetField.SERIAL) && !header.declares(SheetField.LEGACY_DEVICE_ID)) {
            throw new SyncException(
                    ErrorCode.INVALID_SYNC_CONFIGURATION,
                    "row %d of the tab %s has no column for the serial; it has %s"
                            .formatted(headerRow, Remarks.quoted(tab.title()), header.labels()));
        }
        return header;
    }

    /**
     * The way out of a label that was lost: by their device ids all devices would be new ones.
     *
     * @param known the columns that the tab had before
     */
    void requireSerialIfIn(Collection<ColumnDefinition> known) {
        Optional<ColumnDefinition> before = known.stream()
                .filter(column -> column.columnKey().equals(SheetField.SERIAL.path()) && column.removedAt() == null)
                .findFirst();
        if (before.isPresent() && !declares(SheetField.SERIAL)) {
            throw new SyncException(
                    ErrorCode.INVALID_SYNC_CONFIGURATION,
                    "the column %s with the serials is gone; the tab has %s"
                            .formatted(Remarks.quoted(before.get().label()), labels()));
        }
    }

    boolean declares(SheetField field) {
        return columns.stream().anyMatch(column -> column.declares() == field);
    }

    private String labels() {
        String named = columns.stream()
                .limit(NAMED)
                .map(column -> Remarks.quoted(column.label()))
                .collect(Collectors.joining(", "));
        return named.isEmpty() ? "no labels" : columns.size() > NAMED ? named + ", …" : named;
    }

    /** Goes through the labels from left to right: the first of two that are alike keeps the name. */
    private static final class Reading {
        private final List<@Nullable Object> labels;
        private final List<List<@Nullable Object>> below;
        private final Set<Integer> dateColumns;
        private final int width;
        private final int maxAttributes;

        private final List<SheetColumn> columns = new ArrayList<>();
        private final Remarks remarks = new Remarks();
        private final Set<SheetField> declared = EnumSet.noneOf(SheetField.class);
        private final Set<String> taken = new HashSet<>();
        private int attributes;

        private Reading(SheetTab tab, int headerRow, int maxAttributes) {
            List<List<@Nullable Object>> rows = tab.rows();
            this.labels = rows.size() < headerRow ? List.of() : rows.get(headerRow - 1);
            this.below = rows.subList(Math.min(headerRow, rows.size()), rows.size());
            this.dateColumns = tab.dateColumns();
            this.width = Math.max(
                    labels.size(), below.stream().mapToInt(List::size).max().orElse(0));
            this.maxAttributes = maxAttributes;
        }

        private void read(int index) {
            @Nullable String label = label(index);
            if (label == null && !holdsData(index)) {
                return;
            }
            String shown = label == null ? numbered(index) : label;
            Optional<SheetField> field = SheetField.of(shown);
            if (field.isPresent() && declared.add(field.get())) {
                taken.add(ColumnKey.of(shown));
                columns.add(SheetColumn.declared(index, shown, field.get()));
            } else {
                attribute(index, shown, field.isPresent());
            }
        }

        private void attribute(int index, String label, boolean repeats) {
            if (attributes == maxAttributes) {
                remarks.add(ErrorCode.COLUMNS_OVER_LIMIT, place(index, label));
                return;
            }
            attributes++;
            String plain = ColumnKey.of(label).isEmpty() ? numbered(index) : ColumnKey.of(label);
            String key = repeats || taken.contains(plain) ? suffixed(plain) : plain;
            if (!key.equals(plain)) {
                remarks.add(ErrorCode.COLUMN_DUPLICATED, place(index, label) + " is kept as " + key);
            }
            taken.add(key);
            columns.add(SheetColumn.attribute(index, key, label, dateColumns.contains(index)));
        }

        private String suffixed(String key) {
            int number = 2;
            while (taken.contains(key + '_' + number)) {
                number++;
            }
            return key + '_' + number;
        }

        private @Nullable String label(int index) {
            @Nullable Object cell = index < labels.size() ? labels.get(index) : null;
            return cell == null ? null : SheetCell.text(cell);
        }

        private boolean holdsData(int index) {
            return below.stream().anyMatch(row -> index < row.size() && !SheetCell.isBlank(row.get(index)));
        }

        private static String numbered(int index) {
            return "column_" + (index + 1);
        }

        private static String place(int index, String label) {
            return "column " + SheetRange.letters(index) + ", " + Remarks.quoted(label);
        }
    }
}
