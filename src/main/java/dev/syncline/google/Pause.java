package dev.syncline.google;

import java.time.Duration;

import io.smallrye.mutiny.Uni;

/** Waiting without a thread; ends with its subscriber. */
final class Pause {
    private Pause() {}

    /** Mutiny delays by nothing only if it is not asked to. */
    static Uni<Void> of(Duration wait) {
        Uni<Void> now = Uni.createFrom().voidItem();
        return wait.toMillis() < 1 ? now : now.onItem().delayIt().by(wait);
    }
}
