package dev.syncline.dashboard;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** Why a page, or a part of one, cannot be shown, and what to do about it. */
public record Trouble(int status, String title, String words, String nextStep, String code) {
    public static Trouble of(ErrorCode code, String detail) {
        return new Trouble(code.status(), code.title(), sentence(detail), code.nextStep(), code.name());
    }

    public static Trouble of(SyncException failure) {
        return of(failure.code(), failure.detail());
    }

    private static String sentence(String words) {
        String end = words.endsWith(".") ? "" : ".";
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + end;
    }
}
