package dev.syncline.writeback;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run did to one record's row, and is to be taken back.
 *
 * @param entries of the log, the newest first, at least one
 */
record RowUndo(Model model, List<LogEntry> entries) {
    RowUndo {
        entries = List.copyOf(entries);
    }

    private LogEntry newest() {
        return entries.get(0);
    }

    String recordId() {
        return newest().recordId();
    }

    /** {@code model/recordId} */
    String place() {
        return QueueItem.liveFor(newest().model(), recordId());
    }

    String item() {
        return newest().item();
    }

    /** Rows are written by their key, so each entry that changed cells has one. */
    String key() {
        return Objects.requireNonNull(newest().key());
    }

    /** Whether it was written where the model's rows still are. */
    boolean isWhereTheModelIs() {
        return model.spreadsheet().equals(Optional.ofNullable(newest().spreadsheet()))
                && model.tab().equals(newest().tab());
    }
}
