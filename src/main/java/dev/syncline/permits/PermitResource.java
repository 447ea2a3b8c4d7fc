package dev.syncline.permits;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** The permits that we keep, page by page and one by one (S1, endpoints). */
@Path("/api/permits")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "permits", description = "Building permits as the last sync left them")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the id that the answer carries",
        content = @Content(schema = @Schema(implementation = PermitErrorShape.Body.class)))
class PermitResource {
    private final PermitReader reader;

    PermitResource(PermitReader reader) {
        this.reader = reader;
    }

    @GET
    @Operation(
            operationId = "listPermits",
            summary = "A page of permits",
            description = "Selected by any of the parameters together, in a stable order.")
    @APIResponse(
            responseCode = "200",
            description = "The page",
            content =
                    @Content(
                            schema = @Schema(implementation = PermitPage.class),
                            examples = @ExampleObject(name = "page", value = PermitExamples.PAGE)))
    @APIResponse(responseCode = "400", description = "A parameter has a value that is not allowed")
    public Uni<PermitPage> list(@BeanParam PermitParameters parameters) {
        return reader.page(PermitQuery.of(parameters));
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getPermit",
            summary = "One permit with its history and its builder",
            description = "The history holds the last 50 changed fields, newest first.")
    @APIResponse(
            responseCode = "200",
            description = "The permit",
            content =
                    @Content(
                            schema = @Schema(implementation = PermitDetail.class),
                            examples = @ExampleObject(name = "permit", value = PermitExamples.DETAIL)))
    @APIResponse(responseCode = "400", description = "The id is not a permit number and a revision")
    @APIResponse(responseCode = "404", description = "There is no such permit")
    public Uni<PermitDetail> get(
            @RestPath
                    @Parameter(
                            description = "Permit number and revision, joined by '--'",
                            example = "21 178362 BLD--00")
                    String id) {
        return reader.detail(keyOf(id));
    }

    private static PermitKey keyOf(String id) {
        return PermitKey.parse(id)
                .orElseThrow(() -> new SyncException(
                        ErrorCode.INVALID_PARAMETER,
                        "An id is a permit number and a revision joined by '--', such as 21 178362 BLD--00."));
    }
}
