package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one run has written, as far as a page shows it. */
record LogRun(String id, List<LogLine> lines) {
    static List<LogRun> of(List<LogEntry> entries, Models models) {
        Map<String, List<LogLine>> byRun = new LinkedHashMap<>();
        entries.forEach(entry -> byRun.computeIfAbsent(entry.run(), run -> new ArrayList<>())
                .add(new LogLine(entry, models.find(entry.model()))));
        return byRun.entrySet().stream()
                .map(run -> new LogRun(run.getKey(), run.getValue()))
                .toList();
    }

    public LogLine first() {
        return lines.get(0);
    }

    public String actor() {
        return first().entry().actor();
    }

    public boolean undoable() {
        return lines.stream().anyMatch(LogLine::undoable);
    }

    public boolean undoes() {
        return first().entry().action().equals(LogEntries.UNDO);
    }
}
