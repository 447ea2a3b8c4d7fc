package dev.syncline.permits;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.bson.Document;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One changed field of a permit, in the words of S1's history. */
record PermitChange(
        @JsonProperty("permit_num") String permitNum,
        @JsonProperty("revision_num") String revisionNum,
        @JsonProperty("sync_run_id") String syncRunId,
        @JsonProperty("field_name") String fieldName,

        @JsonProperty("old_value") @Schema(nullable = true) @Nullable
        String oldValue,

        @JsonProperty("new_value") @Schema(nullable = true) @Nullable
        String newValue,

        @JsonProperty("changed_at") Instant changedAt) {
    static PermitChange of(PermitKey key, Document stored) {
        return new PermitChange(
                key.permitNum(),
                key.revisionNum(),
                stored.getString("run"),
                stored.getString("field"),
                stored.getString("from"),
                stored.getString("to"),
                stored.getDate("at").toInstant());
    }
}
