package dev.syncline.roster;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.syncline.run.Run;
import dev.syncline.run.TickResult;

/**
 * What became of a tick of the scheduler. That it is skipped is no failure (S0-23).
 *
 * @param reason why no run was started
 * @param remainingMs until the next tick counts
 * @param activeRun the run that is in its way
 */
@RegisterForReflection(registerFullHierarchy = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record TickAnswer(
        Status status,
        String trigger,
        String requestedBy,
        @Nullable String runId,

        @Schema(enumeration = {"live", "dry-run"}) @Nullable String mode,

        String sheetId,
        @Nullable Instant startedAt,

        @Schema(enumeration = {"config_disabled", "cadence_window", "inflight", "missed"}) @Nullable
        String reason,

        @Nullable Long remainingMs,
        @Nullable ManualRun activeRun,
        @Nullable RosterRunLinks links) {
    static final String SCHEDULER = "scheduler";
    private static final String SCHEDULED = "scheduled";

    /** Whether a run came of it. */
    enum Status {
        running,
        skipped
    }

    static TickAnswer of(TickResult result, String sheetId, Veil veil) {
        String sheet = veil.sheet(sheetId);
        if (result instanceof TickResult.Started started) {
            return started(started.run(), sheet);
        }
        if (result instanceof TickResult.Skipped skipped) {
            ManualRun active = skipped.active() == null ? null : ManualRun.of(skipped.active(), veil);
            return skipped(sheet, skipped.reason(), null, active);
        }
        long remaining = ((TickResult.TooEarly) result).remaining().toMillis();
        return skipped(sheet, "cadence_window", remaining, null);
    }

    private static TickAnswer started(Run run, String sheet) {
        return new TickAnswer(
                Status.running,
                SCHEDULED,
                run.trigger().actor(),
                run.id(),
                ManualRun.mode(run),
                sheet,
                run.queuedAt(),
                null,
                null,
                null,
                RosterRunLinks.of(run));
    }

    private static TickAnswer skipped(
            String sheet, String reason, @Nullable Long remainingMs, @Nullable ManualRun active) {
        return new TickAnswer(
                Status.skipped, SCHEDULED, SCHEDULER, null, null, sheet, null, reason, remainingMs, active, null);
    }
}
