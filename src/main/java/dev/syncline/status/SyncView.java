package dev.syncline.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Warning;
import dev.syncline.run.Freshness;
import dev.syncline.run.Run;
import dev.syncline.run.Schedule;
import dev.syncline.run.SyncJob;
import dev.syncline.run.SyncWarnings;

/**
 * A sync at a glance.
 *
 * @param schedule when it runs by itself; null when only a person starts it
 * @param next the next three instants of the schedule
 * @param lastRun the newest run, whatever became of it
 * @param warnings what a person should know beside the last run: that it keeps failing, takes too long, or does not keep up
 */
@RegisterForReflection(registerFullHierarchy = true)
public record SyncView(
        String id,
        String title,
        boolean enabled,
        @Nullable ScheduleView schedule,
        List<Instant> next,
        @Nullable RunView activeRun,
        @Nullable RunView lastRun,
        @Nullable RunView lastSuccess,
        Freshness freshness,
        List<Warning> warnings,
        Links links) {

    private static final int NEXT = 3;

    /**
     * When it runs by itself.
     *
     * @param missed what becomes of times at which no process was there: {@code run-once} or {@code skip}
     * @param lateAfterSeconds without a complete run for so long after such a time it is late
     */
    @Schema(name = "Schedule")
    public record ScheduleView(String cron, String zone, String missed, long lateAfterSeconds) {
        static ScheduleView of(Schedule schedule) {
            return new ScheduleView(
                    schedule.cron(),
                    schedule.zone().getId(),
                    schedule.missed().toString(),
                    schedule.lateAfter().toSeconds());
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

    /**
     * @param runs the newest, newest first
     * @param since when its schedule was first seen
     * @param standing what there is to know now, whatever became of its runs
     */
    static SyncView of(
            SyncJob job,
            List<Run> runs,
            Optional<Run> lastSuccess,
            Optional<Instant> since,
            List<Warning> standing,
            Instant now) {
        Optional<Run> newest = runs.stream().findFirst();
        RunView last = newest.map(RunView::of).orElse(null);
        RunView success = lastSuccess.map(RunView::of).orElse(null);
        String id = job.sync();
        return new SyncView(
                id,
                job.title(),
                job.enabled(),
                job.schedule().map(ScheduleView::of).orElse(null),
                job.schedule().map(times -> times.next(now, NEXT)).orElse(List.of()),
                newest.filter(Run::active).map(RunView::of).orElse(null),
                last,
                success,
                Freshness.of(job, lastSuccess, since, now),
                Stream.concat(standing.stream(), SyncWarnings.of(job, runs, now).stream())
                        .toList(),
                new Links(
                        "/api/syncs/" + id,
                        "/api/runs?sync=" + id,
                        "/api/syncs/" + id + "/runs",
                        "/api/events?sync=" + id,
                        job.quality().orElse(null)));
    }
}
