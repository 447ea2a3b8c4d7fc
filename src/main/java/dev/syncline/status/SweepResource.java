package dev.syncline.status;

import jakarta.ws.rs.Consumes;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Sweep;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Problem;
import dev.syncline.platform.SyncException;

/** The sweep that a run held, and a person's word on it. */
@Path("/api/runs/{id}/sweep")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(mediaType = Problem.JSON, schema = @Schema(implementation = Problem.class)))
class SweepResource {
    private final SweepDecisions sweeps;

    SweepResource(SweepDecisions sweeps) {
        this.sweeps = sweeps;
    }

    /** A person's word on a held sweep. */
    @RegisterForReflection
    record Decision(
            @Schema(enumeration = {"approve", "dismiss"}) @Nullable
            String decision) {
        Sweep.State state() {
            return switch (decision == null ? "" : decision) {
                case "approve" -> Sweep.State.APPROVED;
                case "dismiss" -> Sweep.State.DISMISSED;
                default ->
                    throw new SyncException(ErrorCode.INVALID_PARAMETER, "decision must be one of approve, dismiss");
            };
        }
    }

    @GET
    @Operation(operationId = "getSweep", summary = "The sweep that a run held")
    @APIResponse(
            responseCode = "200",
            description = "The sweep",
            content =
                    @Content(
                            schema = @Schema(implementation = Sweep.class),
                            examples = @ExampleObject(name = "sweep", value = RunExamples.SWEEP)))
    @APIResponse(responseCode = "404", description = "The run held none")
    public Uni<Sweep> get(@RestPath String id) {
        return sweeps.get(id);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "decideSweep",
            summary = "Decide a held sweep",
            description = "approve marks exactly those rows that are still absent, dismiss marks none.")
    @APIResponse(
            responseCode = "200",
            description = "The sweep as it stands now",
            content =
                    @Content(
                            schema = @Schema(implementation = Sweep.class),
                            examples = @ExampleObject(name = "sweep", value = RunExamples.SWEEP)))
    @APIResponse(responseCode = "404", description = "The run held none")
    @APIResponse(responseCode = "409", description = "It was decided or superseded, or the sync runs just now")
    public Uni<Sweep> decide(@RestPath String id, @Nullable Decision decision) {
        return sweeps.decide(id, (decision == null ? new Decision(null) : decision).state());
    }
}
