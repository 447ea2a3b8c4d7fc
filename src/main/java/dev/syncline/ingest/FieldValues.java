package dev.syncline.ingest;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.Objects;

import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * A field's value on its way into MongoDB and as text in the history: days as ISO text, instants as dates, decimals exact. A
 * name with dots in it is that of a part: {@code dynamicAttributes.price} lies in the document {@code dynamicAttributes}.
 */
final class FieldValues {
    private FieldValues() {}

    static Object stored(Object value) {
        if (value instanceof BigDecimal decimal) {
            return new Decimal128(decimal);
        }
        if (value instanceof Instant instant) {
            return Date.from(instant);
        }
        return value instanceof LocalDate ? value.toString() : value;
    }

    /** What a document holds under a name; null where it holds nothing. */
    static @Nullable Object at(Document document, String name) {
        Object value = document;
        for (String part : name.split("\\.")) {
            value = value instanceof Document holder ? holder.get(part) : null;
        }
        return value;
    }

    /** Puts a value under a name into a document that is being made. */
    static void put(Document document, String name, Object value) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            document.append(name, stored(value));
        } else {
            Document part = (Document) document.computeIfAbsent(name.substring(0, dot), holder -> new Document());
            put(part, name.substring(dot + 1), value);
        }
    }

    /** Whether a stored value is the one of a row: {@code 12} and the text {@code "12"} are two. */
    static boolean same(@Nullable Object stored, @Nullable Object value) {
        return Objects.equals(text(stored), text(value)) && isText(stored) == isText(value);
    }

    private static boolean isText(@Nullable Object value) {
        return value instanceof String || value instanceof LocalDate;
    }

    /** One text for one value, whether it comes from a feed or from the database. */
    static @Nullable String text(@Nullable Object value) {
        if (value instanceof Decimal128 decimal) {
            return plain(decimal.bigDecimalValue());
        }
        if (value instanceof BigDecimal decimal) {
            return plain(decimal);
        }
        if (value instanceof Date date) {
            return date.toInstant().toString();
        }
        return value == null ? null : value.toString();
    }

    private static String plain(BigDecimal decimal) {
        return decimal.stripTrailingZeros().toPlainString();
    }
}
