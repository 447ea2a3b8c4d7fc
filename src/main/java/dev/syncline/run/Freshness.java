package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * How old a sync's data is, and whether it should be younger. Nothing of it is stored: it follows from the last complete run,
 * the schedule and the time.
 *
 * @param dataAsOf start of the last complete run
 * @param expectedNext the next slot of the schedule; null when it does not run by itself
 * @param late whether a slot has waited for a complete run for longer than the schedule allows
 * @param lateSince when it became so
 */
@RegisterForReflection(registerFullHierarchy = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Freshness(
        @Nullable Instant dataAsOf,
        @Nullable Long ageSeconds,
        @Nullable Instant expectedNext,
        boolean late,
        @Nullable Instant lateSince) {

    /**
     * @param lastSuccess the last complete live run
     * @param since when the schedule was first seen; no earlier slot makes anything late
     */
    public static Freshness of(SyncJob job, Optional<Run> lastSuccess, Optional<Instant> since, Instant now) {
        Instant dataAsOf = lastSuccess.map(Run::startedAt).orElse(null);
        Optional<Schedule> schedule = job.schedule().filter(times -> job.enabled());
        Instant lateSince = schedule.isEmpty()
                ? null
                : since.map(from -> lateFrom(schedule.get(), lastSuccess, from))
                        .filter(now::isAfter)
                        .orElse(null);
        return new Freshness(
                dataAsOf,
                dataAsOf == null ? null : Duration.between(dataAsOf, now).toSeconds(),
                schedule.map(times -> times.next(now)).orElse(null),
                lateSince != null,
                lateSince);
    }

    /**
     * A run that was under way at a slot, and is why the slot was skipped, serves it like one that began then; so does one that
     * began for it by a clock that ran ahead.
     */
    private static Instant lateFrom(Schedule schedule, Optional<Run> lastSuccess, Instant since) {
        Instant served = lastSuccess
                .map(Run::completedAt)
                .map(end -> end.plus(ScheduleTicks.GRACE))
                .filter(since::isBefore)
                .orElse(since);
        return schedule.next(served).plus(schedule.lateAfter());
    }
}
