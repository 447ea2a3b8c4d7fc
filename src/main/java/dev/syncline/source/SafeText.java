package dev.syncline.source;

import java.nio.charset.StandardCharsets;

/** Text from outside made fit for a message: one line, bounded, nothing that a terminal or a page would act upon. */
public final class SafeText {
    private SafeText() {}

    static String of(byte[] bytes, int max) {
        return of(new String(bytes, 0, Math.min(bytes.length, max * 4), StandardCharsets.UTF_8), max);
    }

    /** At most {@code max} characters. */
    public static String of(String text, int max) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length() && safe.length() < max; i++) {
            safe.append(isSafe(text.charAt(i)) ? text.charAt(i) : ' ');
        }
        return safe.toString().strip();
    }

    private static boolean isSafe(char c) {
        return Character.isLetterOrDigit(c) || c >= ' ' && c < 127;
    }
}
