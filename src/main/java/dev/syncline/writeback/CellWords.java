package dev.syncline.writeback;

import java.math.BigDecimal;
import java.util.Optional;

/** What a cell holds, for people. */
final class CellWords {
    private static final double LAST_DAY = 2_958_465;

    private CellWords() {}

    /** Empty for a blank cell; a day of a column of dates as {@code 2026-01-31}. */
    static String of(CellValue value, Optional<ColumnType> type) {
        return switch (value.kind()) {
            case BLANK -> "";
            case NUMBER -> number(value.number() == null ? 0 : value.number(), type);
            case TEXT, BOOLEAN, FORMULA -> value.text() == null ? "" : value.text();
        };
    }

    private static String number(double number, Optional<ColumnType> type) {
        boolean isDay = type.filter(ColumnType.date::equals).isPresent()
                && number == Math.rint(number)
                && number >= 0
                && number <= LAST_DAY;
        return isDay
                ? SheetDay.DAY_ZERO.plusDays((long) number).toString()
                : new BigDecimal(String.valueOf(number)).stripTrailingZeros().toPlainString();
    }
}
