package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the queue stands.
 *
 * @param failed the newest ones; none for who may not see records
 * @param logs the newest ones; none for who may not see records
 */
record Overview(
        QueueStats stats,
        List<QueueItem> failed,
        List<LogEntry> logs,
        Optional<Instant> lastProcessed,
        Optional<Instant> oldestPending,
        List<BlockedTab> blocked) {}
