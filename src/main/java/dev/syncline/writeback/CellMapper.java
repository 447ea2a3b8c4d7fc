package dev.syncline.writeback;

import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Optional;

import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.source.CellText;

/**
 * From a field to a cell, by the type of the column. A value that does not fit fails with VALUE_UNMAPPABLE, which tells column,
 * field and reason but never the value: it may be somebody's.
 */
final class CellMapper {
    /** What a cell of Google's holds. */
    private static final int LONGEST_TEXT = 50_000;

    private static final int SHOWN_OF_KEY = 60;

    private final ZoneId zone;

    CellMapper(ZoneId zone) {
        this.zone = zone;
    }

    MappedCell map(Column column, Document source, References references) {
        Object value = RecordField.of(source, column.field());
        try {
            return isMissing(column, value) ? missing(column) : present(column, value, source, references);
        } catch (IllegalArgumentException e) {
            throw new SyncException(
                    ErrorCode.VALUE_UNMAPPABLE,
                    "column \"%s\": the field %s holds %s".formatted(column.label(), column.field(), e.getMessage()),
                    e);
        }
    }

    /** A text is what it is, blanks too; of all else a text without anything in it says nothing. */
    private static boolean isMissing(Column column, @Nullable Object value) {
        boolean isText = column.type() == ColumnType.text;
        return value == null || value instanceof String text && (isText ? text.isEmpty() : text.isBlank());
    }

    /** Clears its own cell and no other (S2-20). */
    private MappedCell missing(Column column) {
        String fallback = column.fallback();
        if (fallback == null) {
            return new MappedCell.Holds(CellValue.BLANK);
        }
        return switch (column.type()) {
            case label -> label(column, fallback);
            case reference -> new MappedCell.Holds(CellValue.text(fallback));
            case text, integer, amount, date -> new MappedCell.Holds(plain(column, fallback));
        };
    }

    private MappedCell present(Column column, Object value, Document source, References references) {
        return switch (column.type()) {
            case label -> label(column, text(value));
            case reference -> reference(column, references.find(column, source));
            case text, integer, amount, date -> new MappedCell.Holds(plain(column, value));
        };
    }

    private static MappedCell label(Column column, String key) {
        List<String> labels = column.labels().get(key);
        return labels == null
                ? left(ErrorCode.LABEL_UNKNOWN, column, "the key " + shortened(key) + " has no label")
                : new MappedCell.Holds(CellValue.text(labels.get(0)));
    }

    private static MappedCell reference(Column column, Optional<String> shown) {
        return shown.isPresent()
                ? new MappedCell.Holds(CellValue.text(fitting(shown.get())))
                : left(
                        ErrorCode.REFERENCE_MISSING,
                        column,
                        "what the field " + column.field() + " points to is missing, or has nothing to show");
    }

    private static MappedCell left(ErrorCode code, Column column, String detail) {
        return new MappedCell.Left(new CellRemark(code, column.label(), detail));
    }

    private CellValue plain(Column column, Object value) {
        return switch (column.type()) {
            case integer -> CellValue.number(SheetNumber.whole(value));
            case amount -> CellValue.number(SheetNumber.amount(value, column.decimals()));
            case date -> CellValue.number(SheetDay.of(value, zone));
            case text, label, reference -> CellValue.text(text(value));
        };
    }

    /** Text exactly; numbers, truths, instants and object ids as they are written down. */
    static String text(Object value) {
        if (value instanceof String text) {
            return fitting(text);
        }
        if (value instanceof Date date) {
            return date.toInstant().toString();
        }
        if (value instanceof Boolean || value instanceof ObjectId) {
            return value.toString();
        }
        if (value instanceof Number number) {
            return numeral(number);
        }
        throw new IllegalArgumentException("a list, a document or bytes where a text is due");
    }

    private static String numeral(Number number) {
        String text = CellText.of(number instanceof Decimal128 decimal ? SheetNumber.decimal(decimal) : number);
        if (text == null) {
            throw new IllegalArgumentException("no number that a sheet could hold");
        }
        return text;
    }

    private static String fitting(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("a text of more than 50,000 characters, which no cell holds");
        }
        return text;
    }

    private static String shortened(String key) {
        return key.length() > SHOWN_OF_KEY ? key.substring(0, SHOWN_OF_KEY) + "…" : key;
    }
}
