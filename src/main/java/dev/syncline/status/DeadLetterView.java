package dev.syncline.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.SourceMark;
import dev.syncline.run.DeadLetter;
import dev.syncline.run.RunError;
import dev.syncline.run.Trigger;
import dev.syncline.status.ShownRows.Sight;

/**
 * A dead letter as the API shows it.
 *
 * @param id that of the run that was given up
 * @param error of its last attempt
 */
@RegisterForReflection(registerFullHierarchy = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeadLetterView(
        String id,
        String sync,
        DeadLetter.State state,
        Payload payload,
        List<RunView.AttemptView> attempts,
        RunError error,
        Instant failedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String note,
        @Nullable String replay,
        Links links) {

    /** What the run was asked to do; an address without its query. */
    @Schema(name = "DeadLetterPayload")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Payload(
            RunView.ModeView mode,
            Map<String, String> input,
            @Nullable String reason,
            Trigger trigger) {}

    /** Where to go from here. */
    @Schema(name = "DeadLetterLinks")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Links(
            String self,
            String run,
            @Nullable String replay,
            @Nullable String discard,
            @Nullable String replayedBy) {}

    static DeadLetterView of(DeadLetter letter, Sight sight) {
        DeadLetter.Payload payload = letter.payload();
        String self = "/api/dead-letters/" + letter.run();
        boolean open = letter.state() == DeadLetter.State.OPEN;
        return new DeadLetterView(
                letter.run(),
                letter.sync(),
                letter.state(),
                new Payload(
                        RunView.ModeView.of(payload.mode()),
                        told(sight.of(payload.input())),
                        payload.reason(),
                        payload.trigger()),
                letter.attempts().stream().map(RunView.AttemptView::of).toList(),
                letter.error(),
                letter.failedAt(),
                letter.decidedBy(),
                letter.decidedAt(),
                letter.note(),
                letter.replay(),
                new Links(
                        self,
                        "/api/runs/" + letter.run(),
                        open ? self + "/replay" : null,
                        open ? self + "/discard" : null,
                        letter.replay() == null ? null : "/api/runs/" + letter.replay()));
    }

    private static Map<String, String> told(Map<String, String> input) {
        return input.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> SourceMark.told(entry.getValue())));
    }
}
