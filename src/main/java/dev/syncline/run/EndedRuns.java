package dev.syncline.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Leader;
import dev.syncline.platform.SyncException;

/**
 * Lets everything follow that follows the end of a run. The save that ends a run marks it in the same write, and the mark goes
 * when all is done: no end is missed, whoever dies and whatever a clock says.
 */
@ApplicationScoped
class EndedRuns {
    private static final Logger LOG = Logger.getLogger(EndedRuns.class);
    private static final int AT_ONCE = 100;
    /** A look each second: so often something may fail for a reason of its own before it is left at that. */
    private static final int MOST_TRIES = 60;

    private final RunStore runs;
    private final List<RunFollowUp> followUps;
    private final Leader leader;

    /** How often what follows a run has failed, by its id. */
    private final Map<String, Integer> failures = new HashMap<>();

    private boolean away;

    EndedRuns(RunStore runs, @All List<RunFollowUp> followUps, Leader leader) {
        this.runs = runs;
        this.followUps = followUps;
        this.leader = leader;
    }

    @Scheduled(every = "1S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return leader.leads() ? follow() : Uni.createFrom().voidItem();
    }

    /** Follows what has ended since the last time. */
    Uni<Void> follow() {
        return runs.toFollow(AT_ONCE)
                .onItem()
                .transformToMulti(ended -> Multi.createFrom().iterable(ended))
                .onItem()
                .transformToUniAndConcatenate(this::follow)
                .onItem()
                .ignoreAsUni()
                .invoke(() -> away = false)
                .onFailure()
                .invoke(this::tellAway)
                .onFailure()
                .recoverWithNull();
    }

    /** One that fails keeps no other from being done: of this run, and of those after it. */
    private Uni<Void> follow(Run run) {
        return Multi.createFrom()
                .iterable(followUps)
                .onItem()
                .transformToUni(followUp -> Uni.createFrom().deferred(() -> followUp.follow(run)))
                .collectFailures()
                .concatenate()
                .onItem()
                .ignoreAsUni()
                .onItemOrFailure()
                .transformToUni((done, failure) -> conclude(run, failure));
    }

    private Uni<Void> conclude(Run run, @Nullable Throwable failure) {
        if (failure != null && isAway(failure)) {
            return Uni.createFrom().failure(failure);
        }
        return failure == null || isLeftAtThat(run, failure)
                ? runs.followed(run.id()).invoke(() -> failures.remove(run.id()))
                : Uni.createFrom().voidItem();
    }

    private boolean isLeftAtThat(Run run, Throwable failure) {
        int tries = failures.merge(run.id(), 1, Integer::sum);
        if (tries == 1) {
            RunLog.error(run, "what follows the run's end failed; trying again each second", failure);
        }
        if (tries == MOST_TRIES) {
            RunLog.error(run, "what follows the run's end is left undone, it failed so often: " + tries, failure);
        }
        return tries >= MOST_TRIES;
    }

    private static boolean isAway(Throwable failure) {
        if (failure instanceof CompositeException several) {
            return several.getCauses().stream().anyMatch(EndedRuns::isAway);
        }
        return DatabaseFailures.isConnectivity(failure)
                || failure instanceof SyncException known && known.code() == ErrorCode.DATABASE_UNAVAILABLE;
    }

    private void tellAway(Throwable failure) {
        if (!away) {
            LOG.warnf("what follows the ends of runs has to wait, trying again (%s)", failure.getMessage());
        }
        away = true;
    }
}
