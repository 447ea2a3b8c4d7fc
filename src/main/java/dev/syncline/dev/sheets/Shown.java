package dev.syncline.dev.sheets;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** What a cell shows, in the locale en_US. */
final class Shown {
    private static final int DIGITS = 10;
    private static final double LARGE = 1e15;
    private static final DecimalFormatSymbols ENGLISH = DecimalFormatSymbols.getInstance(Locale.US);

    private static final Map<String, DecimalFormat> KNOWN = new ConcurrentHashMap<>();

    private Shown() {}

    static String text(@Nullable Object value, @Nullable NumberFormat format) {
        boolean isFormatted =
                value instanceof Double && format != null && !format.pattern().isEmpty();
        if (!isFormatted || format.type() == NumberFormat.Type.TEXT) {
            return general(value);
        }
        double number = (Double) value;
        return format.isTime()
                ? TimePattern.shown(Cell.time(number), format.pattern())
                : number(number, format.pattern());
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
        // A format is of one thread, so each cell has its copy.
        DecimalFormat format = (DecimalFormat)
                KNOWN.computeIfAbsent(pattern, Shown::translated).clone();
        return format.format(BigDecimal.valueOf(number));
    }

    private static DecimalFormat translated(String pattern) {
        String java = pattern.replace("'", "''")
                .replaceAll("\\[\\$([^\\]]*)]", "\"$1\"")
                .replace('"', '\'');
        DecimalFormat format = new DecimalFormat(java, ENGLISH);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format;
    }
}
