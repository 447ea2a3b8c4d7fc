package dev.syncline.writeback;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/**
 * Finds changed records that nobody queued, by their {@code updatedAt}: so a writer that dies between its write and its call
 * loses nothing (S2-21). Sole writer of {@code writeback_tails}.
 */
@ApplicationScoped
class ChangeTail {
    /** Looks at all models that have a spreadsheet, and queues what has changed. Gives how many changes. */
    Uni<Long> follow() {
        throw new UnsupportedOperationException("part-queue");
    }
}
