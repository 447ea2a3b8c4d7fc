package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;

import static dev.syncline.writeback.ChangedRecord.UPDATED_AT;

/**
 * One look at the changed records of a model, page by page in the order of their changes, however many share an instant. What is
 * queued is then remembered as seen, and then the mark moves: a crash in between has changes queued twice, and none never.
 */
final class ChangeLook {
    private final Model model;
    private final ReactiveMongoCollection<Document> records;
    private final QueueStore queue;
    private final TailStore tails;
    private final Duration overlap;
    private final Instant now;
    private TailMark mark;
    private long nameless;

    ChangeLook(
            Model model,
            ReactiveMongoCollection<Document> records,
            QueueStore queue,
            TailStore tails,
            Duration overlap,
            Instant now,
            TailMark mark) {
        this.model = model;
        this.records = records;
        this.queue = queue;
        this.tails = tails;
        this.overlap = overlap;
        this.now = now;
        this.mark = mark;
    }

    /** Gives how many changes it has queued. One that was told to stop has not seen all, so it settles nothing. */
    Uni<Long> queueWhatHasChanged(BooleanSupplier isToStop) {
        FindOptions inOrder = new FindOptions()
                .projection(Projections.include(ChangedRecord.fields(model)))
                .sort(Sorts.ascending(UPDATED_AT))
                .batchSize(QueueIntake.AT_ONCE);
        return records.find(Filters.gte(UPDATED_AT, mark.from()), inOrder)
                .group()
                .intoLists()
                .of(QueueIntake.AT_ONCE)
                .select()
                .first(page -> !isToStop.getAsBoolean())
                .onItem()
                .transformToUniAndConcatenate(this::queuePage)
                .collect()
                .with(Collectors.summingLong(Long::longValue))
                .call(() -> isToStop.getAsBoolean() ? Uni.createFrom().voidItem() : settle());
    }

    private Uni<Long> queuePage(List<Document> page) {
        Collection<ChangedRecord> changed = changed(page);
        List<ChangedRecord> own =
                changed.stream().filter(Predicate.not(ChangedRecord::isEcho)).toList();
        return tails.unseen(model, own)
                .call(news -> queue.enqueueFound(found(news)))
                .call(news -> tails.see(model, news))
                .call(() -> moveTo(changed))
                .map(news -> (long) news.size());
    }

    /** A record that changes while it is looked at may come twice. */
    private Collection<ChangedRecord> changed(List<Document> page) {
        Map<String, ChangedRecord> changed = new LinkedHashMap<>();
        for (Document source : page) {
            ChangedRecord.of(model, source)
                    .ifPresentOrElse(record -> changed.put(record.id(), record), () -> nameless++);
        }
        return changed.values();
    }

    private List<QueueStore.Found> found(List<ChangedRecord> news) {
        return news.stream()
                .map(record -> new QueueStore.Found(record.change(model), record.updatedAt()))
                .toList();
    }

    /** A clock that runs ahead takes nobody with it: its changes are looked at again until their time has come. */
    private Uni<TailMark> moveTo(Collection<ChangedRecord> changed) {
        TailMark moved = changed.stream()
                .map(ChangedRecord::updatedAt)
                .filter(at -> !at.isAfter(now))
                .max(Comparator.naturalOrder())
                .map(newest -> mark.after(newest, overlap, now))
                .orElse(mark);
        return move(moved);
    }

    private Uni<Void> settle() {
        return move(mark.settled(overlap, now)).chain(() -> tails.forgetBefore(model, mark.from()));
    }

    private Uni<TailMark> move(TailMark to) {
        return tails.move(mark, to).invoke(moved -> mark = moved);
    }

    /** How many records have changed that no item can name, for their id is neither text nor an object id. */
    long nameless() {
        return nameless;
    }
}
