package dev.syncline.writeback;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * How a model's tab was found when it was last looked at.
 *
 * @param code why it cannot be written to; null where it can
 */
@RegisterForReflection(registerFullHierarchy = true)
public record TabCheck(
        @BsonId String model,
        State state,
        @Nullable String code,
        @Nullable String detail,
        Instant checkedAt) {
    /** Whether it can be written to. */
    public enum State {
        READABLE,
        /** Not until a person changes the tab, or the configuration; the model's items wait (S2-46). */
        BLOCKED,
        /** It could not be looked at. */
        FAILED
    }
}
