package dev.syncline.roster;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;

/** The sheet's columns, and how they changed; sole writer of {@code column_definitions} and {@code column_changes}. */
@ApplicationScoped
class ColumnRegistry {
    static final String DEFINITIONS = "column_definitions";
    static final String CHANGES = "column_changes";

    private final ReactiveMongoCollection<ColumnDefinition> definitions;
    private final ReactiveMongoCollection<ColumnChange> changes;

    ColumnRegistry(MongoDatabase database) {
        definitions = database.collection(DEFINITIONS, ColumnDefinition.class);
        changes = database.collection(CHANGES, ColumnChange.class);
    }

    /** The columns of the sheet that is configured now. */
    Uni<RosterColumns> current(String sheetId) {
        FindOptions inOrder = new FindOptions().sort(Sorts.ascending("displayOrder"));
        return DatabaseFailures.repeat(definitions
                        .find(Filters.and(Filters.eq("sheetId", sheetId), Filters.eq("removedAt", null)), inOrder)
                        .collect()
                        .asList())
                .map(found -> new RosterColumns(
                        found.stream()
                                .map(ColumnDefinition::sourceVersion)
                                .findFirst()
                                .orElse(""),
                        found));
    }

    /** What a run found changed. */
    Uni<Optional<ColumnChange>> changeOf(String run) {
        return DatabaseFailures.repeat(
                        changes.find(Filters.eq("_id", run)).collect().first())
                .map(Optional::ofNullable);
    }

    /** The newest change of a sheet's columns. */
    Uni<Optional<ColumnChange>> newestChange(String sheetId) {
        FindOptions newest = new FindOptions().sort(Sorts.descending("_id")).limit(1);
        return DatabaseFailures.repeat(changes.find(Filters.eq("sheetId", sheetId), newest)
                        .collect()
                        .first())
                .map(Optional::ofNullable);
    }
}
