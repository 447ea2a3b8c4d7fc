package dev.syncline.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * Who or what asked for a run.
 *
 * @param actor the person or machine, as identity names it
 * @param requestId the request that asked, found in every log line of the work
 */
@RegisterForReflection(registerFullHierarchy = true)
@com.fasterxml.jackson.annotation.JsonInclude(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL)
public record Trigger(
        Kind kind, String actor, String requestId, @Nullable String idempotencyKey) {
    public enum Kind {
        manual,
        scheduled,
        connect,
        retry
    }
}
