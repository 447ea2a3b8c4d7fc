package dev.syncline.identity;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.Document;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One record of the audit trail as the API shows it.
 *
 * @param actor who it was, where that is known
 * @param errorCode why somebody was refused
 * @param context target, outcome, address, request id, and how often it happened
 */
@RegisterForReflection(registerFullHierarchy = true)
public record AuditEntry(
        String id,

        @Schema(enumeration = {"sync", "auth", "allowlist-change", "anonymization"})
        String eventType,

        String action,

        @Schema(enumeration = {"success", "error", "skipped"})
        String status,

        @Nullable String actor,
        @Nullable String errorCode,
        Instant timestamp,
        Map<String, Object> context) {

    static AuditEntry of(Document entry) {
        Map<String, Object> context = new TreeMap<>(
                Optional.ofNullable(entry.get("context", Document.class)).orElseGet(Document::new));
        for (String name : new String[] {"target", "outcome", "ip", "requestId", "count"}) {
            Optional.ofNullable(entry.get(name)).ifPresent(value -> context.put(name, value));
        }
        boolean isRefusal = "error".equals(entry.getString("status"));
        return new AuditEntry(
                entry.getString("_id"),
                entry.get("type", AuditType.sync.name()).replace('_', '-'),
                entry.getString("action"),
                entry.get("status", "success"),
                entry.getString("actor"),
                isRefusal ? entry.getString("outcome") : null,
                entry.getDate("at").toInstant(),
                context);
    }

    /** The same with another context, for who may not see all of it. */
    public AuditEntry with(Map<String, Object> otherContext) {
        return new AuditEntry(id, eventType, action, status, actor, errorCode, timestamp, new TreeMap<>(otherContext));
    }
}
