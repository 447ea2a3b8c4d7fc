package dev.syncline.permits;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import io.smallrye.mutiny.Uni;
import org.bson.conversions.Bson;
import org.jboss.logging.Logger;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunFollowUp;
import dev.syncline.run.RunState;
import dev.syncline.run.RunStore;

/** Looks at the permits as they are now, after each completed run and when somebody asks, and writes down what it finds. */
@ApplicationScoped
class QualitySurvey implements RunFollowUp {
    private static final Logger LOG = Logger.getLogger(QualitySurvey.class);

    private final PermitCensus census;
    private final LastComplete lastComplete;
    private final RunStore runs;
    private final QualityStore store;
    private final PermitsConfig config;
    private final Clock clock;

    QualitySurvey(
            PermitCensus census,
            LastComplete lastComplete,
            RunStore runs,
            QualityStore store,
            PermitsConfig config,
            Clock clock) {
        this.census = census;
        this.lastComplete = lastComplete;
        this.runs = runs;
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    /** S1-16. The run has ended, and stays as it ended whatever becomes of this; the letters that follow it have gone before. */
    @Override
    public Uni<Void> follow(Run ended) {
        boolean completed = ended.state() == RunState.SUCCEEDED || ended.state() == RunState.PARTIAL;
        if (!ended.sync().equals(PermitsJob.SYNC) || ended.mode() != Mode.live || !completed) {
            return Uni.createFrom().voidItem();
        }
        return take().onFailure()
                .invoke(failure -> LOG.warnf(
                        "the quality snapshot after a run was not taken; POST /api/quality/refresh takes it again, run=%s (%s)",
                        ended.id(), failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Takes today's snapshot, in the place of an earlier one of today. */
    Uni<QualitySnapshot> take() {
        return Uni.combine()
                .all()
                .unis(lastComplete.startedAt(), lastEnded())
                .withUni((complete, ended) -> take(clock.instant(), complete, ended))
                .onFailure(DatabaseFailures::isConnectivity)
                .transform(DatabaseFailures::unavailable);
    }

    private Uni<QualitySnapshot> take(Instant now, Optional<Instant> complete, Optional<Run> ended) {
        return census.take(now, complete)
                .map(counts -> QualitySnapshot.of(counts, ended, config, now))
                .call(store::put);
    }

    private Uni<Optional<Run>> lastEnded() {
        Bson ended = Filters.and(
                Filters.eq("sync", PermitsJob.SYNC),
                Filters.eq("mode", Mode.live.name()),
                Filters.exists("completedAt"));
        return runs.page(ended, 1).map(found -> found.stream().findFirst());
    }
}
