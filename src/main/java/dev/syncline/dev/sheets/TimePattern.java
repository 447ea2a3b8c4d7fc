package dev.syncline.dev.sheets;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern for dates and times of Google Sheets, such as {@code m/d/yyyy h:mm}, as one of Java. */
final class TimePattern {
    private static final Pattern PARTS =
            Pattern.compile("(?:\"[^\"]*\")+|y+|d+|h+|m+|s+|am/pm|a/p|\\.0+|.", Pattern.CASE_INSENSITIVE);
    /** After an hour, an {@code m} is a minute, and so it is before a second. */
    private static final Pattern AN_HOUR_AGO = Pattern.compile("h[^a-z]*$", Pattern.CASE_INSENSITIVE);

    private static final Pattern A_SECOND_NEXT = Pattern.compile("^[^a-z]*s", Pattern.CASE_INSENSITIVE);
    private static final Pattern HALF_DAY = Pattern.compile("am/pm|a/p", Pattern.CASE_INSENSITIVE);

    private static final Map<String, DateTimeFormatter> KNOWN = new ConcurrentHashMap<>();

    private TimePattern() {}

    static String shown(LocalDateTime time, String pattern) {
        return KNOWN.computeIfAbsent(pattern, TimePattern::translated).format(time);
    }

    private static DateTimeFormatter translated(String pattern) {
        boolean isHalfDay = HALF_DAY.matcher(pattern).find();
        StringBuilder java = new StringBuilder();
        Matcher parts = PARTS.matcher(pattern);
        while (parts.find()) {
            java.append(part(parts.toMatchResult(), pattern, isHalfDay));
        }
        return DateTimeFormatter.ofPattern(java.toString(), Locale.US);
    }

    private static String part(MatchResult found, String pattern, boolean isHalfDay) {
        String part = found.group();
        int length = part.length();
        return switch (Character.toLowerCase(part.charAt(0))) {
            case 'y' -> length > 2 ? "uuuu" : "uu";
            case 'd' -> length > 2 ? "E".repeat(length) : "d".repeat(length);
            case 'm' -> isMinute(found, pattern) ? "m".repeat(Math.min(length, 2)) : "M".repeat(length);
            case 'h' -> (isHalfDay ? "h" : "H").repeat(length);
            case 's' -> "s".repeat(length);
            case 'a' -> "a";
            case '.' -> length > 1 ? "." + "S".repeat(length - 1) : ".";
            default -> literal(part.replace("\"", ""));
        };
    }

    private static String literal(String text) {
        // What needs no quotes gets none: two quoted texts in a row would have one of Java's quotes between them.
        return text.matches("[ ,:/.-]*") ? text : "'" + text.replace("'", "''") + "'";
    }

    private static boolean isMinute(MatchResult found, String pattern) {
        return AN_HOUR_AGO.matcher(pattern.substring(0, found.start())).find()
                || A_SECOND_NEXT.matcher(pattern.substring(found.end())).find();
    }
}
