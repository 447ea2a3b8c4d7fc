package dev.syncline.roster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.Envelope;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.RequestIds;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.ScheduleTicks;
import dev.syncline.run.Ticker;
import dev.syncline.status.Parameters;
import dev.syncline.status.RunStarts;
import dev.syncline.status.StartParameters;

/** The roster family's own triggers and status: a view of the same runs (S0-1 to S0-6, S0-23). */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "roster", description = "The device roster: a Google sheet, as devices that can be searched")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference. Or the run has, while the caller waited",
        content = @Content(schema = @Schema(implementation = RosterSyncResource.StatusAnswer.class)))
class RosterSyncResource {
    private final RunStarts starts;
    private final ScheduleTicks ticks;
    private final RosterStatuses statuses;
    private final ConfiguredSheet sheet;
    private final RequestIds requestIds;

    RosterSyncResource(
            RunStarts starts,
            ScheduleTicks ticks,
            RosterStatuses statuses,
            ConfiguredSheet sheet,
            RequestIds requestIds) {
        this.starts = starts;
        this.ticks = ticks;
        this.statuses = statuses;
        this.sheet = sheet;
        this.requestIds = requestIds;
    }

    /** What a wish may say; all of it optional. */
    @Schema(name = "RosterWish")
    @RegisterForReflection
    record Wish(
            @Schema(
                    description = "live, or dry-run to read and count without writing",
                    enumeration = {"live", "dry-run"},
                    defaultValue = "live")
            @Nullable
            String mode,

            @Schema(description = "why, for whoever reads the run later", example = "new devices arrived")
            @Size(max = 500)
            @Nullable
            String reason) {
        static final Wish PLAIN = new Wish(null, null);
    }

    /** For the API description: an envelope of a run. */
    @Schema(name = "ManualRunAnswer")
    record ManualAnswer(
            @Nullable ManualRun data,
            @Schema(hidden = true) @Nullable Map<String, Object> meta,
            Envelope.@Nullable Failure error) {}

    /** For the API description: an envelope of what a tick has come to. */
    @Schema(name = "RosterTickAnswer")
    record TickedAnswer(
            @Nullable TickAnswer data,
            @Schema(hidden = true) @Nullable Map<String, Object> meta,
            Envelope.@Nullable Failure error) {}

    /** For the API description: an envelope of the status. */
    @Schema(name = "RosterStatusAnswer")
    record StatusAnswer(
            @Nullable RosterStatus data,
            @Schema(hidden = true) @Nullable Map<String, Object> meta,
            Envelope.@Nullable Failure error) {}

    @POST
    @Path("/sync/manual")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "syncRoster",
            summary = "Refresh the devices from the sheet",
            description = "Answers at once with the run; with Prefer: wait=N or ?wait=true when it has ended.")
    @APIResponse(
            responseCode = "200",
            description = "The run has succeeded while the caller waited",
            content =
                    @Content(
                            schema = @Schema(implementation = ManualAnswer.class),
                            examples = @ExampleObject(name = "ended", value = RosterExamples.ENDED)))
    @APIResponse(
            responseCode = "202",
            description = "The run is accepted",
            content =
                    @Content(
                            schema = @Schema(implementation = ManualAnswer.class),
                            examples = @ExampleObject(name = "started", value = RosterExamples.STARTED)))
    @APIResponse(
            responseCode = "409",
            description =
                    "A run is active; error.details.activeRun says which. Or the run was stopped by its rows, or cancelled")
    @APIResponse(
            responseCode = "422",
            description =
                    "The Idempotency-Key was used for another request. Or the run has failed: its rows are at fault")
    @APIResponse(responseCode = "502", description = "The run has failed: the sheet cannot be read")
    @APIResponse(
            responseCode = "503",
            description = "No sheet is configured, or the database is away. Or the run has failed: Google asks to wait")
    @APIResponse(responseCode = "504", description = "The run has failed: it took too long")
    public Uni<RestResponse<Envelope<ManualRun>>> manual(
            @BeanParam StartParameters asked, @Valid @Nullable Wish given) {
        Wish wish = given == null ? Wish.PLAIN : given;
        Optional<Duration> patience = starts.patience(asked);
        Mode mode = Parameters.mode("mode", wish.mode());
        sheet.require();
        Veil veil = sheet.veil();
        return starts.start(RosterSync.SYNC, new RunStarts.Wish(mode, wish.reason(), Map.of(), asked.key()))
                .chain(run -> starts.await(run, patience))
                .map(run -> answer(run, patience.isPresent(), veil));
    }

    private static RestResponse<Envelope<ManualRun>> answer(Run run, boolean waited, Veil veil) {
        Envelope<ManualRun> shown = Envelope.of(ManualRun.of(run, veil));
        if (run.active() || !waited) {
            return RestResponse.status(RestResponse.Status.ACCEPTED, shown);
        }
        return RosterState.failure(run).map(RosterSyncResource::failed).orElseGet(() -> RestResponse.ok(shown));
    }

    private static RestResponse<Envelope<ManualRun>> failed(Envelope.Failure failure) {
        return RestResponse.ResponseBuilder.<Envelope<ManualRun>>create(ErrorCode.statusOf(failure.code()))
                .entity(new Envelope<>(null, null, failure))
                .build();
    }

    @POST
    @Path("/sync/run")
    @Operation(
            operationId = "tickRoster",
            summary = "A tick of the scheduler",
            description = "Starts the run of the slot that is due, or says why there is none, which is no failure.")
    @APIResponse(
            responseCode = "202",
            description = "A run is started, or the slot needs none",
            content =
                    @Content(
                            schema = @Schema(implementation = TickedAnswer.class),
                            examples = {
                                @ExampleObject(name = "started", value = RosterExamples.TICKED),
                                @ExampleObject(name = "skipped", value = RosterExamples.SKIPPED)
                            }))
    @APIResponse(responseCode = "503", description = "No sheet is configured, or the database is away")
    public Uni<RestResponse<Envelope<TickAnswer>>> tick(
            @Parameter(
                            description = "live, or dry-run to read and count without writing",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"live", "dry-run"},
                                            defaultValue = "live"))
                    @HeaderParam("X-Sync-Mode")
                    @Nullable
                    String mode) {
        Ticker scheduler = new Ticker(Parameters.mode("X-Sync-Mode", mode), TickAnswer.SCHEDULER, requestIds.current());
        String id = sheet.id();
        Veil veil = sheet.veil();
        return ticks.tick(RosterSync.SYNC, scheduler)
                .map(result -> Envelope.of(TickAnswer.of(result, id, veil)))
                .map(shown -> RestResponse.status(RestResponse.Status.ACCEPTED, shown));
    }

    @GET
    @Path("/sync/status")
    @Operation(
            operationId = "getRosterStatus",
            summary = "Where the sync stands: idle, running, success or error",
            description = "The same from every replica. Ask again, or follow /api/events?sync=roster.")
    @APIResponse(
            responseCode = "200",
            description = "The newest run, and what a person should know beside it",
            content =
                    @Content(
                            schema = @Schema(implementation = StatusAnswer.class),
                            examples = {
                                @ExampleObject(name = "idle", value = RosterExamples.IDLE),
                                @ExampleObject(name = "success", value = RosterExamples.SUCCESS)
                            }))
    public Uni<Envelope<RosterStatus>> status() {
        return statuses.now(sheet.veil()).map(Envelope::of);
    }
}
