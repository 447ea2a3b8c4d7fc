package dev.syncline.roster;

/** Names of the roster sync, and of what the input of its runs says. */
final class RosterSync {
    static final String SYNC = "roster";
    /** The collection. */
    static final String DEVICES = "devices";

    /** Input: the spreadsheet's id. */
    static final String SHEET = "sheet";
    /** Input: {@code true} if whoever asked had anonymization switched on (S0-7). */
    static final String ANONYMIZED = "anonymized";
    /** Input: the name of the baseline that is restored instead of reading the sheet (S0-48). */
    static final String BASELINE = "baseline";

    private RosterSync() {}
}
