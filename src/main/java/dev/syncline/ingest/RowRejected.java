package dev.syncline.ingest;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;

/** One row cannot be taken; it is set aside with its reason and the rest goes on. Carries no stack: it is data. */
public final class RowRejected extends RuntimeException {
    private final ErrorCode code;
    private final @Nullable String column;

    public RowRejected(ErrorCode code, @Nullable String column, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.column = column;
    }

    public ErrorCode code() {
        return code;
    }

    /** The column at fault, when it is one. */
    public @Nullable String column() {
        return column;
    }
}
