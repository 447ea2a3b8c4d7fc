package dev.syncline.dev.sheets;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** What a cell shows, in the locale en_US. */
final class Shown {
    private static final int DIGITS = 10;
    private static final double LARGE = 1e15;
    private static final DecimalFormatSymbols ENGLISH = DecimalFormatSymbols.getInstance(Locale.US);
    private static final Pattern DATE_PARTS =
            Pattern.compile("\"[^\"]*\"|y+|d+|h+(?=[^a-z]*m)|h+|m+|s+|am/pm|a/p|\\.0+|.", Pattern.CASE_INSENSITIVE);
    private static final Pattern MINUTES = Pattern.compile("h[^a-z]*$", Pattern.CASE_INSENSITIVE);

    private Shown() {}

    static String text(@Nullable Object value, @Nullable NumberFormat format) {
        boolean isFormatted =
                value instanceof Double && format != null && !format.pattern().isEmpty();
        if (!isFormatted || format.type() == NumberFormat.Type.TEXT) {
            return general(value);
        }
        double number = (Double) value;
        return format.isTime() ? time(number, format.pattern()) : number(number, format.pattern());
    }

    /** In the automatic format. */
    static String general(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Boolean flag) {
            return flag ? "TRUE" : "FALSE";
        }
        if (value instanceof CellError error) {
            return error.text();
        }
        return value instanceof Double number ? general(number.doubleValue()) : value.toString();
    }

    private static String general(double number) {
        if (Math.abs(number) >= LARGE) {
            return new DecimalFormat("0.#####E0", ENGLISH).format(number).replaceAll("E(\\d)", "E+$1");
        }
        BigDecimal exact = BigDecimal.valueOf(number);
        boolean isWhole = exact.stripTrailingZeros().scale() <= 0;
        BigDecimal rounded = isWhole ? exact : exact.round(new MathContext(DIGITS, RoundingMode.HALF_UP));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static String number(double number, String pattern) {
        String java = pattern.replace("'", "''")
                .replaceAll("\\[\\$([^\\]]*)]", "\"$1\"")
                .replace('"', '\'');
        DecimalFormat format = new DecimalFormat(java, ENGLISH);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(BigDecimal.valueOf(number));
    }

    private static String time(double serial, String pattern) {
        LocalDateTime time = Cell.time(serial);
        boolean isHalfDay = pattern.toLowerCase(Locale.ROOT).matches(".*(am/pm|a/p).*");
        StringBuilder text = new StringBuilder();
        Matcher parts = DATE_PARTS.matcher(pattern);
        while (parts.find()) {
            boolean isMinute =
                    MINUTES.matcher(pattern.substring(0, parts.start())).find()
                            || pattern.substring(parts.end()).matches("(?i)[^a-z]*s.*");
            text.append(part(parts.group(), time, isMinute, isHalfDay));
        }
        return text.toString();
    }

    private static String part(String part, LocalDateTime time, boolean isMinute, boolean isHalfDay) {
        String java =
                switch (Character.toLowerCase(part.charAt(0))) {
                    case 'y' -> part.length() > 2 ? "uuuu" : "uu";
                    case 'd' -> part.length() > 2 ? "E".repeat(part.length()) : "d".repeat(part.length());
                    case 'm' -> (isMinute ? "m" : "M").repeat(isMinute ? Math.min(part.length(), 2) : part.length());
                    case 'h' -> (isHalfDay ? "h" : "H").repeat(part.length());
                    case 's' -> "s".repeat(part.length());
                    case 'a' -> "a";
                    default -> "";
                };
        if (java.isEmpty()) {
            return part.startsWith(".0")
                    ? DateTimeFormatter.ofPattern("." + "S".repeat(part.length() - 1))
                            .format(time)
                    : part.replace("\"", "");
        }
        return DateTimeFormatter.ofPattern(java, Locale.US).format(time);
    }
}
