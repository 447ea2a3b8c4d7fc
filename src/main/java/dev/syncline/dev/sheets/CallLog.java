package dev.syncline.dev.sheets;

import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The calls that came, in their order. */
final class CallLog {
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentNavigableMap<Long, Call> calls = new ConcurrentSkipListMap<>();

    long add(Call call) {
        long number = numbers.incrementAndGet();
        calls.put(number, call);
        return number;
    }

    void answered(long number, int status) {
        calls.computeIfPresent(number, (x, call) -> call.answered(status));
    }

    List<Call> all() {
        return List.copyOf(calls.values());
    }

    void clear() {
        calls.clear();
    }
}
