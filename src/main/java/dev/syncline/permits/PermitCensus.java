package dev.syncline.permits;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.syncline.ingest.RowCollection;
import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;

/**
 * Counts the permits: one count of the database for each figure, nearly all by an index. One pass for all figures would be
 * more of one moment; over 237,000 permits FerretDB took 19 s for it, and takes about one for these.
 */
@Singleton
class PermitCensus {
    private static final Bson ABSENT = Filters.gt(RowCollection.ABSENT_SINCE, Instant.EPOCH);
    private static final Bson PRESENT = Filters.eq(RowCollection.ABSENT_SINCE, null);
    private static final CountOptions BOUNDED = new CountOptions().maxTime(60, TimeUnit.SECONDS);

    private final ReactiveMongoCollection<Document> permits;
    private final PermitsConfig config;

    PermitCensus(MongoDatabase database, PermitsConfig config) {
        this.permits = database.collection(PermitReader.PERMITS);
        this.config = config;
    }

    /**
     * What there is.
     *
     * @param costOutOfBounds of those that have a cost
     */
    record Counts(
            long total,
            long active,
            long withoutBuilder,
            long withoutDescription,
            long withoutStatus,
            long costOutOfBounds,
            Unseen unseen) {}

    /**
     * What has not been in the feed for some time.
     *
     * @param ghosts absent for so long that they should be closed, and are not
     */
    record Unseen(long for24h, long for7d, long for30d, long ghosts) {}

    /** @param lastComplete when the last run that read the whole feed began */
    Uni<Counts> take(Instant now, Optional<Instant> lastComplete) {
        QualityConfig quality = config.quality();
        List<String> active =
                quality.activeStatuses().stream().map(String::strip).toList();
        return Uni.combine()
                .all()
                .unis(
                        count(Filters.empty()),
                        count(Filters.in("status", active)),
                        count(Filters.eq("builder_name", null)),
                        count(Filters.eq("description", null)),
                        count(Filters.eq("status", null)),
                        count(Filters.or(
                                Filters.lt("est_const_cost", quality.costFrom()),
                                Filters.gt("est_const_cost", quality.costTo()))),
                        unseen(now, lastComplete))
                .with(Counts::new);
    }

    private Uni<Unseen> unseen(Instant now, Optional<Instant> lastComplete) {
        Bson ghosts = Filters.and(
                missing(RowCollection.ABSENT_SINCE, due(now, lastComplete), lastComplete),
                Filters.ne("status", PermitsJob.CLOSED));
        return Uni.combine()
                .all()
                .unis(
                        count(missing(RowCollection.LAST_SEEN, now.minus(Duration.ofHours(24)), lastComplete)),
                        count(missing(RowCollection.LAST_SEEN, now.minus(Duration.ofDays(7)), lastComplete)),
                        count(missing(RowCollection.LAST_SEEN, now.minus(Duration.ofDays(30)), lastComplete)),
                        count(ghosts))
                .with(Unseen::new);
    }

    /** What the last sweep had to close, or has to by now when there has been none for so long. */
    private Instant due(Instant now, Optional<Instant> lastComplete) {
        Instant late = now.minus(config.closeAfter());
        return lastComplete
                .filter(last -> !last.isBefore(late))
                .map(last -> last.minus(config.closeAfter()))
                .orElse(late);
    }

    /**
     * Permits that have been missing since before an instant. An absent one says so in the given field. Any other was last
     * seen by the last complete run or by a later one that wrote it, as in {@link PermitView}.
     */
    private static Bson missing(String field, Instant since, Optional<Instant> lastComplete) {
        Bson absent = Filters.and(ABSENT, Filters.lt(field, since));
        if (lastComplete.filter(last -> !last.isBefore(since)).isPresent()) {
            return absent;
        }
        Bson unwritten =
                Filters.or(Filters.eq(RowCollection.CHANGED_AT, null), Filters.lt(RowCollection.CHANGED_AT, since));
        return Filters.or(absent, Filters.and(PRESENT, Filters.lt(RowCollection.FIRST_SEEN, since), unwritten));
    }

    private Uni<Long> count(Bson filter) {
        return DatabaseFailures.repeat(permits.countDocuments(filter, BOUNDED));
    }
}
