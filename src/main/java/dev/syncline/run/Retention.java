package dev.syncline.run;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.syncline.ingest.ChangeStore;
import dev.syncline.ingest.RejectionStore;
import dev.syncline.platform.Ids;
import dev.syncline.platform.RetentionConfig;

/**
 * Removes what has been kept for its time (C0-14). A run's id tells its age, and the ids of its rejections and changes begin
 * with it. What the next run is measured against stays whatever its age, and so does what a held sweep would mark.
 */
@ApplicationScoped
class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);

    private final SyncCatalog syncs;
    private final RunStore runs;
    private final RejectionStore rejections;
    private final ChangeStore changes;
    private final RetentionConfig config;
    private final Clock clock;

    Retention(
            SyncCatalog syncs,
            RunStore runs,
            RejectionStore rejections,
            ChangeStore changes,
            RetentionConfig config,
            Clock clock) {
        this.syncs = syncs;
        this.runs = runs;
        this.rejections = rejections;
        this.changes = changes;
        this.config = config;
        this.clock = clock;
    }

    /** Every process does it: what is gone is gone for all. */
    @Scheduled(every = "1H", delayed = "10M", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return Multi.createFrom()
                .iterable(syncs.all())
                .onItem()
                .transformToUniAndConcatenate(job -> removeOld(job.sync()))
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> LOG.warnf("old runs could not be removed, trying again in an hour (%s)", failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> removeOld(String sync) {
        return runs.oldestNeeded(sync)
                .call(needed -> remove(rejections::removeBefore, sync, config.rejections(), needed))
                .call(needed -> remove(changes::removeBefore, sync, config.changes(), needed))
                .call(needed -> remove(runs::removeBefore, sync, config.runs(), needed))
                .replaceWithVoid();
    }

    private Uni<Void> remove(
            BiFunction<String, String, Uni<Void>> store,
            String sync,
            Optional<Duration> keep,
            Optional<String> needed) {
        return keep.map(age -> Ids.lowestAt(clock.instant().minus(age)))
                .map(due -> needed.filter(id -> id.compareTo(due) < 0).orElse(due))
                .map(before -> store.apply(sync, before))
                .orElse(Uni.createFrom().voidItem());
    }
}
