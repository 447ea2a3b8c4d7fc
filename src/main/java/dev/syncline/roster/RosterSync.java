package dev.syncline.roster;

import dev.syncline.run.Run;

/** Names of the roster sync, and of what the input of its runs says. */
final class RosterSync {
    static final String SYNC = "roster";
    /** The collection. */
    static final String DEVICES = "devices";

    /** Input: the spreadsheet's id. */
    static final String SHEET = Run.SHEET;
    /** Input: {@code true} if whoever asked had anonymization switched on (S0-7). */
    static final String ANONYMIZED = Run.ANONYMIZED;
    /** Input: the name of the baseline that is restored instead of reading the sheet (S0-48). */
    static final String BASELINE = Run.BASELINE;

    private RosterSync() {}
}
