package dev.syncline.permits;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import io.quarkus.mongodb.AggregateOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.RowCollection;
import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;

/** Counts the permits: one pass over all of them, made by the database. */
@Singleton
class PermitCensus {
    private static final long PATIENCE_SECONDS = 120;

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
     * @param ghosts absent for so long that they should be closed, and are not
     */
    record Counts(
            long total,
            long active,
            long withBuilder,
            long withoutDescription,
            long withoutStatus,
            long costOutOfBounds,
            long seenWithin24h,
            long seenWithin7d,
            long seenWithin30d,
            long ghosts) {
        static Counts of(@Nullable Document counted) {
            return counted == null
                    ? new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                    : new Counts(
                            number(counted, "total"),
                            number(counted, "active"),
                            number(counted, "withBuilder"),
                            number(counted, "withoutDescription"),
                            number(counted, "withoutStatus"),
                            number(counted, "costOutOfBounds"),
                            number(counted, "seenWithin24h"),
                            number(counted, "seenWithin7d"),
                            number(counted, "seenWithin30d"),
                            number(counted, "ghosts"));
        }

        private static long number(Document counted, String name) {
            return counted.get(name, Number.class).longValue();
        }
    }

    /** @param lastComplete when the last run that read the whole feed began */
    Uni<Counts> take(Instant now, Optional<Instant> lastComplete) {
        List<Document> pipeline = List.of(
                new Document("$project", fields(lastComplete)),
                new Document("$group", sums(now, due(now, lastComplete))));
        AggregateOptions bounded = new AggregateOptions().maxTime(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return DatabaseFailures.repeat(
                        permits.aggregate(pipeline, bounded).collect().first())
                .map(Counts::of);
    }

    /** What the last sweep had to close, or has to by now when there has been none for so long. */
    private Instant due(Instant now, Optional<Instant> lastComplete) {
        Instant late = now.minus(config.closeAfter());
        return lastComplete
                .filter(last -> last.isAfter(late))
                .map(last -> last.minus(config.closeAfter()))
                .orElse(late);
    }

    /** When a permit was last seen is derived here as in {@link PermitView}. */
    private static Document fields(Optional<Instant> lastComplete) {
        Document lastSeen = either(
                RowCollection.LAST_SEEN,
                new Document(
                        "$max",
                        List.of(
                                Date.from(lastComplete.orElse(Instant.EPOCH)),
                                "$" + RowCollection.FIRST_SEEN,
                                either(RowCollection.CHANGED_AT, Date.from(Instant.EPOCH)))));
        return new Document("status", either("status", ""))
                .append("description", either("description", ""))
                .append("builder", either("builder_name", ""))
                .append("cost", either("est_const_cost", null))
                .append("seen", lastSeen)
                .append("missedSince", either(RowCollection.ABSENT_SINCE, lastSeen));
    }

    private Document sums(Instant now, Instant due) {
        QualityConfig quality = config.quality();
        List<String> active =
                quality.activeStatuses().stream().map(String::strip).toList();
        return new Document("_id", null)
                .append("total", new Document("$sum", 1))
                .append("active", count(is("$in", "$status", active)))
                .append("withBuilder", count(is("$ne", "$builder", "")))
                .append("withoutDescription", count(is("$eq", "$description", "")))
                .append("withoutStatus", count(is("$eq", "$status", "")))
                .append("costOutOfBounds", count(outOfBounds(quality)))
                .append("seenWithin24h", count(seenSince(now.minus(Duration.ofHours(24)))))
                .append("seenWithin7d", count(seenSince(now.minus(Duration.ofDays(7)))))
                .append("seenWithin30d", count(seenSince(now.minus(Duration.ofDays(30)))))
                .append(
                        "ghosts",
                        count(new Document(
                                "$and",
                                List.of(
                                        is("$ne", "$status", PermitsJob.CLOSED),
                                        is("$lt", "$missedSince", Date.from(due))))));
    }

    /** Nothing is less than any number. */
    private static Document outOfBounds(QualityConfig quality) {
        return new Document(
                "$and",
                List.of(
                        is("$ne", "$cost", null),
                        new Document(
                                "$or",
                                List.of(
                                        is("$lt", "$cost", quality.costFrom()),
                                        is("$gt", "$cost", quality.costTo())))));
    }

    private static Document seenSince(Instant instant) {
        return is("$gte", "$seen", Date.from(instant));
    }

    private static Document either(String field, @Nullable Object otherwise) {
        return is("$ifNull", "$" + field, otherwise);
    }

    private static Document is(String operator, String field, @Nullable Object value) {
        return new Document(operator, Arrays.asList(field, value));
    }

    private static Document count(Document condition) {
        return new Document("$sum", new Document("$cond", List.of(condition, 1, 0)));
    }
}
