package dev.syncline.writeback;

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
 * Errors as the write-back's family tells them (S2): {@code {"success": false, "error"}}, with the two that its callers know by
 * their words. A 409 adds the run that stands in the way.
 */
@ApplicationScoped
class WriteBackErrorShape implements ErrorShape {
    private static final Pattern FAMILY = Pattern.compile("/api/sync/(write-back|queue)(/.*)?");
    private static final String UNAUTHORIZED = "Unauthorized";
    private static final String ADMIN_ONLY = "Admin only";

    /**
     * @param error what is wrong, in a line
     * @param message the rest of it, where the error does not say all
     */
    @Schema(name = "WriteBackError", additionalProperties = Schema.True.class)
    @RegisterForReflection(registerFullHierarchy = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(
            boolean success,
            String error,
            @Nullable String message,
            String code,
            String nextStep,
            String reference,
            @Schema(hidden = true) @JsonAnyGetter Map<String, Object> details) {}

    @Override
    public boolean serves(String path) {
        return FAMILY.matcher(path).matches();
    }

    @Override
    public Object body(Problem problem) {
        String error = error(problem);
        return new Body(
                false,
                error,
                error.equals(problem.detail()) ? null : problem.detail(),
                problem.code(),
                problem.nextStep(),
                problem.reference(),
                problem.details());
    }

    private static String error(Problem problem) {
        if (problem.status() == 401) {
            return UNAUTHORIZED;
        }
        if ("ROLE_INSUFFICIENT".equals(problem.details().get("reason"))) {
            return ADMIN_ONLY;
        }
        return problem.status() < 500 ? problem.detail() : problem.title();
    }
}
