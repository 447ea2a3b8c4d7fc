package dev.syncline.status;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.SourceMark;
import dev.syncline.ingest.Tally;
import dev.syncline.ingest.Warning;
import dev.syncline.run.Attempt;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunError;
import dev.syncline.run.RunState;
import dev.syncline.run.Trigger;

/**
 * A run as everybody sees it: the API, the stream and the dashboard show this and nothing else.
 *
 * @param anonymized whether whoever asked had anonymization switched on; none where nobody can
 */
@RegisterForReflection(registerFullHierarchy = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunView(
        String id,
        String sync,
        RunState state,
        long version,
        Trigger trigger,
        ModeView mode,
        @Nullable String reason,
        @Nullable Boolean anonymized,
        int attempt,
        List<AttemptView> attempts,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Long durationMs,
        @Nullable Instant nextAttemptAt,
        ProgressView progress,
        Tally counts,
        @Nullable RunError error,
        List<Warning> warnings,
        @Nullable SourceView source,
        Links links) {

    /** {@code live} or {@code dry-run}. */
    public enum ModeView {
        live,
        @JsonProperty("dry-run")
        dryRun;

        static ModeView of(Mode mode) {
            return mode == Mode.live ? live : dryRun;
        }
    }

    /** One try at the work. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AttemptView(
            int number,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Long durationMs,
            @Nullable RunError error) {
        static AttemptView of(Attempt attempt) {
            return new AttemptView(
                    attempt.number(), attempt.startedAt(), attempt.endedAt(), attempt.durationMs(), attempt.error());
        }
    }

    /** How far the latest attempt has come. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ProgressView(
            String stage,
            long read,
            long bytesRead,
            @Nullable Long bytesTotal) {}

    /** What the run knows of its feed, without what an address may keep secret. */
    @Schema(name = "RunSource")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SourceView(
            @Schema(
                    description = "address or file, without an address's query",
                    example = "https://open.example.org/permits.json")
            String feed,

            @Schema(description = "when this run turned to the source")
            Instant checkedAt,

            @Schema(description = "when the feed was last read whole, by this run or one before") @Nullable
            Instant readAt,

            @Schema(description = "since when the feed has been the same, as far as the runs saw it") @Nullable
            Instant changedSince,

            @Schema(description = "whether the source said that nothing has changed, so that nothing was read")
            boolean unchanged,

            @Nullable String etag,
            @Nullable String lastModified,

            @Schema(
                    description = "the file that was downloaded",
                    example = "/spool/permits-2026-11-22-01a203ed-510d-7000-89e6-dcaf384b9a80-1.json")
            @Nullable
            String snapshot,

            @Schema(description = "whether that file stays for a while, or goes when the attempt ends") @Nullable
            Boolean kept) {
        static @Nullable SourceView of(@Nullable SourceMark mark) {
            if (mark == null) {
                return null;
            }
            return new SourceView(
                    mark.feed(),
                    mark.checkedAt(),
                    mark.readAt(),
                    mark.changedSince(),
                    mark.isUnchanged(),
                    mark.etag(),
                    mark.lastModified(),
                    mark.path(),
                    mark.kept());
        }
    }

    /** Where to go from here. */
    @Schema(name = "RunLinks")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Links(
            String self,
            String events,
            @Nullable String cancel,
            String changes,
            @Nullable String rejections,
            @Nullable String sweep) {
        static Links of(Run run) {
            String self = "/api/runs/" + run.id();
            boolean held = run.mode() == Mode.live
                    && run.progress().warnings().stream().anyMatch(w -> w.code().equals("SWEEP_HELD"));
            return new Links(
                    self,
                    "/api/events?run=" + run.id(),
                    run.active() ? self + "/cancel" : null,
                    self + "/changes",
                    run.progress().counts().rejected() > 0 ? self + "/rejections" : null,
                    held ? self + "/sweep" : null);
        }
    }

    public static RunView of(Run run) {
        Tally counts = run.progress().counts();
        return new RunView(
                run.id(),
                run.sync(),
                run.state(),
                run.version(),
                run.trigger(),
                ModeView.of(run.mode()),
                run.reason(),
                run.anonymized().orElse(null),
                run.attempt(),
                run.attempts().stream().map(AttemptView::of).toList(),
                run.queuedAt(),
                run.startedAt(),
                run.completedAt(),
                run.durationMs(),
                run.nextAttemptAt(),
                new ProgressView(
                        run.progress().stage(),
                        counts.read(),
                        run.progress().bytesRead(),
                        run.progress().bytesTotal()),
                counts,
                run.error(),
                run.progress().warnings(),
                SourceView.of(run.progress().source()),
                Links.of(run));
    }

    /** Names the version, as the stream's event id. */
    public String eventId() {
        return id + ':' + version;
    }
}
