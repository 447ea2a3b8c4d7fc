package dev.syncline.roster;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a cell tells a date (S0-29). Text is read by ISO 8601: a date, or date and time, with an offset or in the sheet's zone. A
 * number is told by its size: from 10,000 (the year 1927) to the year 9999 it is a spreadsheet's serial number, days since
 * 1899-12-30 in the sheet's zone; from 100,000,000,000 (March 1973) on it is milliseconds since 1970. What lies between, below
 * or above is no date: seconds since 1970, 20260131, or the year 2026 alone. Digits as text are read as the number.
 *
 * <p>A time that a zone skips in spring counts as that much later, one that it has twice in autumn as the first.
 */
final class DeviceDate {
    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);
    private static final BigDecimal FIRST_DAY = BigDecimal.valueOf(10_000);
    private static final BigDecimal BEYOND_DAYS =
            BigDecimal.valueOf(ChronoUnit.DAYS.between(DAY_ZERO, LocalDate.of(10_000, 1, 1)));
    private static final BigDecimal FIRST_MILLI = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal BEYOND_MILLIS = BigDecimal.valueOf(253_402_300_800_000L);
    private static final BigDecimal MILLIS_OF_A_DAY =
            BigDecimal.valueOf(Duration.ofDays(1).toMillis());

    private static final int DATE_LENGTH = "2026-01-31".length();
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,20})?");
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendValue(ChronoField.YEAR, 4, 4, SignStyle.NOT_NEGATIVE)
            .appendPattern("-MM-dd['T'HH:mm[:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .optionalStart()
            .parseLenient()
            .appendOffset("+HH:MM", "Z")
            .parseStrict()
            .toFormatter(Locale.ROOT)
            .withChronology(IsoChronology.INSTANCE)
            .withResolverStyle(ResolverStyle.STRICT);

    private DeviceDate() {}

    /** The instant that a cell tells, to the millisecond; empty when it tells none. */
    static Optional<Instant> instant(Object cell, ZoneId zone) {
        if (cell instanceof BigDecimal number) {
            return ofNumber(number, zone);
        }
        if (!(cell instanceof String text)) {
            return Optional.empty();
        }
        String stripped = text.strip();
        return DIGITS.matcher(stripped).matches()
                ? ofNumber(new BigDecimal(stripped), zone)
                : parsed(stripped).map(found -> instant(found, zone));
    }

    /** A serial number as ISO text of a date, or of date and time; empty when it is too small or too large for one. */
    static Optional<String> isoText(BigDecimal serial) {
        return local(serial).map(DeviceDate::isoText);
    }

    /** Whether a text is a date by ISO 8601. */
    static boolean isIsoText(String text) {
        return parsed(text.strip()).isPresent();
    }

    private static String isoText(LocalDateTime time) {
        boolean wholeDay = time.toLocalDate().atStartOfDay().equals(time);
        return wholeDay ? time.toLocalDate().toString() : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }

    private static Optional<Instant> ofNumber(BigDecimal number, ZoneId zone) {
        return isWithin(FIRST_MILLI, number, BEYOND_MILLIS)
                ? Optional.of(Instant.ofEpochMilli(number.longValue()))
                : local(number).map(time -> time.atZone(zone).toInstant());
    }

    /** A sheet's times are fractions in binary, so the nearest millisecond is meant. */
    private static Optional<LocalDateTime> local(BigDecimal serial) {
        if (!isWithin(FIRST_DAY, serial, BEYOND_DAYS)) {
            return Optional.empty();
        }
        long days = serial.longValue();
        long millis = serial.subtract(BigDecimal.valueOf(days))
                .multiply(MILLIS_OF_A_DAY)
                .setScale(0, RoundingMode.HALF_UP)
                .longValue();
        return Optional.of(DAY_ZERO.plusDays(days).atStartOfDay().plus(Duration.ofMillis(millis)));
    }

    private static boolean isWithin(BigDecimal first, BigDecimal number, BigDecimal beyond) {
        return number.compareTo(first) >= 0 && number.compareTo(beyond) < 0;
    }

    private static Optional<TemporalAccessor> parsed(String text) {
        try {
            return Optional.of(ISO.parseBest(withT(text), OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** People put a blank between date and time. */
    private static String withT(String text) {
        boolean blank = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
        return blank ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1) : text;
    }

    private static Instant instant(TemporalAccessor found, ZoneId zone) {
        ZonedDateTime time;
        if (found instanceof OffsetDateTime withOffset) {
            time = withOffset.toZonedDateTime();
        } else if (found instanceof LocalDateTime local) {
            time = local.atZone(zone);
        } else {
            time = ((LocalDate) found).atStartOfDay(zone);
        }
        return time.toInstant().truncatedTo(ChronoUnit.MILLIS);
    }
}
