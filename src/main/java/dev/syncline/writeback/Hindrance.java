package dev.syncline.writeback;

import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;

/**
 * What stands in the way of a change, in words, and what to do about it.
 *
 * @param nextStep empty for a code of another version of the service
 * @param runbook where more stands; empty likewise
 */
record Hindrance(String code, String title, String nextStep, String runbook) {
    private static final String NO_CODE = "UNKNOWN_FAILURE";

    static Hindrance of(@Nullable String name) {
        String code = name == null ? NO_CODE : name;
        return find(code)
                .map(known -> new Hindrance(code, known.title(), known.nextStep(), "/docs/runbook/" + known.slug()))
                .orElseGet(() -> new Hindrance(code, code, "", ""));
    }

    private static Optional<ErrorCode> find(String name) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(name))
                .findFirst();
    }
}
