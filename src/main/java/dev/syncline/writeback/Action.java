package dev.syncline.writeback;

/** What happened to a record. */
enum Action {
    CREATE,
    UPDATE,
    DELETE
}
