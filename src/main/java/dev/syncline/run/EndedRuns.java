package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.quarkus.arc.All;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.jboss.logging.Logger;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Leader;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

/**
 * Lets everything follow that follows the end of a run. What ended is read from the runs themselves, by the database's clock
 * and from a watermark that outlives this process, so no end is missed; sole writer of {@code watermarks}. History from
 * before the first start of this is left alone.
 */
@ApplicationScoped
class EndedRuns {
    private static final Logger LOG = Logger.getLogger(EndedRuns.class);
    private static final String WATERMARK = "ended-runs";
    /** Writes become visible out of order by at most this. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private final RunStore runs;
    private final List<RunFollowUp> followUps;
    private final Leader leader;
    private final ReactiveMongoCollection<Document> watermarks;

    /** Ids within the overlap, and when their runs ended: not followed again at each look. */
    private final Map<String, Instant> followed = new HashMap<>();

    private boolean away;

    EndedRuns(RunStore runs, @All List<RunFollowUp> followUps, Leader leader, MongoDatabase database) {
        this.runs = runs;
        this.followUps = followUps;
        this.leader = leader;
        this.watermarks = database.collection("watermarks");
    }

    @Scheduled(every = "1S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return leader.leads() ? follow() : Uni.createFrom().voidItem();
    }

    /** Follows what has ended since the last time. */
    Uni<Void> follow() {
        return watermark()
                .map(from -> from.minus(OVERLAP))
                .invoke(from -> followed.values().removeIf(end -> end.isBefore(from)))
                .onItem()
                .transformToMulti(runs::endedSince)
                .filter(run -> !followed.containsKey(run.id()))
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

    private Uni<Void> follow(Run run) {
        return Multi.createFrom()
                .iterable(followUps)
                .onItem()
                .transformToUniAndConcatenate(followUp -> follow(run, followUp))
                .onItem()
                .ignoreAsUni()
                .chain(() -> moveTo(run.updatedAt()))
                .invoke(() -> followed.put(run.id(), run.updatedAt()));
    }

    private static Uni<Void> follow(Run run, RunFollowUp followUp) {
        return Uni.createFrom()
                .deferred(() -> followUp.follow(run))
                .onFailure(failure -> !isAway(failure))
                .invoke(failure -> RunLog.error(run, "what follows the run's end failed", failure))
                .onFailure(failure -> !isAway(failure))
                .recoverWithNull();
    }

    private static boolean isAway(Throwable failure) {
        return DatabaseFailures.isConnectivity(failure)
                || failure instanceof SyncException known && known.code() == ErrorCode.DATABASE_UNAVAILABLE;
    }

    private void tellAway(Throwable failure) {
        if (!away) {
            LOG.warnf("what follows the ends of runs has to wait, trying again (%s)", failure.getMessage());
        }
        away = true;
    }

    private Uni<Instant> watermark() {
        return watermarks
                .find(Filters.eq("_id", WATERMARK))
                .collect()
                .first()
                .map(Optional::ofNullable)
                .chain(found -> found.map(
                                mark -> Uni.createFrom().item(mark.getDate("at").toInstant()))
                        .orElseGet(() -> runs.newestChange().call(this::moveTo)));
    }

    private Uni<Void> moveTo(Instant at) {
        return watermarks
                .updateOne(Filters.eq("_id", WATERMARK), Updates.max("at", at), new UpdateOptions().upsert(true))
                .replaceWithVoid();
    }
}
