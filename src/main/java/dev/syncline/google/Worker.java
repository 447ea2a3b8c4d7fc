package dev.syncline.google;

import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Where Google's clients may block: nowhere else. */
final class Worker {
    private Worker() {}

    /** What follows runs on the worker too. What comes of work that was cancelled interests nobody, and is not told as lost. */
    static <T> Uni<T> run(Supplier<T> work) {
        return Uni.createFrom().emitter(emitter -> submit(emitter, work));
    }

    private static <T> void submit(UniEmitter<? super T> emitter, Supplier<T> work) {
        Infrastructure.getDefaultWorkerPool().execute(() -> complete(emitter, work));
    }

    private static <T> void complete(UniEmitter<? super T> emitter, Supplier<T> work) {
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            emitter.fail(e);
            return;
        }
        emitter.complete(result);
    }
}
