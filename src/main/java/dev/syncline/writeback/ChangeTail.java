package dev.syncline.writeback;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.BsonType;
import org.bson.Document;
import org.jboss.logging.Logger;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.Fault;
import dev.syncline.platform.MongoDatabase;

import static dev.syncline.writeback.ChangedRecord.UPDATED_AT;

/**
 * Finds changed records that nobody queued, by their {@code updatedAt}: so a writer that dies between its write and its call
 * loses nothing (S2-21). It sees what was changed a while before it looks, too, for writers that are slow and clocks that
 * differ; but no deletion, which leaves nothing to be seen and has to be told.
 */
@ApplicationScoped
class ChangeTail {
    static final String ACTOR = "tail";

    private static final Logger LOG = Logger.getLogger(ChangeTail.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);
    private static final int MOST_COUNTED = 1000;

    private final MongoDatabase database;
    private final QueueStore queue;
    private final TailStore tails;
    private final WriteBackConfig.Tail config;

    /** What the log has been told of already. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    ChangeTail(MongoDatabase database, QueueStore queue, TailStore tails, WriteBackConfig config) {
        this.database = database;
        this.queue = queue;
        this.tails = tails;
        this.config = config.tail();
    }

    /** Changes count from the first start on, not only from the first run. The start does not wait for the database. */
    void start(@Observes StartupEvent event) {
        begin().onFailure()
                .invoke(failure -> LOG.debugf("the tail cannot begin yet (%s)", failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_DELAY, LONGEST_DELAY)
                .indefinitely()
                .subscribe()
                .with(x -> {});
    }

    Uni<Void> begin() {
        return Multi.createFrom()
                .iterable(tails.followed())
                .onItem()
                .transformToUniAndConcatenate(tails::mark)
                .onItem()
                .ignoreAsUni();
    }

    /**
     * Looks at all models that have a spreadsheet, and queues what has changed. Gives how many changes. A model that cannot be
     * looked at holds up neither the others nor whoever asks.
     *
     * @param isToStop asked before each page; what is left then is found by the next look
     * @param missed told of a model that could not be looked at, and why
     */
    Uni<Long> follow(BooleanSupplier isToStop, BiConsumer<Model, Throwable> missed) {
        return Multi.createFrom()
                .iterable(tails.followed())
                .select()
                .first(model -> !isToStop.getAsBoolean())
                .onItem()
                .transformToUniAndConcatenate(model -> followIfPossible(model, isToStop, missed))
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }

    private Uni<Long> followIfPossible(Model model, BooleanSupplier isToStop, BiConsumer<Model, Throwable> missed) {
        return Uni.createFrom()
                .deferred(() -> follow(model, isToStop))
                .onFailure()
                .invoke(failure -> LOG.errorf(
                        "changed records cannot be looked for model=%s: %s", model.name(), Fault.of(failure)))
                .onFailure()
                .invoke(failure -> missed.accept(model, failure))
                .onFailure()
                .recoverWithItem(0L);
    }

    private Uni<Long> follow(Model model, BooleanSupplier isToStop) {
        ReactiveMongoCollection<Document> records = database.collection(model.collection());
        return tellOfOtherTypes(model, records)
                .chain(() -> Uni.combine()
                        .all()
                        .unis(database.time(), tails.mark(model))
                        .with((now, mark) -> new ChangeLook(model, records, queue, tails, config.overlap(), now, mark)))
                .chain(look -> look.queueWhatHasChanged(isToStop).invoke(() -> tellOfNameless(model, look.nameless())))
                .invoke(queued -> LOG.debugf("found by the tail model=%s changes=%d", model.name(), queued));
    }

    /** Once, for they may be many, and a person has to change whoever writes them. */
    private Uni<Void> tellOfOtherTypes(Model model, ReactiveMongoCollection<Document> records) {
        if (!told.add(model.name() + " types")) {
            return Uni.createFrom().voidItem();
        }
        return DatabaseFailures.repeat(records.countDocuments(
                        Filters.or(Filters.type(UPDATED_AT, BsonType.STRING), Filters.type(UPDATED_AT, "number")),
                        new CountOptions().limit(MOST_COUNTED)))
                .invoke(count -> tellOfOtherTypes(model, count))
                .replaceWithVoid();
    }

    private static void tellOfOtherTypes(Model model, long count) {
        if (count > 0) {
            LOG.warnf(
                    "records are not followed, for their updatedAt is no date: their changes have to be told"
                            + " model=%s collection=%s records=%s",
                    model.name(), model.collection(), count < MOST_COUNTED ? "" + count : MOST_COUNTED + " or more");
        }
    }

    private void tellOfNameless(Model model, long count) {
        if (count > 0 && told.add(model.name() + " ids")) {
            LOG.warnf(
                    "changed records are not written back, for their id is neither text nor an object id"
                            + " model=%s collection=%s records=%d",
                    model.name(), model.collection(), count);
        }
    }
}
