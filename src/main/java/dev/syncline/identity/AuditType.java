package dev.syncline.identity;

/** What an audit record is about; the names stand in the API. */
public enum AuditType {
    /** Runs: started, cancelled, their sweeps decided; the data looked at. */
    sync,
    /** Log-ins and log-outs, and who was refused. */
    auth,
    /** Who may log in. */
    allowlist_change,
    /** Whether somebody saw people or placeholders. */
    anonymization;

    /** As the API writes it. */
    public String shown() {
        return name().replace('_', '-');
    }
}
