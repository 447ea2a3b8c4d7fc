package dev.syncline.writeback;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Date;

/**
 * Days on their way into a sheet, where a date is a number of days without a zone. The day of an instant is that of the business
 * zone; but midnight in UTC is what a program stores that means a day alone, so it is that day wherever the business is (S2-35).
 */
final class SheetDay {
    /** The day that a sheet counts as 0. */
    static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 9999;

    private SheetDay() {}

    /** The sheet's number of the day; {@link IllegalArgumentException} with a reason for people. */
    static double of(Object value, ZoneId zone) {
        LocalDate day = day(value, zone);
        if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException("a date outside of the years 1900 to 9999");
        }
        return ChronoUnit.DAYS.between(DAY_ZERO, day);
    }

    private static LocalDate day(Object value, ZoneId zone) {
        if (value instanceof Date date) {
            return day(date.toInstant(), zone);
        }
        if (value instanceof String text) {
            return day(text.strip(), zone);
        }
        throw new IllegalArgumentException("no date");
    }

    private static LocalDate day(Instant instant, ZoneId zone) {
        LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return utc.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? utc.toLocalDate()
                : instant.atZone(zone).toLocalDate();
    }

    private static LocalDate day(String text, ZoneId zone) {
        try {
            if (text.indexOf('T') < 0) {
                return LocalDate.parse(text);
            }
            TemporalAccessor time =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime withOffset
                    ? day(withOffset.toInstant(), zone)
                    : ((LocalDateTime) time).toLocalDate();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a text that is no date such as 2026-01-31", e);
        }
    }
}
