package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;

/**
 * How the runs of a sync have gone, counted by the database from the runs and the slots that it keeps (S0-45). There is no other
 * book: what retention has removed is not counted any more.
 */
@ApplicationScoped
public class RunFigures {
    /** A run that ends has begun within so long before, its retries included. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(2);

    private final MongoDatabase database;

    RunFigures(MongoDatabase database) {
        this.database = database;
    }

    /**
     * What came of the wishes of one kind of trigger. {@code runs = success + failure + skipped}.
     *
     * @param success complete, with remarks or without
     * @param skipped cancelled runs, and slots of the schedule that were settled without a run
     * @param durationMs the work of those that succeeded or failed, together
     * @param rows that they read
     */
    public record Figures(
            long success, long failure, long skipped, long durationMs, long rows, long rejected, long duplicates) {
        public static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0);

        public long runs() {
            return success + failure + skipped;
        }

        /** Of the runs that succeeded or failed. */
        public long averageMs() {
            return success + failure == 0 ? 0 : durationMs / (success + failure);
        }

        public Figures plus(Figures other) {
            return new Figures(
                    success + other.success,
                    failure + other.failure,
                    skipped + other.skipped,
                    durationMs + other.durationMs,
                    rows + other.rows,
                    rejected + other.rejected,
                    duplicates + other.duplicates);
        }

        static Figures skipped(long count) {
            return new Figures(0, 0, count, 0, 0, 0, 0);
        }
    }

    /** By trigger, of what has ended at or after an instant. */
    public Uni<Map<Trigger.Kind, Figures>> since(String sync, Instant instant) {
        return Multi.createBy()
                .concatenating()
                .streams(runs(sync, instant), slots(sync, instant))
                .collect()
                .in(TreeMap::new, RunFigures::add);
    }

    private record Part(Trigger.Kind trigger, Figures figures) {}

    private static void add(Map<Trigger.Kind, Figures> all, Part part) {
        all.merge(part.trigger(), part.figures(), Figures::plus);
    }

    private Multi<Part> runs(String sync, Instant instant) {
        Instant begun = instant.isAfter(Instant.EPOCH.plus(LONGEST_LIFE)) ? instant.minus(LONGEST_LIFE) : Instant.EPOCH;
        Document ended = new Document("sync", sync)
                .append("_id", new Document("$gte", Ids.lowestAt(begun)))
                .append("completedAt", new Document("$gte", instant));
        Document group = new Document("_id", new Document("trigger", "$trigger.kind").append("state", "$state"))
                .append("count", new Document("$sum", 1L))
                .append("durationMs", new Document("$sum", "$durationMs"))
                .append("read", new Document("$sum", "$progress.counts.read"))
                .append("rejected", new Document("$sum", "$progress.counts.rejected"))
                .append("duplicates", new Document("$sum", "$progress.counts.duplicates"));
        return grouped("runs", ended, group).map(RunFigures::ofRuns);
    }

    private static Part ofRuns(Document group) {
        Document by = group.get("_id", Document.class);
        RunState state = RunState.valueOf(by.getString("state"));
        long count = number(group, "count");
        Figures figures = state == RunState.CANCELLED
                ? Figures.skipped(count)
                : new Figures(
                        state == RunState.FAILED ? 0 : count,
                        state == RunState.FAILED ? count : 0,
                        0,
                        number(group, "durationMs"),
                        number(group, "read"),
                        number(group, "rejected"),
                        number(group, "duplicates"));
        return new Part(Trigger.Kind.valueOf(by.getString("trigger")), figures);
    }

    private Multi<Part> slots(String sync, Instant instant) {
        List<String> withoutRun =
                List.of(Tick.Outcome.inflight.name(), Tick.Outcome.config_disabled.name(), Tick.Outcome.missed.name());
        Document settled = new Document("sync", sync)
                .append("slot", new Document("$gte", instant))
                .append("outcome", new Document("$in", withoutRun));
        Document group = new Document("_id", "$sync").append("count", new Document("$sum", 1L));
        return grouped("schedule_ticks", settled, group)
                .map(found -> new Part(Trigger.Kind.scheduled, Figures.skipped(number(found, "count"))));
    }

    private Multi<Document> grouped(String collection, Document match, Document group) {
        List<Bson> pipeline = List.of(new Document("$match", match), new Document("$group", group));
        return DatabaseFailures.repeat(database.collection(collection)
                        .aggregate(pipeline, Document.class)
                        .collect()
                        .asList())
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found));
    }

    private static long number(Document group, String field) {
        return group.get(field, Number.class).longValue();
    }
}
