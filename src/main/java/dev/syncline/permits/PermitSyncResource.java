package dev.syncline.permits;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunState;
import dev.syncline.run.RunStore;
import dev.syncline.status.RunStarts;

/** The permits family's own trigger and history (S1-17 to S1-20): a view of the same runs. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
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
    record Feed(@JsonProperty("file_path") String filePath) {}

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
    @Operation(summary = "The 20 newest runs of the permits sync")
    @APIResponse(responseCode = "200", description = "Newest first")
    public Uni<SyncRuns> newest() {
        return runs.newestOf(PermitsJob.SYNC, SHOWN)
                .map(found -> new SyncRuns(found.stream().map(SyncRunView::of).toList()));
    }

    @GET
    @Path("/admin/sync")
    @Operation(summary = "The same as GET /api/sync")
    public Uni<SyncRuns> newestForAdmins() {
        return newest();
    }

    @POST
    @Path("/admin/sync")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "The same as POST /api/sync")
    public Uni<RestResponse<Started>> syncForAdmins(
            @Nullable JsonNode body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("Prefer") @Nullable String prefer,
            @RestQuery @Nullable String wait) {
        return sync(body, key, prefer, wait);
    }

    @POST
    @Path("/sync")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Sync a feed of permits",
            description = "Answers at once with the run; with Prefer: wait=N or ?wait=true when it has ended.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = Feed.class),
                            examples = @ExampleObject(name = "file", value = "{\"file_path\": \"2023-07.json\"}")))
    @APIResponse(responseCode = "200", description = "The run has completed while the caller waited")
    @APIResponse(responseCode = "202", description = "The run is accepted; task_id is its id")
    @APIResponse(responseCode = "400", description = "file_path is missing, or not one that may be read")
    @APIResponse(responseCode = "409", description = "A run of the permits sync is active")
    @APIResponse(responseCode = "500", description = "The run has failed while the caller waited")
    public Uni<RestResponse<Started>> sync(
            @Nullable JsonNode body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("Prefer") @Nullable String prefer,
            @RestQuery @Nullable String wait) {
        Optional<Duration> patience = starts.patience(prefer, wait);
        return feeds.check(filePath(body))
                .map(feed -> new RunStarts.Wish(Mode.live, null, Map.of(PermitsJob.FEED, feed), key))
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
