package dev.syncline.run;

/** The run belongs to another process, or has ended, so this attempt stops without a word of its own. */
final class LeaseLostException extends RuntimeException {
    LeaseLostException(String run) {
        super("run=" + run, null, false, false);
    }
}
