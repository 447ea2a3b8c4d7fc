package dev.syncline.permits;

import java.math.BigDecimal;

import dev.syncline.source.CellText;

/** Dwelling units, housing units and storeys: a whole number, else 0 (S1, normalisation). */
final class UnitCount {
    static final Integer NONE = 0;

    /** Any number of so many digits fits into an int. */
    private static final int MOST_DIGITS = 9;

    private UnitCount() {}

    /** The count; {@code 2.0} is 2, and {@code 2.5}, a word and a number of ten digits are 0. */
    static Integer of(Object cell) {
        String text = CellText.of(cell);
        if (text == null) {
            return NONE;
        }
        BigDecimal number = isNumber(text) ? Amount.cost(text) : null;
        return number == null ? NONE : whole(number);
    }

    /** Digits with an optional sign, thousands separators and fraction; {@code 2 units} is a word, not a number. */
    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = c >= '0' && c <= '9' || c == '.' || c == ',' || c == '-' && i == 0;
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    private static Integer whole(BigDecimal number) {
        boolean fits = number.scale() <= 0 && number.precision() - number.scale() <= MOST_DIGITS;
        return fits ? number.intValue() : NONE;
    }
}
