package dev.syncline.roster;

import java.math.BigDecimal;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.syncline.source.CellText;

/** What one cell of the sheet says. Text is never guessed to be a number: leading zeros and long digits stay (S0-27). */
final class SheetCell {
    private static final Set<String> ERRORS =
            Set.of("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!");

    /** What the database's decimals hold, and well beyond what a sheet's numbers reach. */
    private static final int MOST_DIGITS = 34;

    private static final int FARTHEST_DIGIT = 400;
    private static final int DIGITS_OF_A_LONG = 18;

    private SheetCell() {}

    /** Whether nothing stands in it that a person would see. */
    static boolean isBlank(@Nullable Object cell) {
        return cell == null || cell instanceof String text && CellText.of(text) == null;
    }

    static boolean isError(Object cell) {
        return cell instanceof String text && text.indexOf('#') >= 0 && ERRORS.contains(text.strip());
    }

    /** As text without outer blanks, a number in plain digits: 12345 and never 12345.0. Null when blank. */
    static @Nullable String text(Object cell) {
        return cell instanceof Boolean ticked ? (ticked ? "TRUE" : "FALSE") : CellText.of(cell);
    }

    /** A number that reads alike however it was written: a {@code Long} where it is a whole one, else without zeros behind. */
    static Object number(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        long digits = (long) shortest.precision() - shortest.scale();
        if (shortest.scale() <= 0 && digits <= DIGITS_OF_A_LONG) {
            return shortest.longValueExact();
        }
        boolean storable = shortest.precision() <= MOST_DIGITS && Math.abs((long) shortest.scale()) <= FARTHEST_DIGIT;
        return storable ? shortest : shortest.toString();
    }
}
