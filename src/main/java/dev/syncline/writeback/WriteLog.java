package dev.syncline.writeback;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** The log of what was written to sheets; sole writer of {@code writeback_log}. */
@ApplicationScoped
class WriteLog {
    static final String COLLECTION = "writeback_log";

    Uni<Void> write(List<LogEntry> entries) {
        throw new UnsupportedOperationException("part-job");
    }

    /** The newest entries, newest first. */
    Uni<List<LogEntry>> newest(int limit) {
        throw new UnsupportedOperationException("part-job");
    }

    /** A page, newest first; run and record narrow it, null for all. */
    Uni<List<LogEntry>> page(
            @org.jspecify.annotations.Nullable String run,
            @org.jspecify.annotations.Nullable String model,
            @org.jspecify.annotations.Nullable String recordId,
            String before,
            int limit) {
        throw new UnsupportedOperationException("part-job");
    }
}
