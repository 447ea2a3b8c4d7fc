package dev.syncline.source;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/** What a cell says as text. Whether a source spelt a value as a number or as text leaves no trace (S1, normalisation). */
public final class CellText {
    /** From here on plain notation is only zeros; a cell such as 1E+999999999 must not become a gigabyte of them. */
    private static final int LONGEST_PLAIN = 40;

    private static final char ZERO_WIDTH_SPACE = '\u200B';
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    private CellText() {}

    /** The text without outer blanks; null when nothing is left, and for NaN and the infinities. */
    public static @Nullable String of(Object cell) {
        if (cell instanceof String text) {
            return stripped(text);
        }
        if (cell instanceof BigDecimal number) {
            return plain(number);
        }
        if (cell instanceof Double number) {
            return Double.isFinite(number) ? plain(BigDecimal.valueOf(number)) : null;
        }
        return cell.toString();
    }

    /** {@code 7.0} is the number 7, so it reads "7". */
    private static String plain(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean plain = Math.abs((long) shortest.scale()) <= LONGEST_PLAIN;
        return plain ? shortest.toPlainString() : shortest.toString();
    }

    private static @Nullable String stripped(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return start == end ? null : wellFormed(text.substring(start, end));
    }

    /** Wider than {@link String#strip}, which leaves no-break spaces, and than {@link String#trim}. */
    private static boolean isBlank(char c) {
        if (c > ' ' && c < '\u007F') {
            return false;
        }
        return Character.isISOControl(c)
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || c == ZERO_WIDTH_SPACE
                || c == BYTE_ORDER_MARK;
    }

    /** JSON can escape half a surrogate pair, which UTF-8, and so the hash and the database, cannot express. */
    private static String wellFormed(String text) {
        int at = loneSurrogate(text, 0);
        if (at < 0) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text);
        for (; at >= 0; at = loneSurrogate(text, at + 1)) {
            repaired.setCharAt(at, REPLACEMENT);
        }
        return repaired.toString();
    }

    private static int loneSurrogate(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
