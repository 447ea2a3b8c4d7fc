package dev.syncline.roster;

import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.identity.PastAction;
import dev.syncline.notify.Alerts;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Ids;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunFollowUp;
import dev.syncline.run.RunState;

/**
 * Tells of columns that a run found changed: one record in the trail and one alert for each change (S0-39), both under ids of
 * the run. Comes after its end, so the run neither waits for an alert nor fails by it (S0-40).
 */
@ApplicationScoped
class SchemaAlerts implements RunFollowUp {
    private final ColumnRegistry registry;
    private final Alerts alerts;
    private final AuditTrail audit;
    private final RosterConfig config;

    SchemaAlerts(ColumnRegistry registry, Alerts alerts, AuditTrail audit, RosterConfig config) {
        this.registry = registry;
        this.alerts = alerts;
        this.audit = audit;
        this.config = config;
    }

    @Override
    public Uni<Void> follow(Run ended) {
        boolean complete = ended.state() == RunState.SUCCEEDED || ended.state() == RunState.PARTIAL;
        if (!ended.sync().equals(RosterSync.SYNC) || !complete) {
            return Uni.createFrom().voidItem();
        }
        return ended.mode() == Mode.live ? tellChange(ended) : tellDryRun(ended);
    }

    private Uni<Void> tellChange(Run run) {
        return registry.changeOf(run.id()).chain(found -> found.map(change -> tell(run, SchemaChange.of(change)))
                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> tell(Run run, SchemaChange change) {
        Map<String, Object> facts = new HashMap<>(change.facts());
        facts.put("trigger", run.trigger().kind().name());
        return audit.record(action(run, change, facts))
                .chain(() -> config.schemaAlertsPaused()
                        ? alerts.schemaSuppressed(run, "schema-alerts-paused")
                        : alerts.schemaChanged(run, facts));
    }

    private static PastAction action(Run run, SchemaChange change, Map<String, Object> facts) {
        return new PastAction(
                Ids.at(change.at(), run.id() + "/columns"),
                change.at(),
                AuditType.sync,
                "SYNC_COLUMNS_CHANGED",
                run.trigger().actor(),
                run.id(),
                PastAction.Outcome.success,
                ErrorCode.COLUMNS_CHANGED.name(),
                run.trigger().requestId(),
                facts);
    }

    /** Nothing has changed but on paper, so nobody is told; that alone is recorded. */
    private Uni<Void> tellDryRun(Run run) {
        boolean found = run.progress().warnings().stream()
                .anyMatch(warning -> warning.code().equals(ErrorCode.COLUMNS_CHANGED.name()));
        return found
                ? alerts.schemaSuppressed(run, "dry-run-mode")
                : Uni.createFrom().voidItem();
    }
}
