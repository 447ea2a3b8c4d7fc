package dev.syncline.dev.sheets;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * A cell.
 *
 * @param entered a {@code String}, {@code Double}, {@code Boolean} or {@link Formula}; null when blank
 * @param format null for the automatic one
 */
record Cell(@Nullable Object entered, @Nullable NumberFormat format) {
    static final Cell BLANK = new Cell(null, null);
    /** More are refused. */
    static final int MAX_CHARACTERS = 50_000;

    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);
    private static final double SECONDS_A_DAY = 86_400;

    Cell {
        if (entered instanceof String text && text.length() > MAX_CHARACTERS) {
            throw ApiException.invalid("Your input contains more than the maximum of %d characters in a single cell."
                    .formatted(MAX_CHARACTERS));
        }
    }

    /** What a test, or the sample, means by a value of Java. */
    static Cell of(@Nullable Object value) {
        if (value instanceof LocalDate day) {
            return new Cell(serial(day.atStartOfDay()), NumberFormat.ISO_DATE);
        }
        if (value instanceof LocalDateTime time) {
            return new Cell(serial(time), NumberFormat.ISO_DATE_TIME);
        }
        if (value instanceof Number number) {
            return new Cell(number.doubleValue(), null);
        }
        if (value instanceof String text) {
            return new Cell(textOrFormula(text), null);
        }
        return new Cell(value, null);
    }

    private static @Nullable Object textOrFormula(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return text.length() > 1 && text.startsWith("=") ? Formula.of(text) : text;
    }

    /** Days since 1899-12-30. */
    static double serial(LocalDateTime time) {
        long days = ChronoUnit.DAYS.between(DAY_ZERO, time.toLocalDate());
        return days + time.toLocalTime().toSecondOfDay() / SECONDS_A_DAY;
    }

    static LocalDateTime time(double serial) {
        return DAY_ZERO.atStartOfDay().plus(Duration.ofMillis(Math.round(serial * SECONDS_A_DAY * 1000)));
    }

    boolean isBlank() {
        return entered == null;
    }

    /** Another value in the same format, or in the new value's own if there was none. */
    Cell holding(Cell next) {
        return new Cell(next.entered(), format == null ? next.format() : format);
    }

    Cell formatted(@Nullable NumberFormat next) {
        return new Cell(entered, next);
    }
}
