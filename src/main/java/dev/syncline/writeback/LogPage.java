package dev.syncline.writeback;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some of the log, newest first.
 *
 * @param nextCursor leads on; null at the end
 */
record LogPage(List<LogRun> runs, @Nullable String nextCursor) {
    static final LogPage NONE = new LogPage(List.of(), null);

    /** Where the next ones are; only asked where there are some. */
    public String more() {
        String cursor = nextCursor == null ? "" : nextCursor;
        return QueuePage.LOG + "?cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }
}
