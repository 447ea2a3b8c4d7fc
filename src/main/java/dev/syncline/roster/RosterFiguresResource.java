package dev.syncline.roster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.identity.Envelope;
import dev.syncline.notify.Alerts;
import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.RunFigures;

/** {@code GET /api/metrics}: how the roster sync has gone, for a lead (S0-45). Who looks is recorded. */
@Path("/api/metrics")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "roster")
@APIResponse(
        responseCode = "500",
        description = "The figures could not be made; the log has it under the reference",
        content = @Content(schema = @Schema(implementation = RosterFiguresResource.Answer.class)))
class RosterFiguresResource {
    private static final String ACTION = "METRICS_FETCH";
    private static final String TARGET = "metrics";
    private static final Duration RECENT = Duration.ofHours(12);

    private final RunFigures figures;
    private final Alerts alerts;
    private final ColumnRegistry registry;
    private final RosterConfig config;
    private final AuditTrail audit;
    private final Clock clock;

    RosterFiguresResource(
            RunFigures figures,
            Alerts alerts,
            ColumnRegistry registry,
            RosterConfig config,
            AuditTrail audit,
            Clock clock) {
        this.figures = figures;
        this.alerts = alerts;
        this.registry = registry;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    /** For the API description: an envelope of the figures. */
    @Schema(name = "RosterFiguresAnswer")
    record Answer(
            @Nullable RosterFigures data,
            @Schema(hidden = true) @Nullable Map<String, Object> meta,
            Envelope.@Nullable Failure error) {}

    @GET
    @Operation(
            operationId = "getRosterFigures",
            summary = "Runs of the last 12 hours and of all time, by trigger",
            description =
                    "runs = success + failure + skipped. Skipped are cancelled runs, and slots of the schedule that "
                            + "were settled without a run. All time is as long as runs and slots are kept.")
    @APIResponse(
            responseCode = "200",
            description = "The figures as of now",
            content =
                    @Content(
                            schema = @Schema(implementation = Answer.class),
                            examples = @ExampleObject(name = "figures", value = RosterExamples.FIGURES_OF_ALL)))
    public Uni<Envelope<RosterFigures>> get() {
        Instant now = clock.instant();
        return Uni.combine()
                .all()
                .unis(
                        figures.since(RosterSync.SYNC, now.minus(RECENT)),
                        figures.since(RosterSync.SYNC, Instant.EPOCH),
                        alerts.newestSchemaAlert(RosterSync.SYNC),
                        newestChange())
                .with((recent, all, alert, change) -> new RosterFigures(
                        now,
                        RosterFigures.Window.of(recent),
                        RosterFigures.Window.of(all),
                        alert.orElse(null),
                        change.map(SchemaChange::of).orElse(null)))
                .call(() -> audit.record(AuditType.sync, ACTION, TARGET, "success"))
                .map(Envelope::of)
                .onFailure()
                .transform(RosterFiguresResource::told)
                .onFailure(RosterFiguresResource::isOurs)
                .call(this::recordFailure);
    }

    private Uni<Optional<ColumnChange>> newestChange() {
        return config.sheetId().map(registry::newestChange).orElseGet(() -> Uni.createFrom()
                .item(Optional.empty()));
    }

    /** A database that is away takes no record either. */
    private static boolean isOurs(Throwable failure) {
        return failure instanceof SyncException known && known.code() == ErrorCode.METRICS_FAILURE;
    }

    private Uni<Void> recordFailure() {
        return audit.recordFailure(AuditType.sync, ACTION, TARGET, ErrorCode.METRICS_FAILURE, Map.of());
    }

    static Throwable told(Throwable failure) {
        return failure instanceof SyncException || DatabaseFailures.isConnectivity(failure)
                ? failure
                : new SyncException(ErrorCode.METRICS_FAILURE, "runs, slots or columns cannot be counted", failure);
    }
}
