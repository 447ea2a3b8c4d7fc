package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.Progress;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Run;
import dev.syncline.run.RunScope;
import dev.syncline.run.RunStore;

/**
 * Takes back what a run of this sync wrote to sheets, but for cells that hold something else by now. It is a run itself and
 * keeps the same log, so an undo can be undone.
 */
@ApplicationScoped
class WriteBackUndo {
    private final RunStore runs;
    private final WriteLog log;
    private final Models models;
    private final Passes passes;
    private final UndoDelivery delivery;
    private final WriteBackConfig config;

    WriteBackUndo(
            RunStore runs, WriteLog log, Models models, Passes passes, UndoDelivery delivery, WriteBackConfig config) {
        this.runs = runs;
        this.log = log;
        this.models = models;
        this.passes = passes;
        this.delivery = delivery;
        this.config = config;
    }

    /** Fails with NOT_FOUND, or with RUN_NOT_UNDOABLE unless it is a run of this sync that is over and has changed cells. */
    Uni<Void> check(String run) {
        return runs.byId(run)
                .map(found -> found.orElseThrow(WriteBackUndo::unknown))
                .chain(found -> log.hasChanges(run).map(hasChanges -> obstacle(found, hasChanges)))
                .invoke(obstacle -> obstacle.ifPresent(WriteBackUndo::refuse))
                .replaceWithVoid();
    }

    private static SyncException unknown() {
        return new SyncException(ErrorCode.NOT_FOUND, "there is no such run");
    }

    private static Optional<String> obstacle(Run run, boolean hasChanges) {
        if (!run.sync().equals(WriteBack.SYNC)) {
            return Optional.of("it is no run of write-back");
        }
        if (run.active()) {
            return Optional.of("the run is not over yet");
        }
        return hasChanges ? Optional.empty() : Optional.of("the run has changed no cell");
    }

    private static void refuse(String obstacle) {
        throw new SyncException(ErrorCode.RUN_NOT_UNDOABLE, obstacle);
    }

    Multi<Progress> undo(RunScope scope, String run) {
        Pass pass = passes.begin(scope, Integer.MAX_VALUE);
        return check(run).chain(() -> rows(pass, run)).onItem().transformToMulti(rows -> undo(pass, rows));
    }

    /** What an earlier attempt of this run has restored stays out, so that it counts once. */
    private Uni<List<RowUndo>> rows(Pass pass, String run) {
        return Uni.combine()
                .all()
                .unis(log.changes(run), log.changes(pass.run().id()))
                .with((changes, done) -> rows(changes, places(done)));
    }

    private static Set<String> places(List<LogEntry> done) {
        return done.stream()
                .filter(entry -> entry.status() == LogEntry.Status.SUCCESS)
                .map(WriteBackUndo::place)
                .collect(Collectors.toSet());
    }

    private static String place(LogEntry entry) {
        return QueueItem.liveFor(entry.model(), entry.recordId());
    }

    private List<RowUndo> rows(List<LogEntry> changes, Set<String> done) {
        Map<String, List<LogEntry>> byPlace = changes.stream()
                .filter(entry -> !done.contains(place(entry)))
                .collect(Collectors.groupingBy(WriteBackUndo::place, LinkedHashMap::new, Collectors.toList()));
        return byPlace.values().stream().map(this::row).toList();
    }

    private RowUndo row(List<LogEntry> entries) {
        String model = entries.get(0).model();
        RowUndo row = models.find(model)
                .map(found -> new RowUndo(found, entries))
                .filter(RowUndo::isWhereTheModelIs)
                .orElseThrow(() -> new SyncException(
                        ErrorCode.RUN_NOT_UNDOABLE,
                        "the model %s is not written to where it was at that time".formatted(model)));
        checkLabels(row);
        return row;
    }

    /** The log has labels: cells of a column that has got another one since would be left without a word. */
    static void checkLabels(RowUndo row) {
        Set<String> unknown = row.unknownLabels();
        if (!unknown.isEmpty()) {
            throw new SyncException(
                    ErrorCode.RUN_NOT_UNDOABLE,
                    "the model %s had columns at that time that it has not now: %s; give them their labels back first"
                            .formatted(row.model().name(), String.join(", ", unknown)));
        }
    }

    // --- in batches

    private record Batch(String spreadsheet, List<RowUndo> rows) {}

    private Multi<Progress> undo(Pass pass, List<RowUndo> rows) {
        return Multi.createBy()
                .concatenating()
                .streams(batches(pass, rows), Multi.createFrom().deferred(() -> end(pass)));
    }

    private Multi<Progress> batches(Pass pass, List<RowUndo> rows) {
        return Multi.createFrom()
                .iterable(batches(rows))
                .select()
                .first(batch -> !pass.scope().stopRequested())
                .onItem()
                .transformToUniAndConcatenate(batch -> undo(pass, batch));
    }

    private Uni<Progress> undo(Pass pass, Batch batch) {
        return delivery.deliver(pass, batch.spreadsheet(), batch.rows()).map(x -> pass.at("undoing"));
    }

    private static Multi<Progress> end(Pass pass) {
        return pass.scope().stopRequested()
                ? Multi.createFrom().empty()
                : Multi.createFrom().item(pass.at(Progress.FINISHED));
    }

    private List<Batch> batches(List<RowUndo> rows) {
        Map<String, List<RowUndo>> bySpreadsheet = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.model().spreadsheet().orElseThrow(), LinkedHashMap::new, Collectors.toList()));
        List<Batch> batches = new ArrayList<>();
        bySpreadsheet.forEach((spreadsheet, all) -> {
            for (int from = 0; from < all.size(); from += config.batchSize()) {
                batches.add(new Batch(spreadsheet, all.subList(from, Math.min(all.size(), from + config.batchSize()))));
            }
        });
        return batches;
    }
}
