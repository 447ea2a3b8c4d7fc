package dev.syncline.dev.sheets;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.syncline.dev.sheets.NumberFormat.Type;

/** What a text means that is typed into a cell ({@code USER_ENTERED}), in the locale en_US. */
final class UserEntry {
    private static final Pattern NUMBER = Pattern.compile(
            "(?<sign>[-+]?)(?<currency>\\$?)(?<digits>(?:\\d{1,3}(?:,\\d{3})+|\\d+)?(?:\\.\\d*)?(?:[eE][-+]?\\d+)?)(?<percent>%?)");
    private static final Pattern DATE = Pattern.compile(
            "(?:(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})|(?<usMonth>\\d{1,2})/(?<usDay>\\d{1,2})/(?<usYear>\\d{4}))");
    private static final Pattern TIME =
            Pattern.compile("(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))?(?: ?(?<half>[AaPp][Mm]))?");
    private static final Pattern DATE_TIME = Pattern.compile("(\\S+) (.+)");

    private UserEntry() {}

    /** @param format of the cell that it is typed into */
    static Cell parse(String text, @Nullable NumberFormat format) {
        if (text.isEmpty()) {
            return Cell.BLANK;
        }
        if (format != null && format.type() == Type.TEXT) {
            return new Cell(text, null);
        }
        if (text.startsWith("'")) {
            return new Cell(text.substring(1), null);
        }
        if (text.startsWith("=") && text.length() > 1) {
            return new Cell(Formula.of(text), null);
        }
        String trimmed = text.strip();
        return switch (trimmed.toUpperCase(Locale.ROOT)) {
            case "TRUE" -> new Cell(true, null);
            case "FALSE" -> new Cell(false, null);
            default ->
                CellError.of(trimmed)
                        .map(error -> new Cell(Formula.of("=" + trimmed), null))
                        .or(() -> number(trimmed))
                        .or(() -> moment(trimmed))
                        .orElseGet(() -> new Cell(text, null));
        };
    }

    private static Optional<Cell> number(String text) {
        Matcher parts = NUMBER.matcher(text);
        if (!parts.matches() || !parts.group("digits").matches(".*\\d.*")) {
            return Optional.empty();
        }
        String digits = parts.group("digits");
        double number = Double.parseDouble(parts.group("sign") + digits.replace(",", ""));
        boolean hasFraction = digits.contains(".");
        if (!parts.group("percent").isEmpty()) {
            return Optional.of(new Cell(number / 100, new NumberFormat(Type.PERCENT, hasFraction ? "0.00%" : "0%")));
        }
        if (!parts.group("currency").isEmpty()) {
            return Optional.of(new Cell(
                    number, hasFraction ? NumberFormat.DOLLARS : new NumberFormat(Type.CURRENCY, "\"$\"#,##0")));
        }
        boolean isGrouped = digits.contains(",");
        return Optional.of(
                new Cell(number, isGrouped ? new NumberFormat(Type.NUMBER, hasFraction ? "#,##0.00" : "#,##0") : null));
    }

    private static Optional<Cell> moment(String text) {
        try {
            Matcher parts = DATE_TIME.matcher(text);
            if (DATE.matcher(text).matches()) {
                return Optional.of(date(text));
            }
            if (TIME.matcher(text).matches()) {
                return Optional.of(new Cell(fraction(text), new NumberFormat(Type.TIME, timePattern(text))));
            }
            boolean isBoth = parts.matches()
                    && DATE.matcher(parts.group(1)).matches()
                    && TIME.matcher(parts.group(2)).matches();
            return isBoth ? Optional.of(dateTime(parts.group(1), parts.group(2))) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Cell date(String text) {
        Matcher parts = DATE.matcher(text);
        boolean isIso = parts.matches() && parts.group("year") != null;
        LocalDate day = isIso
                ? LocalDate.of(number(parts, "year"), number(parts, "month"), number(parts, "day"))
                : LocalDate.of(number(parts, "usYear"), number(parts, "usMonth"), number(parts, "usDay"));
        String pattern = isIso ? "yyyy-mm-dd" : "m/d/yyyy";
        return new Cell(Cell.serial(day.atStartOfDay()), new NumberFormat(Type.DATE, pattern));
    }

    private static Cell dateTime(String day, String time) {
        Cell date = date(day);
        String pattern = date.format().pattern() + " " + timePattern(time);
        return new Cell((Double) date.entered() + fraction(time), new NumberFormat(Type.DATE_TIME, pattern));
    }

    private static String timePattern(String text) {
        String pattern = text.matches("\\d{1,2}:\\d{2}:.*") ? "h:mm:ss" : "h:mm";
        return List.of('m', 'M').contains(text.charAt(text.length() - 1)) ? pattern + " am/pm" : pattern;
    }

    private static double fraction(String text) {
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException(text);
        }
        int second = parts.group("second") == null ? 0 : number(parts, "second");
        boolean isHalf = parts.group("half") != null;
        LocalTime time = isHalf
                ? LocalTime.parse(
                                "%d:%s %s"
                                        .formatted(
                                                number(parts, "hour"),
                                                parts.group("minute"),
                                                parts.group("half").toUpperCase(Locale.ROOT)),
                                DateTimeFormatter.ofPattern("h:mm a", Locale.US))
                        .withSecond(second)
                : LocalTime.of(number(parts, "hour"), number(parts, "minute"), second);
        return time.toSecondOfDay() / 86_400.0;
    }

    private static int number(Matcher parts, String name) {
        return Integer.parseInt(parts.group(name));
    }
}
