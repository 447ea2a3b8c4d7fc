package dev.syncline.platform;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What went wrong with a request (RFC 9457), for our own resources and as the source of the shapes that other families use.
 *
 * @param type the runbook page of the code
 * @param reference the request's id, found in the log
 * @param details further members, such as the run that stands in the way
 */
@Schema(additionalProperties = Schema.True.class)
@RegisterForReflection(registerFullHierarchy = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String nextStep,
        String reference,
        @Schema(hidden = true) @JsonAnyGetter Map<String, Object> details) {

    public static final String JSON = "application/problem+json";

    public Problem {
        details = Map.copyOf(details);
    }

    public static Problem of(
            ErrorCode code, String detail, String instance, String reference, Map<String, Object> details) {
        String type = "/docs/runbook/" + code.slug() + ".md";
        return new Problem(
                type, code.title(), code.status(), detail, instance, code.name(), code.nextStep(), reference, details);
    }
}
