package dev.syncline.permits;

import java.time.Instant;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;

/** Stands where nothing in the application knows of runs. */
@DefaultBean
@Singleton
class NoRunYet implements LastComplete {
    @Override
    public Uni<Optional<Instant>> startedAt() {
        return Uni.createFrom().item(Optional.empty());
    }
}
