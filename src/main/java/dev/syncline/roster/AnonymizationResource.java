package dev.syncline.roster;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.identity.Envelope;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** {@code /api/devices/anonymize}: the switch that hides people in all that this browser is shown of the roster (S0-46). */
@Path("/api/devices/anonymize")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "devices")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(schema = @Schema(implementation = AnonymizationResource.Answer.class)))
class AnonymizationResource {
    private final Anonymization anonymization;
    private final AuditTrail audit;
    private final Clock clock;
    private final boolean isBehindTls;

    AnonymizationResource(
            Anonymization anonymization,
            AuditTrail audit,
            Clock clock,
            @ConfigProperty(name = "quarkus.oidc.authentication.cookie-force-secure", defaultValue = "false")
                    boolean isBehindTls) {
        this.anonymization = anonymization;
        this.audit = audit;
        this.clock = clock;
        this.isBehindTls = isBehindTls;
    }

    /** What is to be. */
    @Schema(name = "AnonymizationWish")
    @RegisterForReflection
    record Wish(@Schema(required = true) @Nullable Boolean enabled) {}

    /** @param updatedAt when the switch was last used; null if it never was, or not for seven days */
    @Schema(name = "Anonymization")
    @RegisterForReflection
    record Shown(boolean enabled, @Nullable Instant updatedAt) {}

    /** For the API description: an envelope of the switch. */
    @Schema(name = "AnonymizationAnswer")
    record Answer(
            @Nullable Shown data,
            @Schema(hidden = true) @Nullable Map<String, Object> meta,
            Envelope.@Nullable Failure error) {}

    @GET
    @Operation(operationId = "getAnonymization", summary = "Whether the caller sees placeholders for people")
    @APIResponse(
            responseCode = "200",
            description = "The switch",
            content =
                    @Content(
                            schema = @Schema(implementation = Answer.class),
                            examples = @ExampleObject(name = "on", value = DeviceExamples.ANONYMIZATION)))
    public Envelope<Shown> get() {
        return Envelope.of(anonymization
                .cookie()
                .map(cookie -> new Shown(cookie.enabled(), cookie.updatedAt()))
                .orElse(new Shown(false, null)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setAnonymization",
            summary = "Show placeholders for people, or show people again",
            description =
                    "Counts for the caller's browser, for seven days: the answer sets a cookie that a script cannot read."
                            + " What is hidden can be neither searched nor sorted by meanwhile.")
    @APIResponse(
            responseCode = "200",
            description = "The switch as it is now",
            content =
                    @Content(
                            schema = @Schema(implementation = Answer.class),
                            examples = @ExampleObject(name = "on", value = DeviceExamples.ANONYMIZATION)))
    @APIResponse(responseCode = "400", description = "enabled is neither true nor false")
    public Uni<RestResponse<Envelope<Shown>>> set(@Nullable Wish wish) {
        AnonymizationCookie cookie = new AnonymizationCookie(checked(wish), now());
        return audit.record(
                        AuditType.anonymization,
                        "ANONYMIZATION_TOGGLED",
                        RosterSync.DEVICES,
                        cookie.enabled() ? "on" : "off",
                        Map.of("enabled", cookie.enabled()))
                .replaceWith(() -> answer(cookie));
    }

    /** As exact as the cookie is. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** On is promised only where it can be kept. */
    private boolean checked(@Nullable Wish wish) {
        if (wish == null || wish.enabled() == null) {
            throw new SyncException(ErrorCode.INVALID_REQUEST, "enabled must be true or false");
        }
        if (wish.enabled()) {
            var unused = anonymization.anonymizer();
        }
        return wish.enabled();
    }

    private RestResponse<Envelope<Shown>> answer(AnonymizationCookie cookie) {
        Shown shown = new Shown(cookie.enabled(), cookie.updatedAt());
        return RestResponse.ResponseBuilder.ok(Envelope.of(shown))
                .cookie(cookie.baked(isBehindTls))
                .build();
    }
}
