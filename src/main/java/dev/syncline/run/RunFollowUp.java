package dev.syncline.run;

import io.smallrye.mutiny.Uni;

/**
 * Something that follows the end of a run: a letter, a dead letter, a look at the data. Any bean may be one. Called by one
 * process at a time for each run that ended anywhere, seconds after its end; after a crash, or when the leading process
 * changes, for the latest runs once more, so doing it twice must come to the same. Called on any thread, which it must not
 * block.
 */
public interface RunFollowUp {
    /**
     * Follows one run. A failure of the database's connection makes this run, and those after it, come again; any other is
     * logged and left at that.
     *
     * @param ended a run in a terminal state
     */
    Uni<Void> follow(Run ended);
}
