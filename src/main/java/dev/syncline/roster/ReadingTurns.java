package dev.syncline.roster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * One reading of the sheet at a time in this process: each holds the whole sheet in memory, and takes its calls from the one
 * budget. Nobody blocks, and only runs ever wait, of which there is one at a time.
 */
@ApplicationScoped
class ReadingTurns {
    private static final Duration SOON = Duration.ofSeconds(5);

    /** Completes when nobody reads and nobody waits to. */
    private final AtomicReference<CompletableFuture<Void>> last =
            new AtomicReference<>(CompletableFuture.completedFuture(null));

    /** For a run: reads when whoever came before has ended. */
    <T> Uni<T> inTurn(Uni<T> reading) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> mine = new CompletableFuture<>();
            return after(last.getAndSet(mine), reading, mine);
        });
    }

    /** For a person, who can ask again: TOO_MANY_REQUESTS while somebody reads or a run waits to. */
    <T> Uni<T> atOnce(Uni<T> reading) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> before = last.get();
            CompletableFuture<Void> mine = new CompletableFuture<>();
            return before.isDone() && last.compareAndSet(before, mine)
                    ? after(before, reading, mine)
                    : Uni.createFrom().failure(busy());
        });
    }

    /** One that is cancelled while it waits ends its turn no sooner than the one before it. */
    private static <T> Uni<T> after(CompletableFuture<Void> before, Uni<T> reading, CompletableFuture<Void> mine) {
        return Uni.createFrom()
                .completionStage(before::copy)
                .chain(() -> reading)
                .onTermination()
                .invoke(() -> end(before, mine));
    }

    private static void end(CompletableFuture<Void> before, CompletableFuture<Void> mine) {
        var unused = before.thenRun(() -> mine.complete(null));
    }

    private static SyncException busy() {
        return new SyncException(
                ErrorCode.TOO_MANY_REQUESTS, "the sheet is being read already, by a run or another audit", null, SOON);
    }
}
