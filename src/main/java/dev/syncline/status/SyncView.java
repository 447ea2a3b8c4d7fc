package dev.syncline.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Warning;
import dev.syncline.run.Run;
import dev.syncline.run.SyncJob;
import dev.syncline.run.SyncWarnings;

/**
 * A sync at a glance.
 *
 * @param schedule when it runs by itself; null when only a person starts it
 * @param next the next three instants of the schedule
 * @param lastRun the newest run, whatever became of it
 * @param warnings what a person should know beside the last run: that it keeps failing, or takes too long
 */
@RegisterForReflection(registerFullHierarchy = true)
public record SyncView(
        String id,
        String title,
        boolean enabled,
        @Nullable String schedule,
        List<Instant> next,
        @Nullable RunView activeRun,
        @Nullable RunView lastRun,
        @Nullable RunView lastSuccess,
        Freshness freshness,
        List<Warning> warnings,
        Links links) {

    /**
     * How old the data is.
     *
     * @param dataAsOf start of the last complete run
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Freshness(
            @Nullable Instant dataAsOf, @Nullable Long ageSeconds) {
        static Freshness at(Instant now, @Nullable RunView lastSuccess) {
            if (lastSuccess == null || lastSuccess.startedAt() == null) {
                return new Freshness(null, null);
            }
            Instant asOf = lastSuccess.startedAt();
            return new Freshness(asOf, Duration.between(asOf, now).toSeconds());
        }
    }

    /**
     * Where to go from here.
     *
     * @param quality how good its data is, day by day; null where nobody counts
     */
    @Schema(name = "SyncLinks")
    public record Links(
            String self,
            String runs,
            String start,
            String events,
            @Nullable String quality) {}

    /** @param runs the newest, newest first */
    static SyncView of(SyncJob job, List<Run> runs, Optional<Run> lastSuccess, Instant now) {
        Optional<Run> newest = runs.stream().findFirst();
        RunView last = newest.map(RunView::of).orElse(null);
        RunView success = lastSuccess.map(RunView::of).orElse(null);
        String id = job.sync();
        return new SyncView(
                id,
                job.title(),
                job.enabled(),
                null,
                List.of(),
                newest.filter(Run::active).map(RunView::of).orElse(null),
                last,
                success,
                Freshness.at(now, success),
                SyncWarnings.of(job, runs, now),
                new Links(
                        "/api/syncs/" + id,
                        "/api/runs?sync=" + id,
                        "/api/syncs/" + id + "/runs",
                        "/api/events?sync=" + id,
                        job.quality().orElse(null)));
    }
}
