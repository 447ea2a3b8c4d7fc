package dev.syncline.status;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.identity.Caller;
import dev.syncline.ingest.HeldSweeps;
import dev.syncline.ingest.Sweep;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.RunStore;
import dev.syncline.run.SyncCatalog;
import dev.syncline.run.SyncJob.SweepTarget;

/** A person's word on a sweep that was held (C0-12). */
@ApplicationScoped
class SweepDecisions {
    private final HeldSweeps sweeps;
    private final Runs visible;
    private final RunStore runs;
    private final SyncCatalog syncs;
    private final AuditTrail audit;
    private final Caller caller;

    SweepDecisions(HeldSweeps sweeps, Runs visible, RunStore runs, SyncCatalog syncs, AuditTrail audit, Caller caller) {
        this.sweeps = sweeps;
        this.visible = visible;
        this.runs = runs;
        this.syncs = syncs;
        this.audit = audit;
        this.caller = caller;
    }

    Uni<Sweep> get(String run) {
        return visible.get(run)
                .chain(known -> sweeps.find(run))
                .map(found -> found.orElseThrow(
                        () -> new SyncException(ErrorCode.NOT_FOUND, "the run has no sweep that was held")));
    }

    /** {@code RUN_ACTIVE} while the sync runs: the new run looks at everything again. */
    Uni<Sweep> decide(String run, Sweep.State decision) {
        return get(run).call(sweep -> runs.activeOf(sweep.sync())
                        .invoke(active -> active.ifPresent(r -> {
                            throw ActiveRun.refusal(r);
                        })))
                .chain(sweep -> decide(sweep, decision))
                .call(sweep -> audit.record(
                        AuditType.sync, "SWEEP_" + decision, run, sweep.state().name()));
    }

    private Uni<Sweep> decide(Sweep sweep, Sweep.State decision) {
        SweepTarget target = syncs.get(sweep.sync()).sweepTarget().orElseThrow();
        return decision == Sweep.State.APPROVED
                ? sweeps.approve(sweep, target.rows(), target.absence(), caller.name())
                : sweeps.dismiss(sweep, caller.name());
    }
}
