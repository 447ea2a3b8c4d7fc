package dev.syncline.writeback;

/** Names that the parts of write-back share. */
final class WriteBack {
    static final String SYNC = "writeback";
    /** Input of a run that undoes another one: the id of that run. */
    static final String UNDO = "undo";

    private WriteBack() {}
}
