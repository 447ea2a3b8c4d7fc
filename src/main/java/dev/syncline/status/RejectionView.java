package dev.syncline.status;

import java.util.Arrays;

import io.quarkus.runtime.annotations.RegisterForReflection;

import dev.syncline.ingest.Rejection;
import dev.syncline.platform.ErrorCode;

/**
 * A record that was set aside: where it stands, why, and what to do about it.
 *
 * @param raw the record as it came, cut to 2 KB
 */
@RegisterForReflection
record RejectionView(String place, String code, String reason, String hint, String raw) {
    static RejectionView of(Rejection rejection) {
        String hint = Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(rejection.code()))
                .map(ErrorCode::nextStep)
                .findFirst()
                .orElse("");
        return new RejectionView(rejection.place(), rejection.code(), rejection.reason(), hint, rejection.raw());
    }
}
