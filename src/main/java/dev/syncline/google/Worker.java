package dev.syncline.google;

import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Where Google's clients may block: nowhere else. */
final class Worker {
    private Worker() {}

    /** What follows runs on the worker too. A cancel lets the work go on, and drops what comes of it. */
    static <T> Uni<T> run(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
