package dev.syncline.writeback;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A model whose tab could not be written to when somebody last looked (S2-46). */
@Schema(name = "BlockedTab")
@RegisterForReflection
record BlockedTab(
        String model, @Nullable String code, @Nullable String detail, Instant checkedAt) {
    static BlockedTab of(TabCheck check) {
        return new BlockedTab(check.model(), check.code(), check.detail(), check.checkedAt());
    }
}
