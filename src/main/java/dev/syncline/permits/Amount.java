package dev.syncline.permits;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Costs and floor areas: exact decimals without trailing zeros (S1-24). */
final class Amount {
    /** What the database's decimal holds, and far beyond any cost; a longer number is a mistake in the feed. */
    private static final int MOST_DIGITS = 34;

    private static final int LONGEST = MOST_DIGITS + "-.".length();
    private static final Pattern NUMBER = Pattern.compile("-?(\\d+\\.?\\d*|\\.\\d+)");

    private Amount() {}

    /** An estimated cost; null when blank, when it holds the registry's "do not touch" text, and when it is no number. */
    static @Nullable BigDecimal cost(Object cell) {
        BigDecimal amount = cell instanceof String text ? parsed(text) : number(cell);
        return amount == null ? null : storable(amount.stripTrailingZeros());
    }

    /** A floor area in square metres; zero and less mean that there is none. */
    static @Nullable BigDecimal area(Object cell) {
        BigDecimal area = cost(cell);
        return area == null || area.signum() <= 0 ? null : area;
    }

    private static @Nullable BigDecimal number(Object cell) {
        if (cell instanceof BigDecimal decimal) {
            return decimal;
        }
        if (cell instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        if (cell instanceof BigInteger whole) {
            return new BigDecimal(whole);
        }
        if (cell instanceof Double number && Double.isFinite(number)) {
            return BigDecimal.valueOf(number);
        }
        return null;
    }

    /** The number that the digits, dots and minus signs of the text make, whatever stands between them. */
    private static @Nullable BigDecimal parsed(String text) {
        String number = withoutDecoration(text);
        boolean decorated = number.length() < text.length();
        if (number.length() > LONGEST || !NUMBER.matcher(number).matches() || decorated && isSentinel(text)) {
            return null;
        }
        return new BigDecimal(number);
    }

    private static String withoutDecoration(String text) {
        StringBuilder number = new StringBuilder(Math.min(text.length(), LONGEST));
        for (int i = 0; i < text.length() && number.length() <= LONGEST; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' || c == '.' || c == '-') {
                number.append(c);
            }
        }
        return number.toString();
    }

    private static boolean isSentinel(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return upper.contains("DO NOT UPDATE") || upper.contains("DO NOT DELETE");
    }

    private static @Nullable BigDecimal storable(BigDecimal amount) {
        boolean fits = amount.precision() <= MOST_DIGITS && Math.abs((long) amount.scale()) <= MOST_DIGITS;
        return fits ? amount : null;
    }
}
