package dev.syncline.roster;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.syncline.notify.Alerts.Alert;
import dev.syncline.run.RunFigures.Figures;
import dev.syncline.run.Trigger;

/**
 * How the roster sync has gone (S0-45).
 *
 * @param cumulative as far back as runs and slots are kept
 * @param webhook the newest alert of changed columns
 * @param schemaChange the newest change of columns
 */
@RegisterForReflection(registerFullHierarchy = true)
record RosterFigures(
        Instant asOf,
        Window last12h,
        Window cumulative,
        @Nullable Alert webhook,
        @Nullable SchemaChange schemaChange) {

    /** A span of time. */
    @Schema(name = "RosterWindow")
    record Window(List<Part> perTrigger, Part totals) {
        static Window of(Map<Trigger.Kind, Figures> byTrigger) {
            List<Part> parts = byTrigger.entrySet().stream()
                    .map(entry -> Part.of(entry.getKey().name(), entry.getValue()))
                    .toList();
            Figures all = byTrigger.values().stream().reduce(Figures.NONE, Figures::plus);
            return new Window(parts, Part.of(null, all));
        }
    }

    /**
     * The figures of one trigger, or of all. {@code runs = success + failure + skipped}.
     *
     * @param skipped cancelled runs, and slots of the schedule that were settled without a run
     * @param avgDurationMs of the runs that succeeded or failed
     */
    @Schema(name = "RosterTriggerFigures")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Part(
            @Nullable String trigger,
            long runs,
            long success,
            long failure,
            long skipped,
            long totalDurationMs,
            long avgDurationMs,
            long totalRows,
            long rowsSkipped,
            long conflicts) {
        static Part of(@Nullable String trigger, Figures figures) {
            return new Part(
                    trigger,
                    figures.runs(),
                    figures.success(),
                    figures.failure(),
                    figures.skipped(),
                    figures.durationMs(),
                    figures.averageMs(),
                    figures.rows(),
                    figures.rejected(),
                    figures.duplicates());
        }
    }
}
