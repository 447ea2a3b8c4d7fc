package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.Document;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.writeback.ItemOutcome.Reason;
import dev.syncline.writeback.ItemOutcome.Skipped;

/** Looks up what claimed items stand for: the records as they are now, whatever they were when they were queued (S2-5). */
@ApplicationScoped
class Candidates {
    private final Models models;
    private final RecordReader records;
    private final RecordMapper mapper;

    Candidates(Models models, RecordReader records, RecordMapper mapper) {
        this.models = models;
        this.records = records;
        this.mapper = mapper;
    }

    /** Items by whether a row is to be written for them. */
    record Found(List<Candidate> candidates, List<Settlement> settled) {
        Found() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void settle(QueueItem item, ItemOutcome outcome) {
            settled.add(Settlement.unread(item, outcome));
        }
    }

    /** Items in their order, which is kept within each model. */
    Uni<Found> of(List<QueueItem> items) {
        Found found = new Found();
        Map<Model, List<QueueItem>> byModel = new LinkedHashMap<>();
        for (QueueItem item : items) {
            Optional<Model> model = models.find(item.model());
            Optional<ItemOutcome> end = endWithoutReading(item, model);
            end.ifPresentOrElse(outcome -> found.settle(item, outcome), () -> byModel.computeIfAbsent(
                            model.orElseThrow(), x -> new ArrayList<>())
                    .add(item));
        }
        return Multi.createFrom()
                .iterable(byModel.entrySet())
                .onItem()
                .transformToUniAndConcatenate(each -> read(found, each.getKey(), each.getValue()))
                .onItem()
                .ignoreAsUni()
                .replaceWith(found);
    }

    private static Optional<ItemOutcome> endWithoutReading(QueueItem item, Optional<Model> model) {
        if (model.isEmpty()) {
            return Optional.of(ItemFailures.lasting(
                    ErrorCode.MODEL_UNKNOWN, "no model \"%s\" is configured".formatted(item.model())));
        }
        if (item.action() == Action.DELETE) {
            return Optional.of(new Skipped(Reason.deleted, List.of()));
        }
        return model.get().spreadsheet().isPresent()
                ? Optional.empty()
                : Optional.of(ItemFailures.lasting(
                        ErrorCode.TARGET_NOT_CONFIGURED,
                        "the model \"%s\" has no spreadsheet".formatted(item.model())));
    }

    private Uni<Void> read(Found found, Model model, List<QueueItem> items) {
        List<String> ids = items.stream().map(QueueItem::recordId).toList();
        return records.read(model, ids)
                .chain(sources -> records.references(model, sources.values())
                        .invoke(references -> map(found, model, items, sources, references)))
                .replaceWithVoid();
    }

    private void map(
            Found found, Model model, List<QueueItem> items, Map<String, Document> sources, References references) {
        for (QueueItem item : items) {
            Document source = sources.get(item.recordId());
            if (source == null) {
                found.settle(item, new Skipped(Reason.orphan, List.of()));
            } else {
                map(found, model, item, source, references);
            }
        }
    }

    /** A fault that one record meets is its item's alone: the others of the batch would meet it again and again. */
    private void map(Found found, Model model, QueueItem item, Document source, References references) {
        try {
            if (mapper.isLocked(model, source)) {
                found.settle(item, new Skipped(Reason.locked, List.of()));
            } else {
                found.candidates().add(new Candidate(item, model, source, mapper.map(model, source, references)));
            }
        } catch (SyncException e) {
            found.settle(item, ItemFailures.of(e));
        } catch (RuntimeException e) {
            found.settle(item, ItemFailures.ofFault(item, e));
        }
    }
}
