package dev.syncline.roster;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import dev.syncline.run.RunScope;
import dev.syncline.source.ImportDirectory;

/**
 * Puts the devices back as a baseline has them (S0-48): a run like any other, that reads a file in place of the sheet. Devices
 * that are not in the baseline become missing, however many they are, for a person has asked for just that.
 */
@ApplicationScoped
class BaselineRestore {
    private final RosterConfig config;
    private final ColumnRegistry registry;
    private final Clock clock;
    private final ImportDirectory baselines;

    BaselineRestore(RosterConfig config, ColumnRegistry registry, Clock clock) {
        this.config = config;
        this.registry = registry;
        this.clock = clock;
        this.baselines = new ImportDirectory(config.baselineDirectory(), "syncline.roster.baseline-directory");
    }

    /** Whether a caller may name this file, and it is there. */
    Uni<Path> find(String snapshot) {
        return baselines.resolve(snapshot);
    }

    /** Fails with BASELINE_INVALID unless the whole file can be restored. */
    Uni<Optional<RosterWork>> prepare(RunScope scope) {
        return find(scope.run().input().get(RosterSync.BASELINE)).chain(file -> registry.all()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(known -> Optional.of(work(file, known))));
    }

    private RosterWork work(Path file, List<ColumnDefinition> known) {
        DeviceBaseline baseline = DeviceBaseline.read(file, config.maxRows());
        return new RosterWork(
                baseline,
                baseline.mapper(config.sheetId().orElse("unknown"), RegistryPlan.attributesIn(known)),
                RegistryPlan.remembering(baseline.attributes(), known, clock.instant()),
                List.of(),
                new RestoreLimits(config.ingest()),
                null);
    }
}
