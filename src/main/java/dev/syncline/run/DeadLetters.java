package dev.syncline.run;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Ids;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RequiredIndex;
import dev.syncline.platform.RequiredIndexes;
import dev.syncline.platform.SyncException;

/**
 * Runs that were given up, until a person replays or discards them (S1-14); sole writer of {@code dead_letters}. A decision is
 * made once: of two people who decide at the same time, one is told what the other did.
 */
@ApplicationScoped
@Priority(2)
public class DeadLetters implements RunFollowUp, RequiredIndexes {
    private static final String COLLECTION = "dead_letters";

    private final ReactiveMongoCollection<DeadLetter> letters;
    private final RunStore runs;
    private final RunCoordinator coordinator;
    private final Ids ids;
    private final Clock clock;

    DeadLetters(MongoDatabase database, RunStore runs, RunCoordinator coordinator, Ids ids, Clock clock) {
        this.letters = database.collection(COLLECTION, DeadLetter.class);
        this.runs = runs;
        this.coordinator = coordinator;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<RequiredIndex> indexes() {
        return List.of(
                RequiredIndex.on(COLLECTION, "by_state", new Document("state", 1).append("_id", -1)),
                RequiredIndex.on(COLLECTION, "by_sync", new Document("sync", 1).append("_id", -1)));
    }

    @Override
    public Uni<Void> follow(Run ended) {
        return ended.gaveUp() ? keep(DeadLetter.of(ended)) : Uni.createFrom().voidItem();
    }

    /** Once a run, and never over a decision. */
    private Uni<Void> keep(DeadLetter letter) {
        return MongoDatabase.insertIfAbsent(letters, letter.run(), letter);
    }

    // --- to be read

    /** A page, newest first. */
    public Uni<List<DeadLetter>> page(Bson filter, int limit) {
        return letters.find(
                        filter, new FindOptions().sort(Sorts.descending("_id")).limit(limit))
                .collect()
                .asList();
    }

    public Uni<Optional<DeadLetter>> find(String run) {
        return DatabaseFailures.repeat(
                        letters.find(Filters.eq("_id", run)).collect().first())
                .map(Optional::ofNullable);
    }

    // --- to be decided

    /**
     * Makes the run again, with the same input. The id of the new run is written down first, so that a crash in between leaves
     * a letter that the same call goes on with.
     *
     * @param trigger who asks
     * @return what became of the wish; while another run is active the letter stays open. {@code DEAD_LETTER_DECIDED} if it
     *     was decided already
     */
    public Uni<StartResult> replay(DeadLetter letter, Trigger trigger) {
        String run = ids.next();
        return decide(letter.run(), DeadLetter.State.REPLAYED, trigger.actor(), null, run)
                .chain(decided -> decided ? Uni.createFrom().item(run) : unfinishedReplay(letter.run()))
                .chain(id -> start(letter, trigger, id));
    }

    /** Lets it rest. {@code DEAD_LETTER_DECIDED} if it was decided already. */
    public Uni<Void> discard(DeadLetter letter, String by, @Nullable String note) {
        return decide(letter.run(), DeadLetter.State.DISCARDED, by, note, null)
                .chain(decided -> decided
                        ? Uni.createFrom().voidItem()
                        : find(letter.run()).map(now -> fail(now.orElseThrow())));
    }

    private Uni<Boolean> decide(
            String letter, DeadLetter.State decision, String by, @Nullable String note, @Nullable String replay) {
        Bson open = Filters.and(Filters.eq("_id", letter), Filters.eq("state", DeadLetter.State.OPEN.name()));
        Bson decided = Updates.combine(
                Updates.set("state", decision.name()),
                Updates.set("decidedBy", by),
                Updates.set("decidedAt", clock.instant()),
                Updates.set("note", note),
                Updates.set("replay", replay));
        return letters.updateOne(open, decided).map(result -> result.getModifiedCount() == 1);
    }

    /** Id of a run that somebody decided to make and that never came about: their process ended in between. */
    private Uni<String> unfinishedReplay(String letter) {
        return find(letter).map(Optional::orElseThrow).chain(decided -> Optional.ofNullable(decided.replay())
                .map(replay ->
                        runs.byId(replay).map(made -> made.isPresent() ? DeadLetters.<String>fail(decided) : replay))
                .orElseGet(() -> Uni.createFrom().item(() -> fail(decided))));
    }

    private static <T> T fail(DeadLetter decided) {
        throw new SyncException(
                ErrorCode.DEAD_LETTER_DECIDED,
                "%s has %s it already"
                        .formatted(decided.decidedBy(), decided.state().name().toLowerCase(Locale.ROOT)));
    }

    private Uni<StartResult> start(DeadLetter letter, Trigger trigger, String run) {
        DeadLetter.Payload payload = letter.payload();
        String reason = "replay of run " + letter.run();
        return coordinator
                .start(new StartRequest(letter.sync(), trigger, payload.mode(), reason, payload.input()), run)
                .call(result -> result instanceof StartResult.Refused
                        ? reopen(letter.run(), run)
                        : Uni.createFrom().voidItem())
                .onFailure()
                .call(() -> reopen(letter.run(), run).onFailure().recoverWithNull());
    }

    /** Unless another call with the same id has made the run meanwhile. */
    private Uni<Void> reopen(String letter, String run) {
        return runs.byId(run).chain(made -> made.isPresent() ? Uni.createFrom().voidItem() : undecide(letter, run));
    }

    private Uni<Void> undecide(String letter, String run) {
        Bson undecided = Updates.combine(
                Updates.set("state", DeadLetter.State.OPEN.name()),
                Updates.set("replay", null),
                Updates.set("decidedBy", null),
                Updates.set("decidedAt", null));
        return letters.updateOne(Filters.and(Filters.eq("_id", letter), Filters.eq("replay", run)), undecided)
                .replaceWithVoid();
    }
}
