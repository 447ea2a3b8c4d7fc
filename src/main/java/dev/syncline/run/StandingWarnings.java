package dev.syncline.run;

import java.util.List;

import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.Warning;

/**
 * What a person should know of a sync now, whatever became of its runs. Any bean may be one. Asked each time that somebody looks
 * at the sync, on any thread, which it must not block; a failure fails the look.
 */
public interface StandingWarnings {
    /** Empty for a sync that it knows nothing of, or when all is well. */
    Uni<List<Warning>> of(String sync);
}
