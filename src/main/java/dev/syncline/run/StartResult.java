package dev.syncline.run;

/** What became of a wish for a run. */
public sealed interface StartResult {
    /** The run that answers the wish, or stands in its way. */
    Run run();

    /** It runs now, or its waiting retry does. */
    record Started(Run run) implements StartResult {}

    /** The same key asked before: this is the run of that time, as it is now. */
    record Repeated(Run run) implements StartResult {}

    /** Another run of the sync is active. */
    record Refused(Run run) implements StartResult {}
}
