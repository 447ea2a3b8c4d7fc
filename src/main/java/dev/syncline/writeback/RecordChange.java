package dev.syncline.writeback;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A change that is to be queued.
 *
 * @param actor who tells of it: an account, a machine, or {@code tail}
 */
record RecordChange(
        String model,
        String recordId,
        Action action,
        @Nullable Document payload,
        String actor,
        @Nullable String requestId) {}
