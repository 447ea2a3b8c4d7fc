package dev.syncline.run;

/** Whether a run writes to its target. A dry run reads, maps and counts all the same (C0-13). */
public enum Mode {
    live,
    dry_run
}
