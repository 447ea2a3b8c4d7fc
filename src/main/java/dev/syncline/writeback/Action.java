package dev.syncline.writeback;

/** What happened to a record. */
enum Action {
    CREATE,
    UPDATE,
    DELETE;

    /** What both come to, for who knew nothing of either. */
    Action after(Action before) {
        if (this == DELETE) {
            return DELETE;
        }
        return switch (before) {
            case CREATE -> CREATE;
            case UPDATE -> this;
            case DELETE -> UPDATE;
        };
    }
}
