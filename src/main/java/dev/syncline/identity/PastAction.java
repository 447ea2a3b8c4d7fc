package dev.syncline.identity;

import java.time.Instant;
import java.util.Date;
import java.util.Map;

import org.bson.Document;

/**
 * What came of an action after its request was over, for the trail.
 *
 * @param id always the same for the same action, and time-ordered; so it may be recorded twice
 * @param actor who began it
 * @param target what was acted on, such as a run's id
 * @param result in one word, such as an error code
 */
public record PastAction(
        String id,
        Instant at,
        AuditType type,
        String action,
        String actor,
        String target,
        Outcome outcome,
        String result,
        String requestId,
        Map<String, Object> context) {

    /** As the API writes it. */
    public enum Outcome {
        success,
        error,
        skipped
    }

    /** As the feed shows it, be it recorded yet or not. */
    public AuditEntry shown() {
        return AuditEntry.of(stored());
    }

    Document stored() {
        return new Document("_id", id)
                .append("at", Date.from(at))
                .append("type", type.name())
                .append("actor", actor)
                .append("action", action)
                .append("target", target)
                .append("outcome", result)
                .append("status", outcome.name())
                .append("requestId", requestId)
                .append("context", new Document(context));
    }
}
