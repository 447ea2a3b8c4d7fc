package dev.syncline.google;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class CallWindowPropertyTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");

    @Property
    @Label("whoever takes only where there is room never has more than that in any window")
    void neverMoreThanThereIsRoomFor(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 0, max = 20_000) Integer> pauses,
            @ForAll @IntRange(min = 1, max = 10) int most) {
        // Given
        CallWindow window = new CallWindow(List.of(), 0);
        List<Instant> taken = new ArrayList<>();
        Instant now = START;

        // When
        for (int pause : pauses) {
            now = now.plusMillis(pause);
            window = window.at(now, WINDOW);
            if (window.hasRoom(most)) {
                window = window.plus(now);
                taken.add(now);
            }
        }

        // Then
        for (int i = most; i < taken.size(); i++) {
            assertThat(Duration.between(taken.get(i - most), taken.get(i))).isGreaterThanOrEqualTo(WINDOW);
        }
    }

    @Property
    @Label("after the wait that it tells there is room, and just before there was none")
    void theWaitIsExact(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 59_999) Integer> ages,
            @ForAll @IntRange(min = 1, max = 30) int most) {
        // Given
        List<Instant> calls = ages.stream().map(age -> START.minusMillis(age)).toList();
        CallWindow window = new CallWindow(calls, 3).at(START, WINDOW);
        if (window.hasRoom(most)) {
            return;
        }

        // When
        Instant then = START.plus(window.untilRoom(most, START, WINDOW));

        // Then
        assertThat(window.at(then, WINDOW).hasRoom(most)).isTrue();
        assertThat(window.at(then.minusMillis(1), WINDOW).hasRoom(most)).isFalse();
    }

    @Property
    @Label("no call of the future counts for longer than a window from now on")
    void theFutureEnds(@ForAll @Size(max = 30) List<@IntRange(min = -100_000, max = 100_000_000) Integer> offsets) {
        List<Instant> calls =
                offsets.stream().map(offset -> START.plusMillis(offset)).toList();

        CallWindow now = new CallWindow(calls, 1).at(START, WINDOW);

        assertThat(now.calls()).allMatch(call -> !call.isAfter(START));
        assertThat(now.at(START.plus(WINDOW), WINDOW).calls()).isEmpty();
    }

    @Property
    @Label("S0-42: each wait is random, under a bound that doubles up to the longest")
    void backOffDoubles(@ForAll @IntRange(min = 1, max = 60) int tries) {
        BackOff backOff = new BackOff(Duration.ofMillis(400), Duration.ofSeconds(5), BackOff.Jitter.FULL);

        Duration bound = backOff.bound(tries);

        assertThat(bound).isEqualTo(tries > 4 ? Duration.ofSeconds(5) : Duration.ofMillis(400L << (tries - 1)));
        assertThat(backOff.after(tries)).isBetween(Duration.ZERO, bound);
    }

    @Property
    @Label("S2-31: a call that writes waits 1, 2, 4, 8 s and so on up to 64 s, and up to a second more")
    void backOffOfWritesIsAddedTo(@ForAll @IntRange(min = 1, max = 60) int tries) {
        BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(64), BackOff.Jitter.ADDED);

        Duration bound = Duration.ofSeconds(tries > 6 ? 64 : 1L << (tries - 1));

        assertThat(backOff.after(tries)).isBetween(bound, bound.plusSeconds(1));
    }
}
