package dev.syncline.permits;

import java.time.Instant;
import java.util.Optional;

import io.smallrye.mutiny.Uni;

/**
 * When the last run that read the whole feed began. A permit that is not absent was seen by it, so its "last seen" is
 * derived from here and not written 237,000 times a run.
 */
@FunctionalInterface
interface LastComplete {
    /** Start of the last complete run; empty before the first. Asked once a request; does not block. */
    Uni<Optional<Instant>> startedAt();
}
