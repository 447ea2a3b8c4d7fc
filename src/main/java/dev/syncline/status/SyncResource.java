package dev.syncline.status;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunState;

/** The syncs and their start. */
@Path("/api/syncs")
@Produces(MediaType.APPLICATION_JSON)
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
            String reason) {
        static final Start PLAIN = new Start(null, null);

        Mode toMode() {
            return switch (mode == null ? "live" : mode) {
                case "live" -> Mode.live;
                case "dry-run" -> Mode.dry_run;
                default -> throw new SyncException(ErrorCode.INVALID_PARAMETER, "mode must be one of live, dry-run");
            };
        }
    }

    /** Our own lists are objects, so that they can grow. */
    @RegisterForReflection
    record SyncList(java.util.List<SyncView> items) {}

    @GET
    @Operation(summary = "All syncs: schedule, active run, last run, last success, freshness")
    public Uni<SyncList> all() {
        return syncs.all().map(SyncList::new);
    }

    @GET
    @Path("/{sync}")
    @Operation(summary = "One sync")
    @APIResponse(responseCode = "200", description = "The sync")
    @APIResponse(responseCode = "404", description = "There is no such sync")
    public Uni<SyncView> get(@Parameter(example = "permits") @RestPath String sync) {
        return syncs.get(sync);
    }

    @POST
    @Path("/{sync}/runs")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Start a run",
            description = "Answers at once with the run; Prefer: wait=N waits up to N seconds for its end.")
    @APIResponse(responseCode = "200", description = "The run has ended while the caller waited")
    @APIResponse(responseCode = "202", description = "The run is accepted; Location says where to find it")
    @APIResponse(responseCode = "404", description = "There is no such sync")
    @APIResponse(responseCode = "409", description = "A run of the sync is active; activeRun says which")
    @APIResponse(responseCode = "422", description = "The Idempotency-Key was used for another request")
    public Uni<RestResponse<RunView>> start(
            @Parameter(example = "permits") @RestPath String sync,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @HeaderParam("Prefer") @Nullable String prefer,
            @Parameter(description = "wait for the end, as long as is allowed") @RestQuery @Nullable String wait,
            @jakarta.validation.Valid @Nullable Start start) {
        Start wish = start == null ? Start.PLAIN : start;
        Optional<Duration> patience = starts.patience(prefer, wait);
        return starts.start(sync, new RunStarts.Wish(wish.toMode(), wish.reason(), Map.of(), key))
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
