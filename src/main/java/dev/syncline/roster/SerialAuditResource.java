package dev.syncline.roster;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.runtime.annotations.RegisterForReflection;
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
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** {@code POST /api/sync/audit}: which rows of the sheet have no serial. Reads the sheet, and writes no device. */
@Path("/api/sync/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "roster")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(schema = @Schema(implementation = SerialAuditResource.Answer.class)))
class SerialAuditResource {
    private static final int RECORDED = 25;
    private static final String SHEET_ID = DeviceField.SHEET_ID.path();

    private final RosterReader reader;
    private final ConfiguredSheet sheet;
    private final AuditTrail audit;
    private final Clock clock;

    SerialAuditResource(RosterReader reader, ConfiguredSheet sheet, AuditTrail audit, Clock clock) {
        this.reader = reader;
        this.sheet = sheet;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param missingSerialRows their numbers in the sheet */
    @Schema(name = "SerialAudit")
    @RegisterForReflection(registerFullHierarchy = true)
    record Shown(
            String sheetId,
            String tabName,
            int rowsAudited,
            int missingSerialCount,
            List<Integer> missingSerialRows,
            Status status,
            Instant startedAt,
            Instant completedAt) {
        /** Whether strict serials would let a run through. */
        enum Status {
            passed,
            blocked
        }

        Shown through(Veil veil) {
            return new Shown(
                    veil.sheet(sheetId),
                    tabName,
                    rowsAudited,
                    missingSerialCount,
                    missingSerialRows,
                    status,
                    startedAt,
                    completedAt);
        }

        /** For the trail, whose readers see of the sheet what they may. */
        Map<String, Object> facts() {
            return Map.of(
                    SHEET_ID,
                    sheetId,
                    "tabName",
                    tabName,
                    "rowsAudited",
                    rowsAudited,
                    "missingSerialCount",
                    missingSerialCount,
                    "missingSerialRows",
                    missingSerialRows.stream().limit(RECORDED).toList());
        }
    }

    /** For the API description: an envelope of what is shown. */
    @Schema(name = "SerialAuditAnswer")
    record Answer(
            @Nullable Shown data,
            @Schema(hidden = true) @Nullable Map<String, Object> meta,
            Envelope.@Nullable Failure error) {}

    @POST
    @Operation(
            operationId = "auditSerials",
            summary = "Look for rows of the sheet that have no serial",
            description = "Reads the sheet as a run does, and writes nothing but a record in the audit trail.")
    @APIResponse(
            responseCode = "200",
            description = "The rows without a serial; blocked if there is any",
            content =
                    @Content(
                            schema = @Schema(implementation = Answer.class),
                            examples = @ExampleObject(name = "blocked", value = RosterExamples.AUDIT)))
    @APIResponse(responseCode = "413", description = "The sheet has more rows than are read")
    @APIResponse(
            responseCode = "429",
            description = "The sheet is being read already; Retry-After says when to ask again")
    @APIResponse(responseCode = "502", description = "The sheet cannot be read")
    @APIResponse(responseCode = "503", description = "No sheet is configured, or Google or the database asks to wait")
    @APIResponse(responseCode = "504", description = "Google did not answer in time")
    public Uni<Envelope<Shown>> audit() {
        String id = sheet.id();
        Veil veil = sheet.veil();
        Instant startedAt = clock.instant();
        return reader.audit(id)
                .map(found -> shown(id, found, startedAt))
                .onFailure(SerialAuditResource::isOfTheSheet)
                .call(failure -> recordFailure(id, (SyncException) failure))
                .call(this::record)
                .map(shown -> shown.through(veil))
                .map(Envelope::of);
    }

    /** What was not even begun is no audit that failed. */
    private static boolean isOfTheSheet(Throwable failure) {
        return failure instanceof SyncException known && known.code() != ErrorCode.TOO_MANY_REQUESTS;
    }

    private Shown shown(String id, SerialAudit found, Instant startedAt) {
        List<Integer> missing = found.missingSerialRows();
        return new Shown(
                id,
                sheet.tab(),
                found.rowsAudited(),
                missing.size(),
                missing,
                missing.isEmpty() ? Shown.Status.passed : Shown.Status.blocked,
                startedAt,
                clock.instant());
    }

    private Uni<Void> record(Shown shown) {
        return shown.status() == Shown.Status.passed
                ? audit.record(AuditType.sync, "SERIAL_AUDIT_PASSED", RosterSync.DEVICES, "passed", shown.facts())
                : audit.recordFailure(
                        AuditType.sync,
                        "SERIAL_AUDIT_FAILED",
                        RosterSync.DEVICES,
                        ErrorCode.SERIAL_AUDIT_FAILED,
                        shown.facts());
    }

    private Uni<Void> recordFailure(String id, SyncException failure) {
        return audit.recordFailure(
                AuditType.sync, "SERIAL_AUDIT_FAILED", RosterSync.DEVICES, failure.code(), Map.of(SHEET_ID, id));
    }
}
