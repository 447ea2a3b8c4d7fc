package dev.syncline.roster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.Envelope;
import dev.syncline.ingest.Tally;
import dev.syncline.run.Run;

/**
 * Where the roster sync stands: its newest run in the words of the family (S0, pipeline). Only what the state has is there.
 *
 * @param startedAt since when it is under way; of a run that waits for its turn, when it was asked for
 * @param dataAsOf start of the last complete live run
 */
@RegisterForReflection(registerFullHierarchy = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record RosterStatus(
        RosterState status,
        @Nullable String runId,
        @Nullable String requestedBy,
        @Nullable String trigger,

        @Schema(enumeration = {"live", "dry-run"}) @Nullable String mode,

        @Nullable Boolean anonymized,
        @Nullable String sheetId,
        @Nullable Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Metrics metrics,
        @Nullable String errorCode,
        @Nullable String message,
        @Nullable String recommendation,
        @Nullable String referenceId,
        List<Remark> warnings,

        @Schema(description = "for ?since= of /api/events: whatever is newer than this answer comes") @Nullable
        String statusToken,

        @Nullable RosterRunLinks links,
        @Nullable Instant dataAsOf) {

    /**
     * What the run has counted. {@code rowCount = rowsProcessed + rowsSkipped + conflicts}.
     *
     * @param rowsProcessed {@code added + updated + unchanged}
     * @param rowsSkipped set aside, with their reasons
     * @param conflicts further rows of a serial that is there already
     * @param missing devices that are not in the sheet any more
     */
    @Schema(name = "RosterMetrics")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Metrics(
            long rowCount,
            long rowsProcessed,
            long rowsSkipped,
            long conflicts,
            long added,
            long updated,
            long unchanged,
            long missing,
            @Nullable Long durationMs) {
        static Metrics of(Run run) {
            Tally counts = run.progress().counts();
            return new Metrics(
                    counts.read(),
                    counts.taken(),
                    counts.rejected(),
                    counts.duplicates(),
                    counts.added(),
                    counts.updated(),
                    counts.unchanged(),
                    counts.absent(),
                    run.durationMs());
        }
    }

    /**
     * Something that a person should know beside the state.
     *
     * @param sample some of the rows, columns or runs concerned
     * @param change where the columns have changed
     */
    @Schema(name = "RosterRemark")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Remark(
            Type type,
            String code,
            String message,
            List<String> sample,
            @Nullable SchemaChange change) {
        /** What it is about. */
        enum Type {
            /** The run takes longer than is usual (S0-47). */
            duration,
            /** The last runs have all failed (S0-47). */
            streak,
            @JsonProperty("schema-change")
            schemaChange,
            /** The run itself remarks it. */
            run
        }
    }

    static RosterStatus idle(List<Remark> warnings) {
        return new RosterStatus(
                RosterState.idle,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                warnings,
                null,
                null,
                null);
    }

    static RosterStatus of(Run run, List<Remark> warnings, @Nullable Instant dataAsOf, Veil veil) {
        Optional<Envelope.Failure> failure = RosterState.failure(run);
        return new RosterStatus(
                RosterState.of(run),
                run.id(),
                run.trigger().actor(),
                run.trigger().kind().name(),
                ManualRun.mode(run),
                run.anonymized().orElse(false),
                Optional.ofNullable(run.input().get(RosterSync.SHEET))
                        .map(veil::sheet)
                        .orElse(null),
                run.queuedAt(),
                run.startedAt() == null ? run.queuedAt() : run.startedAt(),
                run.completedAt(),
                Metrics.of(run),
                failure.map(Envelope.Failure::code).orElse(null),
                failure.map(Envelope.Failure::message).orElse(null),
                failure.map(Envelope.Failure::recommendation).orElse(null),
                failure.map(Envelope.Failure::referenceId).orElse(null),
                warnings,
                RosterRunLinks.token(run),
                RosterRunLinks.of(run),
                dataAsOf);
    }
}
