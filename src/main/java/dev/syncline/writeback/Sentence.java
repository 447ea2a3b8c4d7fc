package dev.syncline.writeback;

import org.jspecify.annotations.Nullable;

/** A detail, which begins in the middle of a sentence, as one of its own. */
final class Sentence {
    private Sentence() {}

    /** Empty for nothing. */
    static String of(@Nullable String detail) {
        if (detail == null || detail.isBlank()) {
            return "";
        }
        String end = detail.endsWith(".") ? "" : ".";
        return Character.toUpperCase(detail.charAt(0)) + detail.substring(1) + end;
    }
}
