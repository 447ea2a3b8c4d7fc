package dev.syncline.dev;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.syncline.dev.sheets.SampleSales;
import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunCoordinator;
import dev.syncline.run.RunStore;
import dev.syncline.run.StartRequest;
import dev.syncline.run.SyncCatalog;
import dev.syncline.run.Trigger;
import dev.syncline.writeback.WriteBackConfig;

/**
 * Records that are ahead of the sample sheet, and the first run that writes them to it, as {@link SampleRoster} reads one. With a
 * sheet or a database of the developer's own nothing is stored or started.
 */
@ApplicationScoped
@IfBuildProfile("dev")
class SampleWriteBack {
    private static final Logger LOG = Logger.getLogger(SampleWriteBack.class);
    private static final String WRITE_BACK = "writeback";
    private static final int AFTER_ALL_OTHERS = 5_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int MOST_LOOKS = 100;

    private final DevSheets sheets;
    private final EmbeddedMongo mongo;
    private final WriteBackConfig config;
    private final SampleRecords records;
    private final MongoDatabase database;
    private final SyncCatalog catalog;
    private final RunStore runs;
    private final RunCoordinator coordinator;
    private final Ids ids;

    SampleWriteBack(
            DevSheets sheets,
            EmbeddedMongo mongo,
            WriteBackConfig config,
            SampleRecords records,
            MongoDatabase database,
            SyncCatalog catalog,
            RunStore runs,
            RunCoordinator coordinator,
            Ids ids) {
        this.sheets = sheets;
        this.mongo = mongo;
        this.config = config;
        this.records = records;
        this.database = database;
        this.catalog = catalog;
        this.runs = runs;
        this.coordinator = coordinator;
        this.ids = ids;
    }

    void start(@Observes @Priority(AFTER_ALL_OTHERS) StartupEvent event) {
        boolean isSample = sheets.isNeeded()
                && mongo.isHere()
                && config.sheetId().filter(SampleSales.ID::equals).isPresent();
        boolean isKnown = catalog.all().stream().anyMatch(job -> job.sync().equals(WRITE_BACK));
        if (isSample && isKnown) {
            runs.newestOf(WRITE_BACK, 1)
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
        StartRequest first = new StartRequest(WRITE_BACK, trigger, Mode.live, "samples to begin with", Map.of());
        return changesCount().chain(records::store).chain(() -> coordinator.start(first));
    }

    /** What was changed before the tail began is nothing that it would find. */
    private Uni<Long> changesCount() {
        return Uni.createFrom()
                .deferred(() -> database.collection("writeback_tails").countDocuments())
                .repeat()
                .withDelay(BETWEEN_LOOKS)
                .until(begun -> begun >= config.models().size())
                .select()
                .first(MOST_LOOKS)
                .collect()
                .last();
    }
}
