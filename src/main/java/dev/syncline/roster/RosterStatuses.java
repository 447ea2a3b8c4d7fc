package dev.syncline.roster;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;
import dev.syncline.roster.RosterStatus.Remark;
import dev.syncline.run.Run;
import dev.syncline.run.RunStore;
import dev.syncline.run.SyncCatalog;
import dev.syncline.run.SyncWarnings;

/** Reads the roster's status from its runs, each time anew: so every process says the same, also after a restart (S0-6). */
@ApplicationScoped
class RosterStatuses {
    private static final String COLUMNS_CHANGED = ErrorCode.COLUMNS_CHANGED.name();

    private final RunStore runs;
    private final ColumnRegistry registry;
    private final SyncCatalog syncs;
    private final Clock clock;

    RosterStatuses(RunStore runs, ColumnRegistry registry, SyncCatalog syncs, Clock clock) {
        this.runs = runs;
        this.registry = registry;
        this.syncs = syncs;
        this.clock = clock;
    }

    Uni<RosterStatus> now(Veil veil) {
        return Uni.combine()
                .all()
                .unis(runs.newestOf(RosterSync.SYNC, SyncWarnings.RUNS), lastComplete())
                .with((newest, complete) -> status(newest, complete, veil));
    }

    private record Complete(Optional<Run> run, Optional<ColumnChange> change) {}

    private Uni<Complete> lastComplete() {
        return runs.lastSuccess(RosterSync.SYNC)
                .chain(last -> changeOf(last).map(change -> new Complete(last, change)));
    }

    private Uni<Optional<ColumnChange>> changeOf(Optional<Run> run) {
        return run.map(last -> registry.changeOf(last.id()))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private RosterStatus status(List<Run> newest, Complete complete, Veil veil) {
        List<Remark> warnings = Stream.of(
                        complete.change().map(RosterStatuses::changed).stream(),
                        SyncWarnings.of(syncs.get(RosterSync.SYNC), newest, clock.instant()).stream()
                                .map(RosterStatuses::lasting),
                        newest.stream().limit(1).flatMap(run -> ownRemarks(run, complete)))
                .flatMap(remarks -> remarks)
                .toList();
        return newest.stream()
                .findFirst()
                .map(run -> RosterStatus.of(
                        run, warnings, complete.run().map(Run::startedAt).orElse(null), veil))
                .orElseGet(() -> RosterStatus.idle(warnings));
    }

    private static Remark changed(ColumnChange change) {
        SchemaChange shown = SchemaChange.of(change);
        return new Remark(Remark.Type.schemaChange, COLUMNS_CHANGED, shown.inWords(), List.of(), shown);
    }

    private static Remark lasting(Warning warning) {
        boolean failing = warning.code().equals(ErrorCode.FAILED_REPEATEDLY.name());
        return remark(failing ? Remark.Type.streak : Remark.Type.duration, warning);
    }

    /** What the run says of its rows, but for a change of columns that is told in full already. */
    private static Stream<Remark> ownRemarks(Run run, Complete complete) {
        boolean told = complete.change()
                .filter(change -> change.run().equals(run.id()))
                .isPresent();
        return run.progress().warnings().stream()
                .filter(warning -> !told || !warning.code().equals(COLUMNS_CHANGED))
                .map(warning -> remark(
                        warning.code().equals(COLUMNS_CHANGED) ? Remark.Type.schemaChange : Remark.Type.run, warning));
    }

    private static Remark remark(Remark.Type type, Warning warning) {
        return new Remark(type, warning.code(), warning.message(), warning.sample(), null);
    }
}
