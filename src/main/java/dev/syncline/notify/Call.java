package dev.syncline.notify;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.run.Run;
import dev.syncline.run.SyncJob;
import dev.syncline.status.RunView;

/**
 * What a program is told: the body of a call of the webhook.
 *
 * @param type {@code run.failed}, {@code run.given-up}, {@code sync.late}, {@code schema.changed} or {@code sync.backlog}
 * @param id the same as in {@code webhook-id}: who has seen it already need not look again
 * @param timestamp when it happened, not when it is told
 * @param run as the API shows it
 * @param slot when the run was due that did not happen
 * @param facts what else there is to know, as members of their own
 */
@RegisterForReflection(registerFullHierarchy = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Call(
        String type,
        String id,
        @Nullable Instant timestamp,
        String sync,
        @Nullable RunView run,
        @Nullable Instant slot,
        @JsonAnyGetter Map<String, Object> facts,
        Targets links) {

    /** Where people look on. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Targets(
            String dashboard,
            @Nullable String run,
            @Nullable String runbook,
            @Nullable String log,
            @Nullable String deadLetters) {}

    static Call ofFailed(String id, Run run, Links links) {
        return of("run.failed", id, run, links, null);
    }

    static Call ofGivenUp(String id, Run run, Links links) {
        return of("run.given-up", id, run, links, links.deadLetters(run.sync()));
    }

    static Call ofLate(String id, SyncJob job, Instant slot, Links links) {
        Targets targets = new Targets(links.dashboard(), null, null, null, null);
        return new Call("sync.late", id, slot, job.sync(), null, slot, Map.of(), targets);
    }

    static Call ofSchema(String id, Run run, Map<String, Object> facts, Links links) {
        Targets targets = new Targets(
                links.dashboard(),
                links.run(run),
                links.runbook(ErrorCode.COLUMNS_CHANGED.name()),
                links.log(run).orElse(null),
                null);
        return new Call("schema.changed", id, run.completedAt(), run.sync(), null, null, facts, targets);
    }

    static Call ofBacklog(String id, Backlog backlog, Links links) {
        Targets targets =
                new Targets(links.dashboard(), null, links.runbook(ErrorCode.BACKLOG_GROWING.name()), null, null);
        Map<String, Object> facts = Map.of("waiting", backlog.waiting());
        return new Call("sync.backlog", id, backlog.since(), backlog.sync(), null, null, facts, targets);
    }

    private static Call of(String type, String id, Run run, Links links, @Nullable String deadLetters) {
        Targets targets = new Targets(
                links.dashboard(),
                links.run(run),
                run.error() == null ? null : links.runbook(run.error().code()),
                links.log(run).orElse(null),
                deadLetters);
        return new Call(type, id, run.completedAt(), run.sync(), RunView.of(run), null, Map.of(), targets);
    }
}
