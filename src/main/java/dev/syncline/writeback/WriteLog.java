package dev.syncline.writeback;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RequiredIndex;
import dev.syncline.platform.RequiredIndexes;
import dev.syncline.platform.RetentionConfig;

/**
 * The log of what was written to sheets; sole writer of {@code writeback_log}. It tells what runs changed, so it is kept as long
 * as what other syncs' runs changed.
 */
@ApplicationScoped
class WriteLog implements RequiredIndexes {
    static final String COLLECTION = "writeback_log";

    private final ReactiveMongoCollection<LogEntry> log;
    private final RetentionConfig retention;
    private final Clock clock;

    WriteLog(MongoDatabase database, RetentionConfig retention, Clock clock) {
        this.log = database.collection(COLLECTION, LogEntry.class);
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public List<RequiredIndex> indexes() {
        return List.of(
                RequiredIndex.on(COLLECTION, "by_time", new Document("at", -1).append("_id", -1)),
                RequiredIndex.on(
                        COLLECTION,
                        "by_record",
                        new Document("model", 1).append("recordId", 1).append("_id", -1)));
    }

    /** An entry that is there already is replaced: what was begun has come to an end. */
    Uni<Void> write(List<LogEntry> entries) {
        return MongoDatabase.replaceAll(log, entries, LogEntry::id);
    }

    /** The newest entries, newest first. */
    Uni<List<LogEntry>> newest(int limit) {
        return find(Filters.empty(), Sorts.descending("at", "_id"), limit);
    }

    /** A page, newest first; run and record narrow it, null for all. */
    Uni<List<LogEntry>> page(
            @Nullable String run, @Nullable String model, @Nullable String recordId, String before, int limit) {
        List<Bson> filters = new ArrayList<>();
        if (run != null) {
            filters.add(idsOf(run));
        }
        if (model != null) {
            filters.add(Filters.eq("model", model));
        }
        if (recordId != null) {
            filters.add(Filters.eq("recordId", recordId));
        }
        if (!before.isEmpty()) {
            filters.add(Filters.lt("_id", before));
        }
        return find(filters.isEmpty() ? Filters.empty() : Filters.and(filters), Sorts.descending("_id"), limit);
    }

    /** Entries of a run that changed cells, or may have, in the order of their ids; from one of them on if it is named. */
    Uni<List<LogEntry>> changes(String run, String from, int limit) {
        Bson rest = from.isEmpty() ? idsOf(run) : Filters.and(idsOf(run), Filters.gte("_id", from));
        return find(Filters.and(rest, Filters.exists("cells.0")), Sorts.ascending("_id"), limit);
    }

    /** Everything that a run changed, or may have, newest first: its size is the run's. */
    Uni<List<LogEntry>> changes(String run) {
        Bson changed = Filters.and(idsOf(run), Filters.exists("cells.0"));
        return find(changed, new FindOptions().sort(Sorts.descending("at", "_id")));
    }

    Uni<Boolean> hasChanges(String run) {
        return changes(run, "", 1).map(found -> !found.isEmpty());
    }

    private Uni<List<LogEntry>> find(Bson filter, Bson order, int limit) {
        return find(filter, new FindOptions().sort(order).limit(limit));
    }

    private Uni<List<LogEntry>> find(Bson filter, FindOptions options) {
        return DatabaseFailures.repeat(log.find(filter, options).collect().asList());
    }

    private static Bson idsOf(String run) {
        return Filters.and(Filters.gt("_id", run + ':'), Filters.lt("_id", run + ';'));
    }

    /** Removes what has been kept for its time (C0-14); an entry's id begins with its run's, which tells its age. */
    @Scheduled(every = "1H", delayed = "10M", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return retention
                .changes()
                .map(age -> Ids.lowestAt(clock.instant().minus(age)))
                .map(this::removeBefore)
                .orElse(Uni.createFrom().voidItem());
    }

    private Uni<Void> removeBefore(String id) {
        return DatabaseFailures.repeat(log.deleteMany(Filters.lt("_id", id))).replaceWithVoid();
    }
}
