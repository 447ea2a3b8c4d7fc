package dev.syncline.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.identity.Envelope;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.status.RunStarts;
import dev.syncline.status.StartParameters;

/** {@code POST /api/devices/restore}: the devices as a baseline has them (S0-48). */
@Path("/api/devices/restore")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "roster")
@APIResponse(
        responseCode = "500",
        description = "Something failed, or the run has while the caller waited",
        content = @Content(schema = @Schema(implementation = RestoreResource.Answer.class)))
class RestoreResource {
    private static final String ACTION = "SNAPSHOT_RESTORE";

    private final BaselineRestore restore;
    private final RunStarts starts;
    private final AuditTrail audit;

    RestoreResource(BaselineRestore restore, RunStarts starts, AuditTrail audit) {
        this.restore = restore;
        this.starts = starts;
        this.audit = audit;
    }

    /**
     * What is to be restored.
     *
     * @param confirm of any type, since Jackson would take the text "true" for a yes
     */
    @Schema(name = "RestoreWish")
    @RegisterForReflection
    record Wish(
            @Schema(required = true, description = "a file of the baseline directory", example = "2026-01.json")
            @Nullable
            String snapshot,

            @Schema(
                    required = true,
                    type = SchemaType.BOOLEAN,
                    description = "must be true: all devices that are not in the file become missing")
            @Nullable
            Object confirm) {}

    @RegisterForReflection
    record Restore(String runId, RosterState status, String snapshot, String requestedBy, Instant queuedAt) {
        static Restore of(Run run, String snapshot) {
            return new Restore(
                    run.id(), RosterState.of(run), snapshot, run.trigger().actor(), run.queuedAt());
        }
    }

    /** For the API description: an envelope of what is shown. */
    @Schema(name = "RestoreAnswer")
    record Answer(
            @Nullable Restore data,
            @Schema(hidden = true) @Nullable Map<String, Object> meta,
            Envelope.@Nullable Failure error) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "restoreDevices",
            summary = "Restore the devices from a baseline",
            description =
                    "Answers at once with the run; with Prefer: wait=N or ?wait=true when it has ended. The file is"
                            + " checked whole before anything is changed.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = Wish.class),
                            examples = @ExampleObject(name = "baseline", value = RosterExamples.BASELINE)))
    @APIResponse(
            responseCode = "200",
            description = "The devices have been restored while the caller waited",
            content =
                    @Content(
                            schema = @Schema(implementation = Answer.class),
                            examples = @ExampleObject(name = "restored", value = RosterExamples.RESTORED)))
    @APIResponse(
            responseCode = "202",
            description = "The run is accepted",
            content =
                    @Content(
                            schema = @Schema(implementation = Answer.class),
                            examples = @ExampleObject(name = "accepted", value = RosterExamples.RESTORING)))
    @APIResponse(responseCode = "400", description = "It is not confirmed, or names no file that may be read")
    @APIResponse(
            responseCode = "409",
            description = "A run of the roster is active. Or a person has cancelled this one while the caller waited")
    @APIResponse(responseCode = "422", description = "The baseline is not one, seen while the caller waited")
    @APIResponse(responseCode = "503", description = "syncline.roster.baseline-directory is not set")
    @APIResponse(responseCode = "504", description = "The directory does not answer")
    public Uni<RestResponse<Envelope<Restore>>> restore(@Nullable Wish wish, @BeanParam StartParameters asked) {
        String snapshot = confirmed(wish);
        Optional<Duration> patience = starts.patience(asked);
        return restore.find(snapshot)
                .map(file -> new RunStarts.Wish(
                        Mode.live, "restore of " + snapshot, Map.of(RosterSync.BASELINE, snapshot), asked.key()))
                .chain(run -> starts.start(RosterSync.SYNC, run, this::record))
                .chain(run -> starts.await(run, patience))
                .map(run -> answer(run, snapshot, patience.isPresent()));
    }

    private static String confirmed(@Nullable Wish wish) {
        String snapshot = wish == null ? null : wish.snapshot();
        if (snapshot == null || snapshot.isBlank()) {
            throw new SyncException(ErrorCode.INVALID_REQUEST, "snapshot must name a file of the baseline directory");
        }
        if (!Boolean.TRUE.equals(wish.confirm())) {
            throw new SyncException(
                    ErrorCode.CONFIRMATION_REQUIRED,
                    "all devices become as the baseline has them, and those that it does not have become missing");
        }
        return snapshot;
    }

    private Uni<Void> record(Run started) {
        return audit.record(
                AuditType.sync,
                ACTION,
                started.id(),
                "started",
                Map.of("snapshot", started.input().get(RosterSync.BASELINE)));
    }

    private static RestResponse<Envelope<Restore>> answer(Run run, String snapshot, boolean waited) {
        Envelope<Restore> shown = Envelope.of(Restore.of(run, snapshot));
        if (run.active() || !waited) {
            return RestResponse.status(RestResponse.Status.ACCEPTED, shown);
        }
        return RosterState.failure(run).map(RestoreResource::failed).orElseGet(() -> RestResponse.ok(shown));
    }

    private static RestResponse<Envelope<Restore>> failed(Envelope.Failure failure) {
        return RestResponse.ResponseBuilder.<Envelope<Restore>>create(ErrorCode.statusOf(failure.code()))
                .entity(new Envelope<>(null, null, failure))
                .build();
    }
}
