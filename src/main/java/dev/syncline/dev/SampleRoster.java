package dev.syncline.dev;

import java.util.List;
import java.util.Map;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.syncline.dev.sheets.SampleDevices;
import dev.syncline.platform.Ids;
import dev.syncline.roster.RosterConfig;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunCoordinator;
import dev.syncline.run.RunStore;
import dev.syncline.run.StartRequest;
import dev.syncline.run.SyncCatalog;
import dev.syncline.run.Trigger;

/**
 * The roster's first run on the sample sheet, as {@link SampleImports} has it for permits. With a sheet of the developer's own,
 * or runs in the database already, nothing is started.
 */
@ApplicationScoped
@IfBuildProfile("dev")
class SampleRoster {
    private static final Logger LOG = Logger.getLogger(SampleRoster.class);
    private static final String ROSTER = "roster";
    private static final int AFTER_ALL_OTHERS = 5_000;

    private final DevSheets sheets;
    private final RosterConfig roster;
    private final SyncCatalog catalog;
    private final RunStore runs;
    private final RunCoordinator coordinator;
    private final Ids ids;

    SampleRoster(
            DevSheets sheets,
            RosterConfig roster,
            SyncCatalog catalog,
            RunStore runs,
            RunCoordinator coordinator,
            Ids ids) {
        this.sheets = sheets;
        this.roster = roster;
        this.catalog = catalog;
        this.runs = runs;
        this.coordinator = coordinator;
        this.ids = ids;
    }

    void start(@Observes @Priority(AFTER_ALL_OTHERS) StartupEvent event) {
        boolean isSample = sheets.isNeeded()
                && roster.sheetId().filter(SampleDevices.ID::equals).isPresent();
        if (!isSample) {
            return;
        }
        LOG.debugf("the sample sheet is at %s", sheets.root());
        boolean isKnown = catalog.all().stream().anyMatch(job -> job.sync().equals(ROSTER));
        if (isKnown) {
            runs.newestOf(ROSTER, 1)
                    .chain(this::startTheFirst)
                    .subscribe()
                    .with(x -> {}, failure -> LOG.warn("the first run could not be started", failure));
        }
    }

    private Uni<?> startTheFirst(List<Run> earlier) {
        if (!earlier.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Trigger trigger = new Trigger(Trigger.Kind.scheduled, "startup", ids.next(), null);
        return coordinator.start(new StartRequest(ROSTER, trigger, Mode.live, "a sample to begin with", Map.of()));
    }
}
