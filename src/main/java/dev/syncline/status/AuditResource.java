package dev.syncline.status;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditEntry;
import dev.syncline.identity.Envelope;

/** {@code GET /api/audit}: who did what, and who was refused (S0-43). */
@Path("/api/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "identity", description = "Who calls, and who may")
class AuditResource {
    private static final String EXAMPLE = """
            {"data": [{
               "id": "01a2048a-97b2-7000-ac33-42fc5347a301", "eventType": "auth", "action": "ACCESS_DENIED",
               "status": "error", "actor": "sam@example.org", "errorCode": "ROLE_INSUFFICIENT",
               "timestamp": "2026-01-31T06:00:00Z",
               "context": {"target": "POST /api/syncs/{sync}/runs", "ip": "203.0.113.7", "count": 3,
                           "requestId": "01a2048a-97b1-7000-ac33-42fc5347a301", "outcome": "ROLE_INSUFFICIENT"}}],
             "meta": {"limit": 20, "nextCursor": null},
             "error": null}
            """;

    private final AuditFeed feed;

    AuditResource(AuditFeed feed) {
        this.feed = feed;
    }

    /** For the API description: an envelope of records. */
    @Schema(name = "AuditAnswer")
    record Answer(
            @Nullable List<AuditEntry> data, @Nullable Map<String, Object> meta, Envelope.@Nullable Failure error) {}

    @GET
    @Operation(
            operationId = "listAudit",
            summary = "Who did what, when, from where and with which outcome; newest first",
            description =
                    "Callers who were refused stand there too; repeats within a minute are counted in one record. A run "
                            + "that a person asked for stands there from the moment of its end, a failed one in any case.")
    @APIResponse(
            responseCode = "200",
            description = "The newest records; meta.nextCursor leads on",
            content =
                    @Content(
                            schema = @Schema(implementation = Answer.class),
                            examples = @ExampleObject(name = "audit", value = EXAMPLE)))
    @APIResponse(
            responseCode = "500",
            description = "Something failed; the log has it under the reference",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    public Uni<Envelope<List<AuditEntry>>> list(
            @Parameter(
                            description = "only these types: repeated, or separated by commas",
                            schema =
                                    @Schema(
                                            type = SchemaType.ARRAY,
                                            implementation = String.class,
                                            enumeration = {"sync", "auth", "allowlist-change", "anonymization"}))
                    @RestQuery
                    List<String> eventType,
            @Parameter(description = "only what was done to the device of this serial", example = "abc-1")
                    @RestQuery
                    @Nullable
                    String serial,
            @Parameter(description = "the same as serial") @RestQuery @Nullable String deviceId,
            @BeanParam PageParameters page) {
        int size = page.size();
        return feed.page(eventType, target(serial, deviceId), page)
                .map(shown -> Envelope.of(shown.items(), meta(size, shown.nextCursor())));
    }

    private static @Nullable String target(@Nullable String serial, @Nullable String deviceId) {
        String given = serial == null ? deviceId : serial;
        if (given != null && given.isBlank()) {
            throw Parameters.refused("serial must name a device");
        }
        return given == null ? null : given.strip().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> meta(int limit, @Nullable String nextCursor) {
        Map<String, Object> meta = new HashMap<>();
        meta.put("limit", limit);
        meta.put("nextCursor", nextCursor);
        return meta;
    }
}
