package dev.syncline.status;

import java.util.List;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.identity.Caller;
import dev.syncline.platform.Problem;
import dev.syncline.run.Run;
import dev.syncline.run.RunCancel;
import dev.syncline.run.RunStore;

/** Runs: their history, and their end before its time. */
@Path("/api/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs", description = "What became of each run, and what a person may do with it")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(mediaType = Problem.JSON, schema = @Schema(implementation = Problem.class)))
class RunResource {
    private static final String LIST = "runs";

    private final RunStore store;
    private final Runs runs;
    private final Syncs syncs;
    private final RunCancel cancels;
    private final AuditTrail audit;
    private final Caller caller;

    RunResource(RunStore store, Runs runs, Syncs syncs, RunCancel cancels, AuditTrail audit, Caller caller) {
        this.store = store;
        this.runs = runs;
        this.syncs = syncs;
        this.cancels = cancels;
        this.audit = audit;
        this.caller = caller;
    }

    /** A page of history. */
    @RegisterForReflection(registerFullHierarchy = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RunPage(List<RunView> items, @Nullable String nextCursor) {}

    @GET
    @Operation(operationId = "listRuns", summary = "History, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of runs",
            content =
                    @Content(
                            schema = @Schema(implementation = RunPage.class),
                            examples = @ExampleObject(name = "runs", value = RunExamples.RUNS)))
    public Uni<RunPage> list(
            @Parameter(description = "one of the syncs", example = "permits") @RestQuery @Nullable String sync,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {
                                                "QUEUED",
                                                "RUNNING",
                                                "RETRY_WAIT",
                                                "SUCCEEDED",
                                                "PARTIAL",
                                                "FAILED",
                                                "CANCELLED"
                                            }))
                    @RestQuery
                    @Nullable
                    String state,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"manual", "scheduled", "connect", "retry"}))
                    @RestQuery
                    @Nullable
                    String trigger,
            @Parameter(description = "queued at or after this instant", example = "2026-01-31T06:00:00Z")
                    @RestQuery
                    @Nullable
                    String from,
            @Parameter(description = "queued before this instant", example = "2026-02-01T06:00:00Z")
                    @RestQuery
                    @Nullable
                    String to,
            @BeanParam PageParameters page) {
        int size = page.size();
        RunFilter filter = new RunFilter(caller.account())
                .sync(syncs.known(sync))
                .state(state)
                .trigger(trigger)
                .from(from)
                .to(to)
                .before(page.after(LIST));
        return store.page(filter.bson(), size + 1)
                .map(found -> Page.of(LIST, found, size, Run::id, RunView::of))
                .map(shown -> new RunPage(shown.items(), shown.nextCursor()));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getRun", summary = "One run")
    @APIResponse(
            responseCode = "200",
            description = "The run as it is now",
            content =
                    @Content(
                            schema = @Schema(implementation = RunView.class),
                            examples = @ExampleObject(name = "run", value = RunExamples.RUN)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    public Uni<RunView> get(@RestPath String id) {
        return runs.get(id).map(RunView::of);
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(
            operationId = "cancelRun",
            summary = "Cancel a run",
            description = "Takes effect within a second, at a batch boundary.")
    @APIResponse(
            responseCode = "202",
            description = "The run ends, or has just ended",
            content =
                    @Content(
                            schema = @Schema(implementation = RunView.class),
                            examples = @ExampleObject(name = "run", value = RunExamples.QUEUED)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(responseCode = "409", description = "The run has ended already")
    public Uni<RestResponse<RunView>> cancel(@RestPath String id) {
        return runs.get(id)
                .chain(run -> cancels.cancel(id, caller.name()))
                .call(run -> audit.record(
                        AuditType.sync, "RUN_CANCELLED", id, run.state().name()))
                .map(run -> RestResponse.status(RestResponse.Status.ACCEPTED, RunView.of(run)));
    }
}
