package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;

/**
 * What a person should know of a sync beside its last run: that it keeps failing, or takes too long (S0-47). Read from its
 * runs each time, so there is nothing that a restart could lose and nothing to be cleared.
 */
public final class SyncWarnings {
    /** So many of the newest runs are looked at. */
    public static final int RUNS = 20;

    private static final int STREAK = 2;

    private SyncWarnings() {}

    /** @param newest the sync's newest runs, newest first */
    public static List<Warning> of(SyncJob job, List<Run> newest, Instant now) {
        List<Warning> warnings = new ArrayList<>();
        streak(newest).ifPresent(warnings::add);
        newest.stream()
                .filter(run -> run.startedAt() != null)
                .findFirst()
                .flatMap(run -> slow(job, run, now))
                .ifPresent(warnings::add);
        return warnings;
    }

    /** What is under way, was cancelled, or wrote nothing says neither yes nor no. */
    private static Optional<Warning> streak(List<Run> newest) {
        List<String> failed = newest.stream()
                .filter(run -> run.mode() == Mode.live && !run.active() && run.state() != RunState.CANCELLED)
                .takeWhile(run -> run.state() == RunState.FAILED)
                .map(Run::id)
                .toList();
        String count = failed.size() == RUNS ? RUNS + " or more" : "" + failed.size();
        return failed.size() < STREAK
                ? Optional.empty()
                : Optional.of(Warning.of(
                        ErrorCode.FAILED_REPEATEDLY, "The last %s runs have failed".formatted(count), failed));
    }

    private static Optional<Warning> slow(SyncJob job, Run run, Instant now) {
        Duration took = worked(run, now);
        return job.slowAfter()
                .filter(limit -> took.compareTo(limit) > 0)
                .map(limit -> Warning.of(
                        ErrorCode.RUN_SLOW,
                        "The run %s %d s, more than the %d s that are usual"
                                .formatted(run.active() ? "has taken" : "took", took.toSeconds(), limit.toSeconds()),
                        List.of(run.id())));
    }

    /** The time of work, without the waits between attempts. */
    private static Duration worked(Run run, Instant now) {
        return run.attempts().stream()
                .map(attempt -> attempt.durationMs() == null
                        ? Duration.between(attempt.startedAt(), now)
                        : Duration.ofMillis(attempt.durationMs()))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
