package dev.syncline.roster;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.Document;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One changed field of a device. While anonymization is on every attribute's values are hidden, numbers too: a change keeps
 * text alone, so what was a number is not known any more.
 */
@RegisterForReflection
record DeviceChange(
        String field,
        String kind,
        @Schema(nullable = true) @Nullable String from,
        @Schema(nullable = true) @Nullable String to,
        String runId,
        Instant changedAt) {
    static DeviceChange of(Document stored, Veil veil) {
        String serial = stored.getString("key");
        String field = stored.getString("field");
        return new DeviceChange(
                field,
                stored.getString("kind"),
                veil.text(serial, field, stored.getString("from")),
                veil.text(serial, field, stored.getString("to")),
                stored.getString("run"),
                stored.getDate("at").toInstant());
    }
}
