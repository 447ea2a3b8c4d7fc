package dev.syncline.status;

import jakarta.ws.rs.HeaderParam;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * How whoever starts a run wants to be answered, as it came; what is wrong with it is told by {@link RunStarts}.
 *
 * @param key a repeat with the same one starts nothing
 * @param prefer {@code wait=N} (RFC 7240)
 */
public record StartParameters(
        @HeaderParam("Idempotency-Key")
        @Parameter(
                description = "a repeat with the same key within 24 hours starts nothing",
                example = "2026-01-31-nightly")
        @Nullable
        String key,

        @HeaderParam("Prefer")
        @Parameter(description = "wait=N: up to N seconds for the end (RFC 7240)", example = "wait=30")
        @Nullable
        String prefer,

        @RestQuery("wait")
        @Parameter(description = "wait for the end, as long as is allowed", schema = @Schema(type = SchemaType.BOOLEAN))
        @Nullable
        String waits) {}
