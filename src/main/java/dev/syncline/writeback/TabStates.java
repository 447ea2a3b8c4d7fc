package dev.syncline.writeback;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

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

    /** Those that could not be written to when somebody last looked. */
    Uni<List<TabCheck>> blocked() {
        return all().map(checks -> checks.stream()
                .filter(check -> check.state() != TabCheck.State.READABLE)
                .toList());
    }

    /** The models of {@link #blocked}. */
    Uni<List<Model>> blockedModels() {
        return blocked().map(checks -> checks.stream()
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
        return MongoDatabase.replaceAll(checks, found, TabCheck::model);
    }
}
