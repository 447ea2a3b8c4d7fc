package dev.syncline.writeback;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.status.Parameters;
import dev.syncline.status.RunStarts;
import dev.syncline.status.RunView;
import dev.syncline.status.StartParameters;

/** Write-back's own triggers: a view of the same runs (S2-1, S2-3). */
@Path("/api/sync/write-back")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "write-back", description = "Changed records, back to the Google sheets that show them")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference. Or the run has, while the caller waited",
        content = @Content(schema = @Schema(implementation = WriteBackErrorShape.Body.class)))
class WriteBackResource {
    private final RunStarts starts;
    private final QueueStore queue;
    private final WriteBackUndo undo;
    private final AuditTrail audit;

    WriteBackResource(RunStarts starts, QueueStore queue, WriteBackUndo undo, AuditTrail audit) {
        this.starts = starts;
        this.queue = queue;
        this.undo = undo;
        this.audit = audit;
    }

    /** What a wish may say; all of it optional. */
    @Schema(name = "WriteBackWish")
    @RegisterForReflection
    record Wish(
            @Schema(
                    description = "live, or dry-run to read and count without writing",
                    enumeration = {"live", "dry-run"},
                    defaultValue = "live")
            @Nullable
            String mode,

            @Schema(description = "why, for whoever reads the run later", example = "corrected the labels")
            @Size(max = 500)
            @Nullable
            String reason) {
        static final Wish PLAIN = new Wish(null, null);
    }

    /** Which run is to be undone. */
    @Schema(name = "UndoWish")
    @RegisterForReflection
    record UndoWish(
            @Schema(description = "id of the run", example = WriteBackExamples.RUN) @NotBlank @Size(max = 100) @Nullable
            String run,

            @Schema(description = "why, for whoever reads the run later", example = "wrong labels")
            @Size(max = 400)
            @Nullable
            String reason) {

        /** What the run is read by: whose work it takes back stands there. */
        String told() {
            return "undo of run " + run + (reason == null || reason.isBlank() ? "" : ": " + reason);
        }
    }

    /**
     * @param taskId the run's id, as long as the run is not over
     * @param result what the run has come to, when it is over
     */
    @Schema(name = "WriteBackAnswer")
    @RegisterForReflection(registerFullHierarchy = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            boolean success,
            @JsonProperty("task_id") @Nullable String taskId,
            @Nullable RunResult result,
            QueueStats queueStats,
            RunView run) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "writeBack",
            summary = "Write what has changed to the sheets",
            description = "Answers at once with the run; with Prefer: wait=N or ?wait=true when it has ended, with 200 "
                    + "also when items have failed. One run takes at most syncline.writeback.items-per-run of them. "
                    + "For the machine of the write-back, by its secret as a bearer token, and for admins.")
    @APIResponse(
            responseCode = "200",
            description = "The run has ended while the caller waited",
            content =
                    @Content(
                            schema = @Schema(implementation = Answer.class),
                            examples = @ExampleObject(name = "ended", value = WriteBackExamples.ENDED)))
    @APIResponse(
            responseCode = "202",
            description = "The run is accepted; task_id is its id",
            content =
                    @Content(
                            schema = @Schema(implementation = Answer.class),
                            examples = @ExampleObject(name = "started", value = WriteBackExamples.STARTED)))
    @APIResponse(
            responseCode = "409",
            description =
                    "A run is active; activeRun says which. Or the sync is switched off, or the run was cancelled")
    @APIResponse(responseCode = "422", description = "The Idempotency-Key was used for another request")
    @APIResponse(responseCode = "502", description = "The run has failed: Google cannot be reached")
    @APIResponse(responseCode = "504", description = "The run has failed: it took too long")
    public Uni<RestResponse<Answer>> start(@BeanParam StartParameters asked, @Valid @Nullable Wish given) {
        Wish wish = given == null ? Wish.PLAIN : given;
        Optional<Duration> patience = starts.patience(asked);
        return starts.start(
                        WriteBack.SYNC,
                        new RunStarts.Wish(Parameters.mode("mode", wish.mode()), wish.reason(), Map.of(), asked.key()))
                .chain(run -> starts.await(run, patience))
                .chain(run -> answer(run, patience.isPresent()));
    }

    @POST
    @Path("/undo")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "undoWriteBack",
            summary = "Put back what a run has changed",
            description =
                    "A run of its own, which gives each cell its old value where it still holds what that run "
                            + "wrote; what people have written since stays. It is logged as the others are, so it can be undone.")
    @APIResponse(
            responseCode = "200",
            description = "The run has ended while the caller waited",
            content =
                    @Content(
                            schema = @Schema(implementation = Answer.class),
                            examples = @ExampleObject(name = "ended", value = WriteBackExamples.ENDED)))
    @APIResponse(
            responseCode = "202",
            description = "The run is accepted; task_id is its id",
            content =
                    @Content(
                            schema = @Schema(implementation = Answer.class),
                            examples = @ExampleObject(name = "started", value = WriteBackExamples.STARTED)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(
            responseCode = "409",
            description = "There is nothing of this run that could be undone. Or a run is active; activeRun says which")
    @APIResponse(responseCode = "422", description = "The Idempotency-Key was used for another request")
    @APIResponse(responseCode = "502", description = "The run has failed: Google cannot be reached")
    @APIResponse(responseCode = "504", description = "The run has failed: it took too long")
    public Uni<RestResponse<Answer>> undo(@BeanParam StartParameters asked, @Valid @NotNull @Nullable UndoWish wish) {
        String run = wish == null || wish.run() == null ? "" : wish.run();
        String reason = wish == null ? "" : wish.told();
        Optional<Duration> patience = starts.patience(asked);
        RunStarts.Wish undoing = new RunStarts.Wish(Mode.live, reason, Map.of(WriteBack.UNDO, run), asked.key());
        return undo.check(run)
                .chain(() -> starts.start(WriteBack.SYNC, undoing, started -> recordUndo(run, started)))
                .chain(started -> starts.await(started, patience))
                .chain(started -> answer(started, patience.isPresent()));
    }

    private Uni<Void> recordUndo(String run, Run started) {
        return audit.record(AuditType.sync, "WRITE_BACK_UNDONE", run, started.id());
    }

    private Uni<RestResponse<Answer>> answer(Run run, boolean waited) {
        FailedRun.of(run).filter(failure -> waited).ifPresent(failure -> {
            throw failure;
        });
        boolean isOver = waited && !run.active();
        return queue.stats().map(stats -> isOver ? ended(run, stats) : accepted(run, stats));
    }

    private static RestResponse<Answer> ended(Run run, QueueStats stats) {
        RunResult result = RunResult.of(run.progress().counts());
        return RestResponse.ok(new Answer(true, null, result, stats, RunView.of(run)));
    }

    private static RestResponse<Answer> accepted(Run run, QueueStats stats) {
        return RestResponse.status(
                RestResponse.Status.ACCEPTED, new Answer(true, run.id(), null, stats, RunView.of(run)));
    }
}
