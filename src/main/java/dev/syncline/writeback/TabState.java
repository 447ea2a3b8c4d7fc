package dev.syncline.writeback;

import dev.syncline.platform.ErrorCode;

/** Whether a model's tab can be written to. */
sealed interface TabState {
    /** It can: as it was at one moment. */
    record Readable(TabReading reading) implements TabState {}

    /** It cannot until a person changes it (S2-46): TAB_MISSING, HEADER_MISMATCH, KEY_COLUMN_EMPTY, SHEET_TOO_LARGE. */
    record Blocked(ErrorCode code, String detail) implements TabState {}
}
