package dev.syncline.status;

import java.util.List;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonInclude;
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

import dev.syncline.platform.Problem;

/** What a run did to the rows of its sync. */
@Path("/api/runs/{id}/changes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(mediaType = Problem.JSON, schema = @Schema(implementation = Problem.class)))
class ChangeResource {
    private final Runs runs;
    private final RunChanges changes;

    ChangeResource(Runs runs, RunChanges changes) {
        this.runs = runs;
        this.changes = changes;
    }

    /** A page of changes. */
    @RegisterForReflection(registerFullHierarchy = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChangePage(
            List<RunChanges.ChangeView> items, @Nullable String nextCursor) {}

    @GET
    @Operation(
            operationId = "listChanges",
            summary = "What a run added, changed and found absent",
            description =
                    "Changed fields first, then the rows that were added. Of devices managers alone are told, of sheets that are written admins.")
    @APIResponse(
            responseCode = "200",
            description = "A page of changes",
            content =
                    @Content(
                            schema = @Schema(implementation = ChangePage.class),
                            examples = @ExampleObject(name = "changes", value = RunExamples.CHANGES)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    public Uni<ChangePage> list(@RestPath String id, @BeanParam PageParameters page) {
        int size = page.size();
        String after = page.after(RunChanges.list(id));
        return runs.get(id)
                .chain(run -> changes.page(run, after, size))
                .map(shown -> new ChangePage(shown.items(), shown.nextCursor()));
    }
}
