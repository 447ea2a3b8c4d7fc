package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** The queue; sole writer of {@code writeback_queue}. All instants are the database's. */
@ApplicationScoped
class QueueStore {
    static final String COLLECTION = "writeback_queue";

    /** Queues changes, in their order, each on the live item of its record or as a new one. Gives the items, in the same order. */
    Uni<List<QueueItem>> enqueue(List<RecordChange> changes) {
        throw new UnsupportedOperationException("part-queue");
    }

    /** Claims the oldest items that are due, at most so many, none of the excepted models (S2-8, S2-22). Counts the attempt. */
    Uni<List<QueueItem>> claim(String owner, String run, int most, Set<String> exceptModels) {
        throw new UnsupportedOperationException("part-queue");
    }

    /** What {@link #claim} would give, claimed by nobody: for dry runs. */
    Uni<List<QueueItem>> peek(int most, Set<String> exceptModels) {
        throw new UnsupportedOperationException("part-queue");
    }

    /** The closing of one claimed item. */
    record Closing(QueueItem item, ItemOutcome outcome) {}

    /**
     * Closes claimed items: COMPLETED, PENDING again with a later next attempt, or FAILED. One to which a change has come since
     * it was claimed is PENDING again at once, with its attempts forgotten. Gives those that were not the owner's any more: their
     * records are queued again, for what was written may be older than what the new owner has written.
     */
    Uni<List<QueueItem>> close(List<Closing> closings) {
        throw new UnsupportedOperationException("part-queue");
    }

    /** Gives claimed items back, untouched, the attempt not counted (S2-13). */
    Uni<Void> release(List<QueueItem> claimed) {
        throw new UnsupportedOperationException("part-queue");
    }

    /** Frees items that were claimed too long ago: PENDING, or FAILED with WORKER_DIED if that was their last attempt (S2-9, S2-29). */
    Uni<List<QueueItem>> reclaim() {
        throw new UnsupportedOperationException("part-queue");
    }

    Uni<QueueStats> stats() {
        throw new UnsupportedOperationException("part-queue");
    }

    /** When the oldest pending item was queued. */
    Uni<Optional<Instant>> oldestPending() {
        throw new UnsupportedOperationException("part-queue");
    }

    /** When an item was last completed. */
    Uni<Optional<Instant>> lastProcessed() {
        throw new UnsupportedOperationException("part-queue");
    }

    /** What of the queue is looked at; null for all. */
    record Filter(
            QueueItem.@org.jspecify.annotations.Nullable Status status,
            @org.jspecify.annotations.Nullable String model,
            @org.jspecify.annotations.Nullable String code) {}

    /** A page, newest first. @param before id behind which it goes on; empty for the start */
    Uni<List<QueueItem>> page(Filter filter, String before, int limit) {
        throw new UnsupportedOperationException("part-queue");
    }

    Uni<Optional<QueueItem>> find(String id) {
        throw new UnsupportedOperationException("part-queue");
    }

    /**
     * Makes a failed item pending again, its retries and error cleared. If its record has a live item meanwhile, that one does the
     * work and this one closes as COMPLETED with the outcome {@code superseded}. Fails with NOT_FOUND, QUEUE_ITEM_BUSY (PROCESSING),
     * QUEUE_ITEM_NOT_FAILED.
     */
    Uni<QueueItem> retry(String id, boolean overwrite) {
        throw new UnsupportedOperationException("part-queue");
    }

    /** The same for all failed ones that the filter names. Gives how many. */
    Uni<Long> retryAll(Filter filter) {
        throw new UnsupportedOperationException("part-queue");
    }

    /** Removes an item that is not being worked on. Fails with NOT_FOUND, QUEUE_ITEM_BUSY. */
    Uni<QueueItem> delete(String id) {
        throw new UnsupportedOperationException("part-queue");
    }
}
