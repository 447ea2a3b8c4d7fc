package dev.syncline.dev.sheets;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many calls each account may make within a sliding window; reads and writes apart. For one thread at a time. */
final class Quota {
    private final int calls;
    private final long window;
    private final Map<String, Deque<Long>> made = new HashMap<>();

    Quota(int calls, Duration window) {
        this.calls = calls;
        this.window = window.toNanos();
    }

    void count(String account, boolean isWrite) {
        String kind = isWrite ? "Write" : "Read";
        Deque<Long> times = made.computeIfAbsent(kind + " " + account, x -> new ArrayDeque<>());
        long now = System.nanoTime();
        while (!times.isEmpty() && now - times.peekFirst() > window) {
            times.removeFirst();
        }
        if (times.size() >= calls) {
            throw ApiException.quotaExceeded(kind, calls, Optional.empty());
        }
        times.addLast(now);
    }
}
