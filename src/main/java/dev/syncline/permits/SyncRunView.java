package dev.syncline.permits;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.SourceMark;
import dev.syncline.ingest.Tally;
import dev.syncline.run.Run;
import dev.syncline.run.RunState;
import dev.syncline.source.FeedLocation;

/**
 * A run in the permits family's own words: {@code running}, {@code completed} or {@code failed} (S1, sync_runs). New, updated,
 * unchanged and errors add up to the total (S1-09); rows that stand twice in a feed are told beside it.
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record SyncRunView(
        String id,
        Instant startedAt,
        @Nullable Instant completedAt,
        String status,
        long recordsTotal,
        long recordsNew,
        long recordsUpdated,
        long recordsUnchanged,
        long recordsErrors,
        long recordsDuplicates,
        long recordsAbsent,
        @Nullable String errorMessage,
        @Nullable String snapshotPath,
        @Nullable Long durationMs) {

    static SyncRunView of(Run run) {
        Tally counts = run.progress().counts();
        return new SyncRunView(
                run.id(),
                run.startedAt() == null ? run.queuedAt() : run.startedAt(),
                run.completedAt(),
                status(run.state()),
                counts.read() - counts.duplicates(),
                counts.added(),
                counts.updated(),
                counts.unchanged(),
                counts.rejected(),
                counts.duplicates(),
                counts.absent(),
                errorMessage(run),
                snapshotPath(run),
                run.durationMs());
    }

    /** The file that was downloaded, or the one that was read where it lies; none as long as a download is on its way. */
    private static @Nullable String snapshotPath(Run run) {
        SourceMark source = run.progress().source();
        if (source != null && source.path() != null) {
            return source.path();
        }
        return Optional.ofNullable(run.input().get(PermitsJob.FEED))
                .or(() -> Optional.ofNullable(source).map(SourceMark::feed))
                .map(FeedLocation::parse)
                .filter(FeedLocation.ImportedFile.class::isInstance)
                .map(FeedLocation::told)
                .orElse(null);
    }

    private static String status(RunState state) {
        return switch (state) {
            case QUEUED, RUNNING, RETRY_WAIT -> "running";
            case SUCCEEDED, PARTIAL -> "completed";
            case FAILED, CANCELLED -> "failed";
        };
    }

    private static @Nullable String errorMessage(Run run) {
        if (run.state() == RunState.CANCELLED) {
            return "cancelled";
        }
        return run.error() == null
                ? null
                : run.error().code() + ": " + run.error().message();
    }
}
