package dev.syncline.writeback;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;

import org.bson.types.Decimal128;

/**
 * Numbers on their way into a sheet, which keeps doubles and shows 15 digits of them: a number of more digits would not be the
 * same any more, so it is refused. Refusals are {@link IllegalArgumentException}s with a reason for people.
 */
final class SheetNumber {
    private static final int EXACT_DIGITS = 15;
    /** Plain digits alone: what a comma or a second dot means depends on who reads it. */
    private static final Pattern PLAIN = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?");

    private SheetNumber() {}

    /** With at most so many decimal places, half a unit rounded away from zero. */
    static double amount(Object value, int decimals) {
        return exact(number(value).setScale(decimals, RoundingMode.HALF_UP));
    }

    static double whole(Object value) {
        BigDecimal number = number(value).stripTrailingZeros();
        if (number.scale() > 0) {
            throw new IllegalArgumentException("no whole number");
        }
        return exact(number);
    }

    private static double exact(BigDecimal number) {
        if (number.stripTrailingZeros().precision() > EXACT_DIGITS) {
            throw new IllegalArgumentException(
                    "a number of more than " + EXACT_DIGITS + " digits, which a sheet does not keep");
        }
        double kept = number.doubleValue();
        if (Double.isInfinite(kept)) {
            throw new IllegalArgumentException("a number too large for a sheet");
        }
        return kept;
    }

    private static BigDecimal number(Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        if (value instanceof Decimal128 number) {
            return decimal(number);
        }
        if (value instanceof Double || value instanceof Float) {
            return binary(((Number) value).doubleValue());
        }
        if (value instanceof Integer || value instanceof Long) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        if (value instanceof BigInteger number) {
            return new BigDecimal(number);
        }
        if (value instanceof String text && PLAIN.matcher(text.strip()).matches()) {
            return new BigDecimal(text.strip());
        }
        throw new IllegalArgumentException(value instanceof String ? "a text that is no number" : "no number");
    }

    private static BigDecimal binary(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("no number that a sheet could hold");
        }
        return BigDecimal.valueOf(number);
    }

    /** By its text: a decimal knows a zero below zero, for which the driver has no BigDecimal. */
    static BigDecimal decimal(Decimal128 number) {
        if (number.isNaN() || number.isInfinite()) {
            throw new IllegalArgumentException("no number that a sheet could hold");
        }
        return new BigDecimal(number.toString());
    }
}
