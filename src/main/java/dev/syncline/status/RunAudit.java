package dev.syncline.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.identity.AuditEntry;
import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.identity.PastAction;
import dev.syncline.ingest.Tally;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Ids;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunError;
import dev.syncline.run.RunFollowUp;
import dev.syncline.run.RunState;
import dev.syncline.run.RunStore;
import dev.syncline.run.Trigger;

/**
 * Tells the audit trail how runs ended (S0-7, S0-13): each that a person asked for, and each that failed. What the schedule
 * does every two minutes without a failure would flood it. A run that is one person's alone is nobody else's to read of.
 */
@ApplicationScoped
class RunAudit implements RunFollowUp {
    private static final int AT_ONCE = 100;

    private final AuditTrail audit;
    private final RunStore runs;

    RunAudit(AuditTrail audit, RunStore runs) {
        this.audit = audit;
        this.runs = runs;
    }

    @Override
    public Uni<Void> follow(Run ended) {
        return of(ended).map(audit::record).orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** The records of runs that have ended this moment, which will be written as they are here. */
    Uni<List<AuditEntry>> toCome() {
        return runs.toFollow(AT_ONCE).map(ended -> ended.stream()
                .flatMap(run -> of(run).stream())
                .map(PastAction::shown)
                .toList());
    }

    private static Optional<PastAction> of(Run run) {
        boolean asked = run.trigger().kind() != Trigger.Kind.scheduled;
        boolean told = (asked || run.state() == RunState.FAILED) && run.person() == null && run.completedAt() != null;
        return told ? Optional.of(end(run)) : Optional.empty();
    }

    private static PastAction end(Run run) {
        return new PastAction(
                Ids.at(run.completedAt(), run.id()),
                run.completedAt(),
                AuditType.sync,
                action(run),
                run.trigger().actor(),
                run.id(),
                outcome(run),
                result(run),
                run.trigger().requestId(),
                context(run));
    }

    private static String action(Run run) {
        return switch (run.state()) {
            case FAILED -> "SYNC_RUN_FAILED";
            case CANCELLED -> "SYNC_RUN_CANCELLED";
            default -> run.input().containsKey(Run.BASELINE) ? "SNAPSHOT_RESTORED" : "SYNC_RUN_COMPLETED";
        };
    }

    private static PastAction.Outcome outcome(Run run) {
        return switch (run.state()) {
            case FAILED -> PastAction.Outcome.error;
            case CANCELLED -> PastAction.Outcome.skipped;
            default -> PastAction.Outcome.success;
        };
    }

    private static String result(Run run) {
        if (run.state() == RunState.CANCELLED) {
            return ErrorCode.RUN_CANCELLED.name();
        }
        return run.error() == null ? run.state().name() : run.error().code();
    }

    private static Map<String, Object> context(Run run) {
        Tally counts = run.progress().counts();
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("run", run.id());
        context.put("sync", run.sync());
        context.put("trigger", run.trigger().kind().name());
        context.put("mode", run.mode() == Mode.live ? "live" : "dry-run");
        run.anonymized().ifPresent(anonymized -> context.put("anonymized", anonymized));
        Optional.ofNullable(run.startedAt()).ifPresent(at -> context.put("startedAt", at.toString()));
        context.put("completedAt", String.valueOf(run.completedAt()));
        Optional.ofNullable(run.durationMs()).ifPresent(took -> context.put("durationMs", took));
        context.put("rowCount", counts.read());
        context.put("added", counts.added());
        context.put("updated", counts.updated());
        context.put("unchanged", counts.unchanged());
        context.put("skipped", counts.rejected());
        context.put("conflicts", counts.duplicates());
        context.put("absent", counts.absent());
        Optional.ofNullable(run.error()).ifPresent(error -> context.putAll(failure(error)));
        return context;
    }

    private static Map<String, Object> failure(RunError error) {
        return Map.of("message", error.message(), "nextStep", error.nextStep(), "reference", error.reference());
    }
}
