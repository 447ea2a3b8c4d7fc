package dev.syncline.permits;

import java.util.Map;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorShape;
import dev.syncline.platform.Problem;

/**
 * Errors as the permits family tells them (S1): {@code {"error"}} for the caller's own, to which a 409 adds the run that
 * stands in the way, and {@code {"error","message"}} for ours. The request's id is in the header of every answer.
 */
@ApplicationScoped
class PermitErrorShape implements ErrorShape {
    private static final Pattern FAMILY = Pattern.compile("/api(/admin)?/sync/?|/api/permits(/.*)?|/api/quality(/.*)?");

    @Schema(name = "PermitError", additionalProperties = Schema.True.class)
    @RegisterForReflection(registerFullHierarchy = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(
            String error,
            @Nullable String message,
            @Schema(hidden = true) @JsonAnyGetter Map<String, Object> details) {}

    @Override
    public boolean serves(String path) {
        return FAMILY.matcher(path).matches();
    }

    @Override
    public Object body(Problem problem) {
        return problem.status() < 500
                ? new Body(problem.detail(), null, problem.details())
                : new Body(problem.title(), problem.detail(), Map.of());
    }
}
