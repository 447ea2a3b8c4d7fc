package dev.syncline.roster;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.syncline.run.Mode;
import dev.syncline.run.Run;

/**
 * A run that somebody asked for.
 *
 * @param taskId the same as {@code runId}
 * @param rowsProcessed devices that stand in the database as they were read; null before the end
 */
@RegisterForReflection
record ManualRun(
        String taskId,
        String runId,
        RosterState status,
        String requestedBy,
        String trigger,

        @Schema(enumeration = {"live", "dry-run"}) String mode,

        boolean anonymized,
        String sheetId,
        Instant queuedAt,

        @Schema(description = "for ?since= of /api/events: whatever is newer than this answer comes")
        String statusToken,

        @Nullable Long rowsProcessed,
        @Nullable Long durationMs,
        RosterRunLinks links) {
    static ManualRun of(Run run, Veil veil) {
        return new ManualRun(
                run.id(),
                run.id(),
                RosterState.of(run),
                run.trigger().actor(),
                run.trigger().kind().name(),
                mode(run),
                run.anonymized().orElse(false),
                veil.sheet(run.input().getOrDefault(RosterSync.SHEET, "")),
                run.queuedAt(),
                RosterRunLinks.token(run),
                run.active() ? null : run.progress().counts().taken(),
                run.durationMs(),
                RosterRunLinks.of(run));
    }

    static String mode(Run run) {
        return run.mode() == Mode.live ? "live" : "dry-run";
    }
}
