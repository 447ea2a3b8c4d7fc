package dev.syncline.google;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of one principal within the last while.
 *
 * @param calls when each began, by the database's clock
 * @param version of the document they were read from
 */
record CallWindow(List<Instant> calls, long version) {
    CallWindow {
        calls = List.copyOf(calls);
    }

    /**
     * Without those that no longer count. A call of the future comes from a clock that was wrong: it counts from now on, so
     * that it cannot block anybody for longer than the window.
     */
    CallWindow at(Instant now, Duration window) {
        Instant oldest = now.minus(window);
        List<Instant> counted = calls.stream()
                .filter(call -> call.isAfter(oldest))
                .map(call -> call.isAfter(now) ? now : call)
                .sorted()
                .toList();
        return new CallWindow(counted, version);
    }

    CallWindow plus(Instant call) {
        List<Instant> more = new ArrayList<>(calls);
        more.add(call);
        return new CallWindow(more, version);
    }

    boolean hasRoom(int most) {
        return calls.size() < most;
    }

    /** How long until one more has room; only for a window {@linkplain #at as it is now} that has none. */
    Duration untilRoom(int most, Instant now, Duration window) {
        Instant inTheWay = calls.get(calls.size() - most);
        return Duration.between(now, inTheWay.plus(window));
    }
}
