package dev.syncline.roster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWrapper;
import org.bson.BsonString;

import dev.syncline.ingest.RowCollection;
import dev.syncline.ingest.RunMark;
import dev.syncline.ingest.UndoJournal;
import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.MongoDatabase;

/** The sheet's columns, and how they changed; sole writer of {@code column_definitions} and {@code column_changes}. */
@ApplicationScoped
class ColumnRegistry {
    static final String DEFINITIONS = "column_definitions";
    static final String CHANGES = "column_changes";

    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    private final MongoDatabase database;
    private final ReactiveMongoCollection<ColumnDefinition> definitions;
    private final ReactiveMongoCollection<ColumnChange> changes;
    private final UndoJournal journal;

    ColumnRegistry(MongoDatabase database, UndoJournal journal) {
        this.database = database;
        this.definitions = database.collection(DEFINITIONS, ColumnDefinition.class);
        this.changes = database.collection(CHANGES, ColumnChange.class);
        this.journal = journal;
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

    /** What was last found changed in a sheet. */
    Uni<Optional<ColumnChange>> newestChange(String sheetId) {
        FindOptions newest = new FindOptions().sort(Sorts.descending("at")).limit(1);
        return DatabaseFailures.repeat(changes.find(Filters.eq("sheetId", sheetId), newest)
                        .collect()
                        .first())
                .map(Optional::ofNullable);
    }

    /** All columns of all sheets, also those that are gone. */
    Uni<List<ColumnDefinition>> all() {
        return DatabaseFailures.repeat(definitions.find().collect().asList());
    }

    /** Writes what is planned, as part of what is taken back with the run. */
    Uni<Void> write(RunMark mark, RegistryPlan plan) {
        Map<String, BsonDocument> columns = plan.writes().stream()
                .collect(Collectors.toMap(ColumnDefinition::id, column -> marked(mark, definitions, column)));
        Map<String, BsonDocument> change = plan.change().stream()
                .collect(Collectors.toMap(ColumnChange::run, found -> marked(mark, changes, found)));
        return replace(mark, DEFINITIONS, columns).chain(() -> replace(mark, CHANGES, change));
    }

    private Uni<Void> replace(RunMark mark, String collection, Map<String, BsonDocument> documents) {
        if (documents.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<ReplaceOneModel<BsonDocument>> writes = documents.entrySet().stream()
                .map(document ->
                        new ReplaceOneModel<>(Filters.eq("_id", document.getKey()), document.getValue(), UPSERT))
                .toList();
        return images(collection, documents.keySet())
                .chain(images -> journal.keep(mark, collection, images))
                .chain(() -> DatabaseFailures.repeat(
                        database.collection(collection, BsonDocument.class).bulkWrite(writes)))
                .replaceWithVoid();
    }

    private Uni<List<UndoJournal.Image>> images(String collection, Set<String> ids) {
        return DatabaseFailures.repeat(database.collection(collection)
                        .find(Filters.in("_id", ids))
                        .collect()
                        .asMap(before -> before.getString("_id")))
                .map(before -> ids.stream()
                        .map(id -> new UndoJournal.Image(id, before.get(id)))
                        .toList());
    }

    /** The journal knows by this mark what a run has written. */
    private static <T> BsonDocument marked(RunMark mark, ReactiveMongoCollection<T> collection, T document) {
        return BsonDocumentWrapper.asBsonDocument(document, collection.getCodecRegistry())
                .clone()
                .append(RowCollection.CHANGED_BY, new BsonString(mark.run()));
    }
}
