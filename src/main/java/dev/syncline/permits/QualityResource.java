package dev.syncline.permits;

import java.time.Instant;
import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;

/** How good the permits are, day by day (S1, Spec 28). */
@Path(QualityResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "permits")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the id that the answer carries",
        content = @Content(schema = @Schema(implementation = PermitErrorShape.Body.class)))
class QualityResource {
    static final String PATH = "/api/quality";

    private static final int SHOWN = 30;

    private final QualityStore store;
    private final QualitySurvey survey;
    private final AuditTrail audit;

    QualityResource(QualityStore store, QualitySurvey survey, AuditTrail audit) {
        this.store = store;
        this.survey = survey;
        this.audit = audit;
    }

    /**
     * @param current the newest snapshot; null before the first
     * @param trends the newest snapshots, newest first, at most one a day
     */
    @RegisterForReflection
    record Quality(
            @Nullable QualitySnapshot current,
            List<QualitySnapshot> trends,
            @Nullable Instant lastUpdated) {
        static Quality of(List<QualitySnapshot> newest) {
            QualitySnapshot current = newest.isEmpty() ? null : newest.get(0);
            return new Quality(current, newest, current == null ? null : current.createdAt());
        }
    }

    @RegisterForReflection
    record Refreshed(QualitySnapshot snapshot) {}

    @GET
    @Operation(
            operationId = "getQuality",
            summary = "How good the permits are, and were on the last 30 days that were looked at",
            description = "Looked at after each completed run; days without one are missing.")
    @APIResponse(
            responseCode = "200",
            description = "The newest snapshot, and the newest 30 with it",
            content =
                    @Content(
                            schema = @Schema(implementation = Quality.class),
                            examples = @ExampleObject(name = "quality", value = PermitExamples.QUALITY)))
    public Uni<Quality> get() {
        return store.newest(SHOWN).map(Quality::of);
    }

    @POST
    @Path("/refresh")
    @Operation(
            operationId = "refreshQuality",
            summary = "Look at the permits now",
            description = "Takes the place of an earlier snapshot of the same day.")
    @APIResponse(
            responseCode = "200",
            description = "What was found",
            content =
                    @Content(
                            schema = @Schema(implementation = Refreshed.class),
                            examples = @ExampleObject(name = "snapshot", value = PermitExamples.QUALITY_SNAPSHOT)))
    public Uni<Refreshed> refresh() {
        return survey.take()
                .call(snapshot ->
                        audit.record(AuditType.sync, "QUALITY_REFRESHED", PermitsJob.SYNC, snapshot.snapshotDate()))
                .map(Refreshed::new);
    }
}
