package dev.syncline.identity;

/** What a person or a machine may do; each role may do what those before it may. */
public enum Role {
    /** Sees what the syncs do. */
    viewer,
    /** Starts and stops runs, decides held sweeps, reads the audit trail. */
    manager,
    /** Says who may log in. */
    lead,
    /** May do all that a person may. */
    admin;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
