package dev.syncline.writeback;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.Progress;
import dev.syncline.run.RunScope;

/** Takes batch after batch off the queue, the oldest items first, until nothing is due or the run has had its share (S2-8). */
@ApplicationScoped
class Drain {
    private final QueueStore queue;
    private final ChangeTail tail;
    private final Delivery delivery;
    private final Settlements settlements;
    private final Passes passes;
    private final WriteBackConfig config;

    Drain(
            QueueStore queue,
            ChangeTail tail,
            Delivery delivery,
            Settlements settlements,
            Passes passes,
            WriteBackConfig config) {
        this.queue = queue;
        this.tail = tail;
        this.delivery = delivery;
        this.settlements = settlements;
        this.passes = passes;
        this.config = config;
    }

    Multi<Progress> drain(RunScope scope) {
        Pass pass = passes.begin(scope, config.itemsPerRun());
        return pass.isRehearsal() ? rehearse(pass) : prepare(pass).onItem().transformToMulti(x -> batches(pass));
    }

    /** What processes left behind that died, and what nobody has told of, comes first. What cannot be looked for waits. */
    private Uni<Void> prepare(Pass pass) {
        return queue.reclaim()
                .chain(reclaimed -> settlements.tellDead(pass, reclaimed))
                .chain(() -> tail.follow(pass.scope()::stopRequested, pass::missed))
                .replaceWithVoid();
    }

    private Multi<Progress> batches(Pass pass) {
        return Multi.createBy()
                .repeating()
                .uni(() -> next(pass))
                .whilst(progress -> !progress.finished() && !pass.scope().stopRequested());
    }

    private Uni<Progress> next(Pass pass) {
        return pass.isOver() || pass.scope().stopRequested()
                ? Uni.createFrom().item(progress(pass))
                : claim(pass).chain(items -> deliver(pass, items)).map(x -> progress(pass));
    }

    private static Progress progress(Pass pass) {
        return pass.at(pass.isOver() ? Progress.FINISHED : "writing");
    }

    private Uni<List<QueueItem>> claim(Pass pass) {
        int most = Math.min(config.batchSize(), pass.room());
        pass.claiming();
        return queue.claim(pass.owner(), pass.run().id(), most, pass.exceptModels());
    }

    private Uni<Void> deliver(Pass pass, List<QueueItem> items) {
        if (items.isEmpty()) {
            pass.end();
            return Uni.createFrom().voidItem();
        }
        return delivery.deliver(pass, items);
    }

    /** Nothing is claimed, so all that a run would take is looked at in one. */
    private Multi<Progress> rehearse(Pass pass) {
        return queue.peek(pass.room(), pass.exceptModels())
                .chain(items -> delivery.deliver(pass, items))
                .invoke(pass::end)
                .map(x -> progress(pass))
                .toMulti();
    }
}
