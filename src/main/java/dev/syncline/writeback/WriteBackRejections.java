package dev.syncline.writeback;

import java.time.Clock;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.Rejection;
import dev.syncline.ingest.RejectionStore;
import dev.syncline.ingest.RunMark;
import dev.syncline.writeback.ItemOutcome.Failed;

/** Failed items as the run's rejections, where people look for what a run has set aside. */
@ApplicationScoped
class WriteBackRejections {
    private final RejectionStore rejections;
    private final Clock clock;

    WriteBackRejections(RejectionStore rejections, Clock clock) {
        this.rejections = rejections;
        this.clock = clock;
    }

    Uni<Void> add(RunMark mark, List<Settlement> settlements) {
        return rejections.add(settlements.stream()
                .filter(settlement -> settlement.outcome() instanceof Failed)
                .map(settlement -> rejection(mark, settlement.item(), (Failed) settlement.outcome()))
                .toList());
    }

    private Rejection rejection(RunMark mark, QueueItem item, Failed failed) {
        return rejection(mark, QueueItem.liveFor(item.model(), item.recordId()), LogEntries.attempt(item), failed);
    }

    Uni<Void> addUndone(RunMark mark, List<UndoEnd> ends) {
        return rejections.add(ends.stream()
                .filter(end -> end.failed().isPresent())
                .map(end ->
                        rejection(mark, end.undo().place(), "1", end.failed().get()))
                .toList());
    }

    /** @param place {@code model/recordId} */
    private Rejection rejection(RunMark mark, String place, String attempt, Failed failed) {
        return Rejection.of(mark, place, attempt, failed.code(), failed.detail(), clock.instant());
    }
}
