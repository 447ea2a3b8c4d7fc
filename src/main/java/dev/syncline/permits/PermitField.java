package dev.syncline.permits;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.RowRejected;
import dev.syncline.platform.ErrorCode;
import dev.syncline.source.CellText;
import dev.syncline.source.SourceRow;

/**
 * One line of the mapping: the field, the columns that can give it, best first, and its value when none does. A column that
 * an export lacks reads like one that is null in it (S1-22).
 */
record PermitField(
        String name, List<Reading> readings, @Nullable Object otherwise) {
    PermitField {
        readings = List.copyOf(readings);
    }

    static PermitField text(String name, String column) {
        return from(name, column, CellText::of);
    }

    static PermitField date(String name, String column) {
        return from(name, column, FeedDate::of);
    }

    static PermitField cost(String name, String column) {
        return from(name, column, Amount::cost);
    }

    static PermitField area(String name, String column) {
        return from(name, column, Amount::area);
    }

    static PermitField count(String name, String column) {
        return from(name, column, UnitCount::of).otherwise(UnitCount.NONE);
    }

    private static PermitField from(String name, String column, Normaliser normaliser) {
        return new PermitField(name, List.of(new Reading(column, normaliser)), null);
    }

    /** The same field, read from one more column where the ones before give nothing. */
    PermitField or(String column, Normaliser normaliser) {
        List<Reading> more = new ArrayList<>(readings);
        more.add(new Reading(column, normaliser));
        return new PermitField(name, more, otherwise);
    }

    PermitField otherwise(Object value) {
        return new PermitField(name, readings, value);
    }

    /** The field's value in this row; null when it has none. */
    @Nullable
    Object in(SourceRow row) {
        for (Reading reading : readings) {
            Object value = reading.in(row);
            if (value != null) {
                return value;
            }
        }
        return otherwise;
    }

    /** The cell, if it holds one value; a list or an object is no permit's field. */
    static Object scalar(Object cell, String column) {
        if (cell instanceof String || cell instanceof Number || cell instanceof Boolean) {
            return cell;
        }
        throw new RowRejected(ErrorCode.CELL_NOT_SCALAR, column, column + " holds a list or an object.");
    }

    /** Turns a cell that holds one value into a field's value; null when the cell gives none. Pure. */
    @FunctionalInterface
    interface Normaliser {
        @Nullable
        Object of(Object cell);
    }

    record Reading(String column, Normaliser normaliser) {
        private @Nullable Object in(SourceRow row) {
            Object cell = row.cells().get(column);
            return cell == null ? null : normaliser.of(scalar(cell, column));
        }
    }
}
