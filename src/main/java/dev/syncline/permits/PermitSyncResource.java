package dev.syncline.permits;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunState;
import dev.syncline.run.RunStore;
import dev.syncline.status.RunStarts;
import dev.syncline.status.StartParameters;

/** The permits family's own trigger and history (S1-17 to S1-20): a view of the same runs. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "permits")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the id that the answer carries",
        content = @Content(schema = @Schema(implementation = PermitErrorShape.Body.class)))
class PermitSyncResource {
    private static final int SHOWN = 20;

    private final RunStarts starts;
    private final RunStore runs;
    private final PermitFeeds feeds;

    PermitSyncResource(RunStarts starts, RunStore runs, PermitFeeds feeds) {
        this.starts = starts;
        this.runs = runs;
        this.feeds = feeds;
    }

    /** What the schema of the body looks like; what comes may be anything. */
    record Feed(
            @JsonProperty("file_path") String filePath,

            @Schema(
                    description = "true to read an address also when it says that nothing has changed",
                    defaultValue = "false")
            @Nullable
            Boolean full) {}

    @RegisterForReflection
    record SyncRuns(List<SyncRunView> runs) {}

    /** @param taskId the run's id, given as long as the run is not over */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Started(
            @JsonProperty("sync_run") SyncRunView syncRun,
            @JsonProperty("task_id") @Nullable String taskId) {}

    @GET
    @Path("/sync")
    @Operation(operationId = "listPermitRuns", summary = "The 20 newest runs of the permits sync")
    @APIResponse(
            responseCode = "200",
            description = "Newest first",
            content =
                    @Content(
                            schema = @Schema(implementation = SyncRuns.class),
                            examples = @ExampleObject(name = "runs", value = PermitExamples.SYNC_RUNS)))
    public Uni<SyncRuns> newest() {
        return runs.newestOf(PermitsJob.SYNC, SHOWN)
                .map(found -> new SyncRuns(found.stream().map(SyncRunView::of).toList()));
    }

    @GET
    @Path("/admin/sync")
    @Operation(operationId = "listPermitRunsForAdmins", summary = "The same as GET /api/sync")
    @APIResponse(
            responseCode = "200",
            description = "Newest first",
            content =
                    @Content(
                            schema = @Schema(implementation = SyncRuns.class),
                            examples = @ExampleObject(name = "runs", value = PermitExamples.SYNC_RUNS)))
    public Uni<SyncRuns> newestForAdmins() {
        return newest();
    }

    @POST
    @Path("/admin/sync")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "syncPermitsForAdmins", summary = "The same as POST /api/sync")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = Feed.class),
                            examples = @ExampleObject(name = "file", value = "{\"file_path\": \"2023-07.json\"}")))
    @APIResponse(
            responseCode = "200",
            description = "The run has completed while the caller waited",
            content =
                    @Content(
                            schema = @Schema(implementation = Started.class),
                            examples = @ExampleObject(name = "completed", value = PermitExamples.COMPLETED)))
    @APIResponse(
            responseCode = "202",
            description = "The run is accepted; task_id is its id",
            content =
                    @Content(
                            schema = @Schema(implementation = Started.class),
                            examples = @ExampleObject(name = "started", value = PermitExamples.STARTED)))
    @APIResponse(
            responseCode = "400",
            description = "file_path is missing, or not one that may be read",
            content =
                    @Content(
                            schema = @Schema(implementation = PermitErrorShape.Body.class),
                            examples =
                                    @ExampleObject(name = "missing", value = "{\"error\": \"file_path is required\"}")))
    @APIResponse(responseCode = "409", description = "A run of the permits sync is active; activeRun says which")
    @APIResponse(responseCode = "422", description = "The Idempotency-Key was used for another request")
    @APIResponse(
            responseCode = "500",
            description = "Something failed, or the run has while the caller waited",
            content =
                    @Content(
                            schema = @Schema(implementation = PermitErrorShape.Body.class),
                            examples = @ExampleObject(name = "failed", value = PermitExamples.FAILED)))
    @APIResponse(responseCode = "504", description = "The import directory does not answer")
    public Uni<RestResponse<Started>> syncForAdmins(@Nullable JsonNode body, @BeanParam StartParameters asked) {
        return sync(body, asked);
    }

    @POST
    @Path("/sync")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "syncPermits",
            summary = "Sync a feed of permits",
            description = "Answers at once with the run; with Prefer: wait=N or ?wait=true when it has ended.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = Feed.class),
                            examples = @ExampleObject(name = "file", value = "{\"file_path\": \"2023-07.json\"}")))
    @APIResponse(
            responseCode = "200",
            description = "The run has completed while the caller waited",
            content =
                    @Content(
                            schema = @Schema(implementation = Started.class),
                            examples = @ExampleObject(name = "completed", value = PermitExamples.COMPLETED)))
    @APIResponse(
            responseCode = "202",
            description = "The run is accepted; task_id is its id",
            content =
                    @Content(
                            schema = @Schema(implementation = Started.class),
                            examples = @ExampleObject(name = "started", value = PermitExamples.STARTED)))
    @APIResponse(
            responseCode = "400",
            description = "file_path is missing, or not one that may be read",
            content =
                    @Content(
                            schema = @Schema(implementation = PermitErrorShape.Body.class),
                            examples =
                                    @ExampleObject(name = "missing", value = "{\"error\": \"file_path is required\"}")))
    @APIResponse(responseCode = "409", description = "A run of the permits sync is active; activeRun says which")
    @APIResponse(responseCode = "422", description = "The Idempotency-Key was used for another request")
    @APIResponse(
            responseCode = "500",
            description = "Something failed, or the run has while the caller waited",
            content =
                    @Content(
                            schema = @Schema(implementation = PermitErrorShape.Body.class),
                            examples = @ExampleObject(name = "failed", value = PermitExamples.FAILED)))
    @APIResponse(responseCode = "504", description = "The import directory does not answer")
    public Uni<RestResponse<Started>> sync(@Nullable JsonNode body, @BeanParam StartParameters asked) {
        Optional<Duration> patience = starts.patience(asked);
        return feeds.check(filePath(body))
                .map(feed -> new RunStarts.Wish(Mode.live, null, input(feed, full(body)), asked.key()))
                .chain(wish -> starts.start(PermitsJob.SYNC, wish))
                .chain(run -> starts.await(run, patience))
                .map(run -> answer(run, patience.isPresent()));
    }

    private static String filePath(@Nullable JsonNode body) {
        JsonNode path = body == null ? null : body.get("file_path");
        if (path == null || !path.isTextual() || path.textValue().isBlank()) {
            throw new SyncException(ErrorCode.INVALID_REQUEST, "file_path is required");
        }
        return path.textValue();
    }

    private static boolean full(@Nullable JsonNode body) {
        JsonNode full = body == null ? null : body.get("full");
        if (full == null || full.isNull()) {
            return false;
        }
        if (!full.isBoolean()) {
            throw new SyncException(ErrorCode.INVALID_REQUEST, "full must be true or false");
        }
        return full.booleanValue();
    }

    private static Map<String, String> input(String feed, boolean full) {
        return full ? Map.of(PermitsJob.FEED, feed, Run.FULL, "true") : Map.of(PermitsJob.FEED, feed);
    }

    private static RestResponse<Started> answer(Run run, boolean waited) {
        SyncRunView view = SyncRunView.of(run);
        if (run.active() || !waited) {
            return RestResponse.status(RestResponse.Status.ACCEPTED, new Started(view, run.id()));
        }
        if (run.state() == RunState.FAILED && run.error() != null) {
            throw new FailedRun(run, run.error());
        }
        return RestResponse.ok(new Started(view, null));
    }
}
