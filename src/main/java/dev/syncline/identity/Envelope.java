package dev.syncline.identity;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The shape of answers in the roster's family (S0): data or an error, the other one null.
 *
 * @param meta about the data: pages, counts
 */
@RegisterForReflection(registerFullHierarchy = true)
public record Envelope<T>(
        @Nullable T data,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> meta,
        @Nullable Failure error) {

    /** @param referenceId the request's id, found in the log */
    @Schema(name = "EnvelopeError")
    @RegisterForReflection
    public record Failure(
            String code,
            String message,
            String recommendation,
            String referenceId,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> details) {}

    public static <T> Envelope<T> of(T data) {
        return new Envelope<>(data, null, null);
    }

    public static <T> Envelope<T> of(T data, Map<String, Object> meta) {
        return new Envelope<>(data, meta, null);
    }
}
