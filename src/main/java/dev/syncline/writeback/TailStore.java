package dev.syncline.writeback;

import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RequiredIndex;
import dev.syncline.platform.RequiredIndexes;

/**
 * How far the tail has come, and which changes within its overlap are queued already; sole writer of {@code writeback_tails} and
 * {@code writeback_seen}. The latter has one small document for each record that changed within the overlap, and none behind.
 */
@ApplicationScoped
class TailStore implements RequiredIndexes {
    static final String TAILS = "writeback_tails";
    static final String SEEN = "writeback_seen";

    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    private final ReactiveMongoCollection<TailMark> tails;
    private final ReactiveMongoCollection<Document> seen;
    private final MongoDatabase database;
    private final WriteBackConfig.Tail config;
    private final List<Model> followed;

    TailStore(MongoDatabase database, Models models, WriteBackConfig config) {
        this.tails = database.collection(TAILS, TailMark.class);
        this.seen = database.collection(SEEN);
        this.database = database;
        this.config = config.tail();
        this.followed = models.all().stream()
                .filter(model -> config.tail().enabled() && model.spreadsheet().isPresent())
                .toList();
    }

    /** The collections of records get an index each, where they can: without it every look reads all of them. */
    @Override
    public List<RequiredIndex> indexes() {
        Document byModel = new Document("model", 1).append(ChangedRecord.UPDATED_AT, 1);
        Stream<RequiredIndex> records = followed.stream()
                .map(Model::collection)
                .distinct()
                .map(name -> RequiredIndex.onForeign(name, "by_update", new Document(ChangedRecord.UPDATED_AT, 1)));
        return Stream.concat(Stream.of(RequiredIndex.on(SEEN, "by_model", byModel)), records)
                .toList();
    }

    /** The models whose records are looked at. */
    List<Model> followed() {
        return followed;
    }

    /**
     * Where the tail of a model stands. One that was never followed starts as configured, or with what a slow writer may only
     * just have made visible: to compare a record too many does no harm.
     */
    Uni<TailMark> mark(Model model) {
        return DatabaseFailures.repeat(
                        tails.find(Filters.eq("_id", model.name())).collect().first())
                .chain(found -> found == null ? begin(model) : asConfigured(found));
    }

    private Uni<TailMark> begin(Model model) {
        return database.time()
                .map(now -> start(model.name(), now))
                .chain(start -> MongoDatabase.insertIfAbsent(tails, start.id(), start))
                .chain(() ->
                        tails.find(Filters.eq("_id", model.name())).collect().first());
    }

    private TailMark start(String model, Instant now) {
        return TailMark.startingAt(
                model,
                config.since().orElse(now.minus(config.overlap())),
                config.since().orElse(null));
    }

    /** Who has set another start since wants to start there. */
    private Uni<TailMark> asConfigured(TailMark found) {
        Optional<Instant> anew = config.since().filter(since -> !since.equals(found.since()));
        return anew.isPresent()
                ? move(found, TailMark.startingAt(found.id(), anew.get(), anew.get()))
                : Uni.createFrom().item(found);
    }

    /** Stays behind, if somebody else has moved it meanwhile: what lies between is looked at once more. */
    Uni<TailMark> move(TailMark before, TailMark after) {
        if (after.equals(before)) {
            return Uni.createFrom().item(after);
        }
        Document asRead =
                new Document("_id", before.id()).append("from", before.from()).append("newest", before.newest());
        return DatabaseFailures.repeat(tails.replaceOne(asRead, after)).replaceWith(after);
    }

    /** Those of the records whose change is not queued yet. At most {@link QueueIntake#AT_ONCE}. */
    Uni<List<ChangedRecord>> unseen(Model model, Collection<ChangedRecord> changed) {
        List<String> ids = changed.stream().map(record -> id(model, record)).toList();
        return DatabaseFailures.repeat(
                        seen.find(Filters.in("_id", ids)).collect().asList())
                .map(found -> unseen(model, changed, found));
    }

    private static List<ChangedRecord> unseen(Model model, Collection<ChangedRecord> changed, List<Document> found) {
        Map<String, @Nullable Date> known = new HashMap<>();
        found.forEach(document -> known.put(document.getString("_id"), document.getDate(ChangedRecord.UPDATED_AT)));
        return changed.stream()
                .filter(record -> !Objects.equals(known.get(id(model, record)), Date.from(record.updatedAt())))
                .toList();
    }

    /** Remembers that these changes are queued. */
    Uni<Void> see(Model model, List<ChangedRecord> queued) {
        List<ReplaceOneModel<Document>> writes = queued.stream()
                .map(record -> new ReplaceOneModel<>(
                        Filters.eq("_id", id(model, record)),
                        new Document("_id", id(model, record))
                                .append("model", model.name())
                                .append(ChangedRecord.UPDATED_AT, record.updatedAt()),
                        UPSERT))
                .toList();
        return UnorderedWrites.write(seen, writes).replaceWithVoid();
    }

    private static String id(Model model, ChangedRecord record) {
        return QueueItem.liveFor(model.name(), record.id());
    }

    /** Forgets what is not looked at again. */
    Uni<Void> forgetBefore(Model model, Instant from) {
        return DatabaseFailures.repeat(seen.deleteMany(
                        Filters.and(Filters.eq("model", model.name()), Filters.lt(ChangedRecord.UPDATED_AT, from))))
                .replaceWithVoid();
    }
}
