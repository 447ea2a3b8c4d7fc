package dev.syncline.dev.sheets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * What goes wrong with the calls that follow. Faults are met in the order in which they were asked for, each call by one of
 * them at most; a delay and what is to be done before a call come on top. Without {@link #matching} any call of the API is
 * meant, calls for tokens are not. Of any thread.
 */
public final class Faults {
    private static final int READS_A_MINUTE = 60;

    private final Lock lock;
    private final State state;
    private final Pattern meant;

    /** What all views share. */
    private static final class State {
        private final List<Fault> faults = new ArrayList<>();
        private final List<Interruption> interruptions = new ArrayList<>();
        private Optional<Delay> delay = Optional.empty();
        private Optional<Quota> quota = Optional.empty();
    }

    /** What a call meets. Without a failure its connection is closed in the middle of the answer. */
    private record Fault(Pattern meant, Optional<ApiException> failure, int left) {
        Fault used() {
            return new Fault(meant, failure, left - 1);
        }
    }

    /** @param isAfter whether the call is carried out first, and answered when the action is done */
    private record Interruption(Pattern meant, int call, boolean isAfter, Runnable action) {
        Interruption counted() {
            return new Interruption(meant, call - 1, isAfter, action);
        }
    }

    private record Delay(Pattern meant, Duration length, int left) {
        Delay used() {
            return new Delay(meant, length, left - 1);
        }
    }

    /** What was decided for one call. */
    record Fate(
            List<Runnable> before,
            Duration delay,
            Optional<ApiException> failure,
            List<Runnable> after,
            boolean isCut) {}

    Faults() {
        this(new ReentrantLock(), new State(), Pattern.compile(""));
    }

    private Faults(Lock lock, State state, Pattern meant) {
        this.lock = lock;
        this.state = state;
        this.meant = meant;
    }

    /** For calls alone in whose path and query the expression is found, such as {@code values:batchGet}. */
    public Faults matching(String regex) {
        return new Faults(lock, state, Pattern.compile(regex));
    }

    /** Every call waits so long, until {@link #reset}. */
    public void delay(Duration length) {
        delay(length, Integer.MAX_VALUE);
    }

    /** The next calls wait so long, in the place of any earlier delay. */
    public void delay(Duration length, int times) {
        change(() -> state.delay = Optional.of(new Delay(meant, length, times)));
    }

    /**
     * The next calls fail.
     *
     * @param reason as in {@code errors[].reason}: {@code backendError}, {@code forbidden}
     */
    public void fail(int status, String reason, int times) {
        add(Optional.of(ApiException.ofStatus(status, reason)), times);
    }

    /** The next calls are answered with 429. Google itself sends no {@code Retry-After}. */
    public void rateLimit(int times, Optional<Duration> retryAfter) {
        add(Optional.of(ApiException.quotaExceeded("Read", READS_A_MINUTE, retryAfter)), times);
    }

    /** The next calls are carried out, but their connections are closed in the middle of the answer. */
    public void cut(int times) {
        add(Optional.empty(), times);
    }

    private void add(Optional<ApiException> failure, int times) {
        change(() -> state.faults.add(new Fault(meant, failure, times)));
    }

    /**
     * Does something before a call is carried out, in the thread of that call.
     *
     * @param call 1 for the next one
     */
    public void before(int call, Runnable action) {
        change(() -> state.interruptions.add(new Interruption(meant, call, false, action)));
    }

    /** Does something when a call has been carried out and not been answered yet, in the thread of that call. */
    public void after(int call, Runnable action) {
        change(() -> state.interruptions.add(new Interruption(meant, call, true, action)));
    }

    /** Each account may read and write so often a minute; further calls are answered with 429. */
    public void quota(int perMinute) {
        quota(perMinute, Duration.ofMinutes(1));
    }

    /** The same with a shorter minute. */
    public void quota(int calls, Duration window) {
        change(() -> state.quota = Optional.of(new Quota(calls, window)));
    }

    /** Everything goes well again. */
    public void reset() {
        change(() -> {
            state.faults.clear();
            state.interruptions.clear();
            state.delay = Optional.empty();
            state.quota = Optional.empty();
        });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    Fate next(Call call) {
        lock.lock();
        try {
            List<Interruption> due = due(call);
            Duration delay = delayOf(call);
            Optional<Fault> fault = take(call);
            return new Fate(
                    actions(due, false),
                    delay,
                    fault.flatMap(Fault::failure),
                    actions(due, true),
                    fault.filter(met -> met.failure().isEmpty()).isPresent());
        } finally {
            lock.unlock();
        }
    }

    private Duration delayOf(Call call) {
        Optional<Delay> met = state.delay.filter(delay -> delay.left() > 0 && isMeant(delay.meant(), call));
        state.delay = met.map(Delay::used).or(() -> state.delay);
        return met.map(Delay::length).orElse(Duration.ZERO);
    }

    private List<Interruption> due(Call call) {
        state.interruptions.replaceAll(each -> isMeant(each.meant(), call) ? each.counted() : each);
        List<Interruption> due =
                state.interruptions.stream().filter(each -> each.call() == 0).toList();
        state.interruptions.removeAll(due);
        return due;
    }

    private static List<Runnable> actions(List<Interruption> due, boolean after) {
        return due.stream()
                .filter(each -> each.isAfter() == after)
                .map(Interruption::action)
                .toList();
    }

    private Optional<Fault> take(Call call) {
        for (Iterator<Fault> faults = state.faults.iterator(); faults.hasNext(); ) {
            Fault fault = faults.next();
            if (isMeant(fault.meant(), call)) {
                faults.remove();
                if (fault.left() > 1) {
                    state.faults.add(0, fault.used());
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    private static boolean isMeant(Pattern pattern, Call call) {
        return pattern.matcher(call.target()).find();
    }

    /** Counts the call; refused if it is one too many. */
    void count(String account, boolean isWrite) {
        lock.lock();
        try {
            state.quota.ifPresent(quota -> quota.count(account, isWrite));
        } finally {
            lock.unlock();
        }
    }
}
