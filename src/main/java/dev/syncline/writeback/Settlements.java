package dev.syncline.writeback;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Fault;
import dev.syncline.writeback.QueueStore.Closing;

/**
 * Ends items, in the order that a crash in between does least harm in: what the record and we know of its row, the item itself,
 * and then the words about it, without which an item has ended all the same.
 */
@ApplicationScoped
class Settlements {
    private static final Logger LOG = Logger.getLogger(Settlements.class);
    private static final String ACTOR = "writeback";

    private final RecordReader records;
    private final WrittenRows written;
    private final QueueStore queue;
    private final WriteLog log;
    private final WriteBackRejections rejections;
    private final Clock clock;

    Settlements(
            RecordReader records,
            WrittenRows written,
            QueueStore queue,
            WriteLog log,
            WriteBackRejections rejections,
            Clock clock) {
        this.records = records;
        this.written = written;
        this.queue = queue;
        this.log = log;
        this.rejections = rejections;
        this.clock = clock;
    }

    /** Ends the items and counts them; a rehearsal counts them alone. */
    Uni<Void> settle(Pass pass, List<Settlement> settlements) {
        Uni<Void> ended = pass.isRehearsal() || settlements.isEmpty()
                ? Uni.createFrom().voidItem()
                : note(pass, settlements).chain(() -> close(settlements)).chain(() -> tell(pass, settlements));
        return ended.invoke(() -> settlements.forEach(pass::count));
    }

    // --- what is known of rows

    private Uni<Void> note(Pass pass, List<Settlement> settlements) {
        return unlessRefused("rows' numbers", noteRows(settlements))
                .chain(() -> unlessRefused("what rows hold", written.save(rows(pass, settlements))))
                .chain(() -> unlessRefused("what is gone", written.forget(gone(settlements))));
    }

    /** Nothing is compared with what the row of a deleted record held, and it may have been somebody's name. */
    private static List<String> gone(List<Settlement> settlements) {
        return settlements.stream()
                .filter(Settlement::isOfDeleted)
                .map(Settlement::item)
                .map(item -> QueueItem.liveFor(item.model(), item.recordId()))
                .toList();
    }

    /** A record that does not take its row's number is found by its key all the same. */
    private static Uni<Void> unlessRefused(String what, Uni<Void> noted) {
        return noted.onFailure(failure -> !DatabaseFailures.isAway(failure))
                .invoke(failure -> LOG.warnf("%s could not be noted (%s)", what, failure.getMessage()))
                .onFailure(failure -> !DatabaseFailures.isAway(failure))
                .recoverWithNull();
    }

    private Uni<Void> noteRows(List<Settlement> settlements) {
        Map<Model, Map<Object, Integer>> news = new LinkedHashMap<>();
        for (Settlement settlement : settlements) {
            Optional<Candidate> candidate = settlement.candidate();
            if (settlement.isRowNews() && candidate.isPresent() && settlement.row() != null) {
                news.computeIfAbsent(candidate.get().model(), x -> new HashMap<>())
                        .put(candidate.get().recordId(), settlement.row());
            }
        }
        return Multi.createFrom()
                .iterable(news.entrySet())
                .onItem()
                .transformToUniAndConcatenate(rows -> records.noteRows(rows.getKey(), rows.getValue()))
                .onItem()
                .ignoreAsUni();
    }

    private List<WrittenRow> rows(Pass pass, List<Settlement> settlements) {
        return settlements.stream()
                .filter(settlement -> !settlement.after().isEmpty())
                .flatMap(settlement -> row(pass, settlement).stream())
                .toList();
    }

    private Optional<WrittenRow> row(Pass pass, Settlement settlement) {
        Integer row = settlement.row();
        return row == null
                ? Optional.empty()
                : settlement
                        .candidate()
                        .map(found -> new WrittenRow(
                                found.place(),
                                found.model().spreadsheet().orElse(null),
                                found.values().key(),
                                row,
                                settlement.after(),
                                clock.instant(),
                                pass.run().id()));
    }

    // --- the items

    private Uni<Void> close(List<Settlement> settlements) {
        return queue.close(settlements.stream()
                        .map(settlement -> new Closing(settlement.item(), settlement.outcome()))
                        .toList())
                .chain(lost -> queueAgain(settlements, lost));
    }

    /** What this worker wrote, or may have written, may be older than what the new owner wrote: compared once more (S2-22). */
    private Uni<Void> queueAgain(List<Settlement> settlements, List<QueueItem> lost) {
        Set<String> ids = lost.stream().map(QueueItem::id).collect(Collectors.toSet());
        List<RecordChange> again = settlements.stream()
                .filter(settlement -> !settlement.cells().isEmpty())
                .map(Settlement::item)
                .filter(item -> ids.contains(item.id()))
                .map(item -> new RecordChange(item.model(), item.recordId(), Action.UPDATE, null, ACTOR, null))
                .toList();
        return again.isEmpty()
                ? Uni.createFrom().voidItem()
                : queue.enqueue(again).replaceWithVoid();
    }

    // --- the words

    private Uni<Void> tell(Pass pass, List<Settlement> settlements) {
        Uni<Void> logged =
                log.write(settlements.stream().map(pass.entries()::ended).toList());
        Uni<Void> rejected = rejections.add(pass.scope().mark(), settlements);
        return told(logged).chain(() -> told(rejected));
    }

    private static Uni<Void> told(Uni<Void> telling) {
        return telling.onFailure()
                .invoke(failure -> LOG.errorf("what became of items could not be written down: %s", Fault.of(failure)))
                .onFailure()
                .recoverWithNull();
    }

    /** Tells of attempts whose processes died. */
    Uni<Void> tellDead(Pass pass, List<QueueItem> reclaimed) {
        reclaimed.stream()
                .filter(item -> item.status() == QueueItem.Status.FAILED)
                .forEach(item -> pass.remark(ErrorCode.WORKER_DIED, QueueItem.liveFor(item.model(), item.recordId())));
        return told(log.write(reclaimed.stream().map(pass.entries()::died).toList()));
    }
}
