package dev.syncline.writeback;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

/** Which tabs can be written to, for people; a run always looks for itself. Sole writer of {@code writeback_tabs}. */
@ApplicationScoped
class TabStates {
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final ReactiveMongoCollection<TabCheck> checks;
    private final Models models;
    private final Clock clock;

    TabStates(MongoDatabase database, Models models, Clock clock) {
        this.checks = database.collection("writeback_tabs", TabCheck.class);
        this.models = models;
        this.clock = clock;
    }

    /** What a reading of tabs has shown. */
    Uni<Void> record(Map<Model, TabState> seen) {
        return put(seen.entrySet().stream()
                .map(tab -> check(tab.getKey(), tab.getValue()))
                .toList());
    }

    /** That tabs could not be looked at. What passes by itself needs nobody, and does not hide what does. */
    Uni<Void> record(List<Model> unseen, SyncException failure) {
        return failure.code().retryable() ? Uni.createFrom().voidItem() : put(unseen, failure);
    }

    private Uni<Void> put(List<Model> unseen, SyncException failure) {
        return put(unseen.stream()
                .map(model -> check(model, TabCheck.State.FAILED, failure.code().name(), failure.detail()))
                .toList());
    }

    /** Of the models that there are now, by their names; one that was never looked at is missing. */
    Uni<List<TabCheck>> all() {
        return DatabaseFailures.repeat(checks.find(new FindOptions().sort(Sorts.ascending("_id")))
                        .collect()
                        .asList())
                .map(this::known);
    }

    /** The models whose tabs could not be written to when somebody last looked. */
    Uni<List<Model>> needingSomebody() {
        return all().map(checks -> checks.stream()
                .filter(check -> check.code() != null)
                .flatMap(check -> models.find(check.model()).stream())
                .toList());
    }

    private List<TabCheck> known(List<TabCheck> found) {
        return found.stream()
                .filter(check -> models.find(check.model()).isPresent())
                .toList();
    }

    private TabCheck check(Model model, TabState state) {
        return state instanceof TabState.Blocked blocked
                ? check(model, TabCheck.State.BLOCKED, blocked.code().name(), blocked.detail())
                : check(model, TabCheck.State.READABLE, null, null);
    }

    private TabCheck check(Model model, TabCheck.State state, @Nullable String code, @Nullable String detail) {
        Instant now = clock.instant();
        return new TabCheck(model.name(), state, code, detail, now);
    }

    private Uni<Void> put(List<TabCheck> found) {
        List<ReplaceOneModel<TabCheck>> writes = found.stream()
                .map(check -> new ReplaceOneModel<>(Filters.eq("_id", check.model()), check, UPSERT))
                .toList();
        return writes.isEmpty()
                ? Uni.createFrom().voidItem()
                : DatabaseFailures.repeat(checks.bulkWrite(writes, UNORDERED)).replaceWithVoid();
    }
}
