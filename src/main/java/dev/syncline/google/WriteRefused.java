package dev.syncline.google;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** Google has understood a write and will not do it, nor any part of it; its words are the detail, made fit to be shown. */
public final class WriteRefused extends SyncException {
    private static final int MAX_TOLD = 200;

    private WriteRefused(ErrorCode code, String said, Throwable cause) {
        super(code, said, cause);
    }

    /** RANGE_PROTECTED, SHEET_FULL, WRITE_REJECTED. */
    static WriteRefused of(@Nullable String said, Throwable cause) {
        String told = said == null ? "Google says no more than that" : told(said);
        return new WriteRefused(code(told.toLowerCase(Locale.ROOT)), told, cause);
    }

    static boolean isOfProtection(@Nullable String said) {
        return said != null && said.toLowerCase(Locale.ROOT).contains("protected");
    }

    private static ErrorCode code(String said) {
        if (isOfProtection(said)) {
            return ErrorCode.RANGE_PROTECTED;
        }
        return said.contains("number of cells") && said.contains("limit")
                ? ErrorCode.SHEET_FULL
                : ErrorCode.WRITE_REJECTED;
    }

    /** It may repeat what was sent, so it is cut, and holds nothing that a terminal or a page would act upon. */
    private static String told(String said) {
        String safe = said.replaceAll("[^\\p{L}\\p{N}\\x20-\\x7e]", " ").strip();
        return safe.length() <= MAX_TOLD ? safe : safe.substring(0, MAX_TOLD).strip();
    }
}
