package dev.syncline.writeback;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** Brings together how the queue stands, for the API and for the page (S2-10). */
@ApplicationScoped
class Overviews {
    private static final int FAILED = 10;
    private static final int LOGS = 20;
    private static final QueueStore.Filter ONLY_FAILED = new QueueStore.Filter(QueueItem.Status.FAILED, null, null);

    private final QueueStore queue;
    private final WriteLog log;
    private final TabStates tabs;

    Overviews(QueueStore queue, WriteLog log, TabStates tabs) {
        this.queue = queue;
        this.log = log;
        this.tabs = tabs;
    }

    /** @param records whether whoever asks may see records and what was written of them */
    Uni<Overview> now(boolean records) {
        return Uni.combine()
                .all()
                .unis(
                        queue.stats(),
                        failed(records),
                        newest(records),
                        queue.lastProcessed(),
                        queue.oldestPending(),
                        blocked())
                .with(Overview::new);
    }

    private Uni<List<BlockedTab>> blocked() {
        return tabs.blocked().map(checks -> checks.stream().map(BlockedTab::of).toList());
    }

    private Uni<List<QueueItem>> failed(boolean records) {
        return records ? queue.page(ONLY_FAILED, "", FAILED) : Uni.createFrom().item(List.of());
    }

    private Uni<List<LogEntry>> newest(boolean records) {
        return records ? log.newest(LOGS) : Uni.createFrom().item(List.of());
    }
}
