package dev.syncline.run;

/** Somebody changed the run since it was read; the writer has to read it again or let go of it. */
final class StaleRunException extends RuntimeException {
    StaleRunException(String run) {
        super("run=" + run, null, false, false);
    }
}
