package dev.syncline.status;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.Consumes;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.Caller;
import dev.syncline.ingest.Rejection;
import dev.syncline.ingest.RejectionStore;
import dev.syncline.ingest.Sweep;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Run;
import dev.syncline.run.RunCancel;
import dev.syncline.run.RunStore;

/** Runs: their history, and what a person may do with one. */
@Path("/api/runs")
@Produces(MediaType.APPLICATION_JSON)
class RunResource {
    private final RunStore runs;
    private final Syncs syncs;
    private final RunCancel cancels;
    private final RejectionStore rejections;
    private final RunChanges changes;
    private final SweepDecisions sweeps;
    private final AuditTrail audit;
    private final Caller caller;

    RunResource(
            RunStore runs,
            Syncs syncs,
            RunCancel cancels,
            RejectionStore rejections,
            RunChanges changes,
            SweepDecisions sweeps,
            AuditTrail audit,
            Caller caller) {
        this.runs = runs;
        this.syncs = syncs;
        this.cancels = cancels;
        this.rejections = rejections;
        this.changes = changes;
        this.sweeps = sweeps;
        this.audit = audit;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "History, newest first")
    @APIResponse(responseCode = "200", description = "A page of runs")
    @APIResponse(responseCode = "400", description = "A parameter has a value that is not allowed")
    public Uni<Page<RunView>> list(
            @Parameter(example = "permits") @RestQuery @Nullable String sync,
            @Parameter(description = "QUEUED, RUNNING, RETRY_WAIT, SUCCEEDED, PARTIAL, FAILED or CANCELLED")
                    @RestQuery
                    @Nullable
                    String state,
            @Parameter(description = "manual, scheduled, connect or retry") @RestQuery @Nullable String trigger,
            @Parameter(description = "queued at or after this instant") @RestQuery @Nullable String from,
            @Parameter(description = "queued before this instant") @RestQuery @Nullable String to,
            @Parameter(
                            description = "how many at most",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "20"))
                    @RestQuery
                    @Nullable
                    String limit,
            @Parameter(description = "nextCursor of the page before") @RestQuery @Nullable String cursor) {
        int size = Page.limit(limit);
        RunFilter filter = new RunFilter()
                .sync(syncs.known(sync))
                .state(state)
                .trigger(trigger)
                .from(from)
                .to(to)
                .before(Page.after(cursor, "runs"));
        return runs.page(filter.bson(), size + 1).map(found -> Page.of("runs", found, size, Run::id, RunView::of));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One run")
    @APIResponse(responseCode = "200", description = "The run as it is now")
    @APIResponse(responseCode = "404", description = "There is no such run")
    public Uni<RunView> get(@RestPath String id) {
        return existing(id).map(RunView::of);
    }

    private Uni<Run> existing(String id) {
        return runs.byId(id)
                .map(found ->
                        found.orElseThrow(() -> new SyncException(ErrorCode.NOT_FOUND, "there is no run of that id")));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "Cancel a run", description = "Takes effect within a second, at a batch boundary.")
    @APIResponse(responseCode = "202", description = "The run ends, or has just ended")
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(responseCode = "409", description = "The run has ended already")
    public Uni<RestResponse<RunView>> cancel(@RestPath String id) {
        return cancels.cancel(id, caller.name())
                .call(run -> audit.record("RUN_CANCELLED", id, run.state().name()))
                .map(run -> RestResponse.status(RestResponse.Status.ACCEPTED, RunView.of(run)));
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
    @Path("/{id}/sweep")
    @Operation(summary = "The sweep that a run held")
    @APIResponse(responseCode = "200", description = "The sweep")
    @APIResponse(responseCode = "404", description = "The run held none")
    public Uni<Sweep> sweep(@RestPath String id) {
        return sweeps.get(id);
    }

    @POST
    @Path("/{id}/sweep")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Decide a held sweep",
            description = "approve marks exactly those rows that are still absent, dismiss marks none.")
    @APIResponse(responseCode = "200", description = "The sweep as it stands now")
    @APIResponse(responseCode = "404", description = "The run held none")
    @APIResponse(responseCode = "409", description = "It was decided or superseded, or the sync runs just now")
    public Uni<Sweep> decide(@RestPath String id, @Nullable Decision decision) {
        return sweeps.decide(id, (decision == null ? new Decision(null) : decision).state());
    }

    /**
     * Records set aside.
     *
     * @param byCode how many are kept of each code
     * @param total all that were rejected, kept or not
     */
    @RegisterForReflection(registerFullHierarchy = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rejections(List<RejectionView> items, @Nullable String nextCursor, Map<String, Long> byCode, long total) {}

    @GET
    @Path("/{id}/rejections")
    @Operation(summary = "Records that a run set aside", description = "In the order of the source.")
    @APIResponse(responseCode = "200", description = "A page of rejections")
    @APIResponse(responseCode = "404", description = "There is no such run")
    public Uni<Rejections> rejections(
            @RestPath String id,
            @Parameter(description = "only this code", example = "KEY_MISSING") @RestQuery @Nullable String code,
            @Parameter(
                            description = "how many at most",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "20"))
                    @RestQuery
                    @Nullable
                    String limit,
            @RestQuery @Nullable String cursor) {
        int size = Page.limit(limit);
        String list = id + "/rejections";
        String after = Page.after(cursor, list);
        String only = code == null
                ? null
                : Parameters.one(ErrorCode.class, "code", code).name();
        return existing(id).chain(run -> Uni.combine()
                .all()
                .unis(rejections.page(id, only, after, size + 1), rejections.countByCode(id))
                .with((found, byCode) -> {
                    Page<RejectionView> page = Page.of(list, found, size, Rejection::id, RejectionView::of);
                    return new Rejections(
                            page.items(),
                            page.nextCursor(),
                            byCode,
                            run.progress().counts().rejected());
                }));
    }

    @GET
    @Path("/{id}/changes")
    @Operation(
            summary = "What a run added, changed and found absent",
            description = "Changed fields first, then the rows that were added.")
    @APIResponse(responseCode = "200", description = "A page of changes")
    @APIResponse(responseCode = "404", description = "There is no such run")
    public Uni<Page<RunChanges.ChangeView>> changes(
            @RestPath String id,
            @Parameter(
                            description = "how many at most",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "20"))
                    @RestQuery
                    @Nullable
                    String limit,
            @RestQuery @Nullable String cursor) {
        int size = Page.limit(limit);
        String after = Page.after(cursor, RunChanges.list(id));
        return existing(id).chain(run -> changes.page(run, after, size));
    }
}
