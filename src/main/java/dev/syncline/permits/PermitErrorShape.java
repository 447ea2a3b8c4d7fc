package dev.syncline.permits;

import java.util.Map;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorShape;
import dev.syncline.platform.Problem;

/** Errors as the permits family tells them: {@code {"error"}} for the caller's own, {@code {"error","message"}} else (S1). */
@ApplicationScoped
class PermitErrorShape implements ErrorShape {
    private static final Pattern FAMILY = Pattern.compile("/api(/admin)?/sync|/api/permits(/.*)?");

    @RegisterForReflection(registerFullHierarchy = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(
            String error,
            @Nullable String message,
            @Nullable String code,
            @Nullable String reference,
            @JsonAnyGetter Map<String, Object> details) {}

    @Override
    public boolean serves(String path) {
        return FAMILY.matcher(path).matches();
    }

    @Override
    public Object body(Problem problem) {
        if (problem.status() == 400 || problem.status() == 404) {
            return new Body(problem.detail(), null, null, null, Map.of());
        }
        return new Body(problem.title(), problem.detail(), problem.code(), problem.reference(), problem.details());
    }
}
