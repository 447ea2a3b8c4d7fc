package dev.syncline.writeback;

/** What becomes of a cell that a person has changed since we wrote it (S2-40). */
public enum ConflictPolicy {
    /** The record wins; the old value is kept in the log. */
    overwrite,
    /** The item fails and nothing of its row is written, until a person decides. */
    refuse
}
