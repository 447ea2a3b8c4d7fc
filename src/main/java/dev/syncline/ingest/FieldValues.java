package dev.syncline.ingest;

import java.math.BigDecimal;
import java.time.LocalDate;

import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** A field's value on its way into MongoDB and as text in the history: dates as ISO text, decimals exact. */
final class FieldValues {
    private FieldValues() {}

    static Object stored(Object value) {
        if (value instanceof BigDecimal decimal) {
            return new Decimal128(decimal);
        }
        return value instanceof LocalDate ? value.toString() : value;
    }

    /** One text for one value, whether it comes from a feed or from the database. */
    static @Nullable String text(@Nullable Object value) {
        if (value instanceof Decimal128 decimal) {
            return plain(decimal.bigDecimalValue());
        }
        if (value instanceof BigDecimal decimal) {
            return plain(decimal);
        }
        return value == null ? null : value.toString();
    }

    private static String plain(BigDecimal decimal) {
        return decimal.stripTrailingZeros().toPlainString();
    }
}
