package dev.syncline.run;

import io.smallrye.mutiny.Uni;

/**
 * Something that follows the end of a run: a letter, a dead letter, a look at the data. Any bean may be one. Called by one
 * process at a time for each run that ended anywhere, seconds after its end, until all that follow it have succeeded: so doing
 * it twice must come to the same. Of one run, those of the highest {@code @Priority} come first. Called on any thread, which it
 * must not block.
 */
public interface RunFollowUp {
    /**
     * Follows one run. A failure makes it come again, for as long as the database is away, and for about a minute for any other
     * reason.
     *
     * @param ended a run in a terminal state
     */
    Uni<Void> follow(Run ended);
}
