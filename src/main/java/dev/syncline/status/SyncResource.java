package dev.syncline.status;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Problem;
import dev.syncline.run.Run;
import dev.syncline.run.RunState;

/** The syncs and their start. */
@Path("/api/syncs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "syncs", description = "The syncs and their start")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(mediaType = Problem.JSON, schema = @Schema(implementation = Problem.class)))
class SyncResource {
    private final Syncs syncs;
    private final RunStarts starts;

    SyncResource(Syncs syncs, RunStarts starts) {
        this.syncs = syncs;
        this.starts = starts;
    }

    /** What a start may say; all of it optional. */
    @RegisterForReflection
    record Start(
            @Schema(
                    description = "live, or dry-run to read and count without writing",
                    enumeration = {"live", "dry-run"},
                    defaultValue = "live")
            @Nullable
            String mode,

            @Schema(description = "why, for whoever reads the run later", example = "corrected the ward column")
            @Size(max = 500)
            @Nullable
            String reason,

            @Schema(
                    description = "true to read the source also when it says that nothing has changed",
                    defaultValue = "false")
            @Nullable
            Boolean full) {
        static final Start PLAIN = new Start(null, null, null);

        Map<String, String> input() {
            return Boolean.TRUE.equals(full) ? Map.of(Run.FULL, "true") : Map.of();
        }
    }

    /** Our own lists are objects, so that they can grow. */
    @RegisterForReflection
    record SyncList(java.util.List<SyncView> items) {}

    @GET
    @Operation(
            operationId = "listSyncs",
            summary = "All syncs: schedule, active run, last run, last success, freshness")
    @APIResponse(
            responseCode = "200",
            description = "All of them, in the order of their ids",
            content =
                    @Content(
                            schema = @Schema(implementation = SyncList.class),
                            examples = @ExampleObject(name = "syncs", value = RunExamples.SYNCS)))
    public Uni<SyncList> all() {
        return syncs.all().map(SyncList::new);
    }

    @GET
    @Path("/{sync}")
    @Operation(operationId = "getSync", summary = "One sync")
    @APIResponse(
            responseCode = "200",
            description = "The sync",
            content =
                    @Content(
                            schema = @Schema(implementation = SyncView.class),
                            examples = @ExampleObject(name = "sync", value = RunExamples.SYNC)))
    @APIResponse(responseCode = "404", description = "There is no such sync")
    public Uni<SyncView> get(@Parameter(example = "permits") @RestPath String sync) {
        return syncs.get(sync);
    }

    @POST
    @Path("/{sync}/runs")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "startRun",
            summary = "Start a run",
            description =
                    "Answers at once with the run. Prefer: wait=N waits up to N seconds for its end, and a run that "
                            + "fails meanwhile is the answer, with the status of its error code.")
    @APIResponse(
            responseCode = "200",
            description = "The run has ended while the caller waited",
            content =
                    @Content(
                            schema = @Schema(implementation = RunView.class),
                            examples = @ExampleObject(name = "run", value = RunExamples.RUN)))
    @APIResponse(
            responseCode = "202",
            description = "The run is accepted; Location says where to find it",
            headers = @Header(name = "Location", description = "the run", schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(
                            schema = @Schema(implementation = RunView.class),
                            examples = @ExampleObject(name = "run", value = RunExamples.QUEUED)))
    @APIResponse(responseCode = "404", description = "There is no such sync")
    @APIResponse(
            responseCode = "409",
            description =
                    "A run of the sync is active; activeRun says which. Or the run has failed: the source changed",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    @APIResponse(
            responseCode = "413",
            description = "The body is too large. Or the run has failed: the source is too large",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    @APIResponse(
            responseCode = "422",
            description =
                    "The Idempotency-Key was used for another request. Or the run has failed: its feed cannot be read",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    @APIResponse(
            responseCode = "500",
            description = "Something failed; the log has it under the reference. Or the run has",
            content = {
                @Content(mediaType = Problem.JSON, schema = @Schema(implementation = Problem.class)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class))
            })
    @APIResponse(
            responseCode = "502",
            description = "The run has failed: its source did",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    @APIResponse(
            responseCode = "503",
            description = "The database is away. Or the run has failed: its source is not configured, or asks to wait",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    @APIResponse(
            responseCode = "504",
            description = "The run has failed: something took too long",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    @APIResponse(
            responseCode = "507",
            description = "The run has failed: there is no space for the download",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    public Uni<RestResponse<RunView>> start(
            @Parameter(example = "permits") @RestPath String sync,
            @BeanParam StartParameters asked,
            @jakarta.validation.Valid @Nullable Start start) {
        Start wish = start == null ? Start.PLAIN : start;
        Optional<Duration> patience = starts.patience(asked);
        return starts.start(
                        sync,
                        new RunStarts.Wish(
                                Parameters.mode("mode", wish.mode()), wish.reason(), wish.input(), asked.key()))
                .chain(run -> starts.await(run, patience))
                .map(run -> answer(run, patience.isPresent()));
    }

    /** Who does not wait is told 202, also of a run that has ended since an earlier request with the same key (C0-08). */
    private static RestResponse<RunView> answer(Run run, boolean waited) {
        RunView view = RunView.of(run);
        int status = waited && !run.active() ? endStatus(run) : 202;
        return RestResponse.ResponseBuilder.<RunView>create(status)
                .entity(view)
                .location(URI.create(view.links().self()))
                .build();
    }

    /** A run that failed while the caller waited answers with the failure's status, and tells the whole run. */
    private static int endStatus(Run run) {
        return run.state() == RunState.FAILED && run.error() != null
                ? ErrorCode.statusOf(run.error().code())
                : 200;
    }
}
