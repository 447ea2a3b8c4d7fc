package dev.syncline.roster;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.syncline.roster.ColumnDefinition.DataType;
import dev.syncline.source.SourceRow;

/**
 * A column as a run has seen it, with what its cells are made of.
 *
 * @param displayOrder position in the sheet, from 1
 * @param nullable whether a row has nothing in it
 */
record SeenColumn(
        String columnKey, String label, int displayOrder, DataType dataType, boolean nullable, boolean declared) {
    private static final int SAMPLES = 32;
    private static final Set<DataType> NUMBERS = EnumSet.of(DataType.number);
    private static final Set<DataType> BOXES = EnumSet.of(DataType.bool);

    /** The columns that are kept, in the sheet's order. */
    static List<SeenColumn> of(SheetHeader header, SheetRows rows) {
        List<Census> columns = header.columns().stream().map(Census::new).toList();
        for (int ordinal = 0; ordinal < rows.count(); ordinal++) {
            SourceRow row = rows.row(ordinal);
            columns.forEach(column -> column.meet(row));
        }
        return columns.stream().map(Census::column).toList();
    }

    private static final class Census {
        private final SheetColumn column;
        private final Set<DataType> types = EnumSet.noneOf(DataType.class);
        private int samples;
        private boolean nullable;

        private Census(SheetColumn column) {
            this.column = column;
        }

        private void meet(SourceRow row) {
            @Nullable Object cell = row.cells().get(column.key());
            if (cell == null || SheetCell.isError(cell)) {
                nullable = true;
            } else if (samples < SAMPLES || isWithoutText()) {
                samples++;
                types.add(type(cell));
            }
        }

        /** As long as it is, each cell counts: by such a column somebody may sort who may not see text (S0-46). */
        private boolean isWithoutText() {
            return types.equals(NUMBERS) || types.equals(BOXES);
        }

        private DataType type(Object cell) {
            if (cell instanceof Boolean) {
                return DataType.bool;
            }
            if (cell instanceof BigDecimal number) {
                boolean date = column.dates() && DeviceDate.isoText(number).isPresent();
                return date ? DataType.date : DataType.number;
            }
            return DeviceDate.isIsoText(cell.toString()) ? DataType.date : DataType.string;
        }

        /** A declared field has the type that it is declared with. */
        private SeenColumn column() {
            DataType type = column.field().map(Census::declared).orElseGet(this::inferred);
            return new SeenColumn(
                    column.key(),
                    column.label(),
                    column.index() + 1,
                    type,
                    nullable,
                    column.field().isPresent());
        }

        private static DataType declared(SheetField field) {
            return field.shape() == SheetField.Shape.DATE ? DataType.date : DataType.string;
        }

        private DataType inferred() {
            if (types.isEmpty()) {
                return DataType.none;
            }
            return types.size() == 1 ? types.iterator().next() : DataType.unknown;
        }
    }
}
