package dev.syncline.platform;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IdsTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void isVersion7OfItsTime() {
        UUID id = UUID.fromString(new Ids(Clock.fixed(NOON, ZoneOffset.UTC)).next());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void risesEvenWhenTheClockStepsBack() {
        // Given
        SteppingClock clock = new SteppingClock(NOON, NOON.minusSeconds(3600), NOON.plusMillis(1), NOON.minusMillis(1));
        Ids ids = new Ids(clock);

        // When
        var made = Stream.generate(ids::next).limit(20_000).toList();

        // Then
        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void isTheSameForTheSameNameAndInstant() {
        String id = Ids.at(NOON, "run-1");

        assertThat(Ids.at(NOON, "run-1")).isEqualTo(id);
        assertThat(Ids.at(NOON, "run-2")).isNotEqualTo(id);
        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        assertThat(UUID.fromString(id).variant()).isEqualTo(2);
        assertThat(List.of(
                        Ids.lowestAt(NOON), id, Ids.at(NOON.plusMillis(1), "run-1"), Ids.lowestAt(NOON.plusMillis(2))))
                .isSorted();
    }

    @Test
    void makesAMillionThatDiffer() {
        Ids ids = new Ids(Clock.systemUTC());
        Set<String> made = new HashSet<>(2_000_000);

        IntStream.range(0, 1_000_000).forEach(i -> made.add(ids.next()));

        assertThat(made).hasSize(1_000_000);
    }

    @Test
    void differsFromProcessToProcessAtTheSameInstant() {
        Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);

        assertThat(new Ids(clock).next()).isNotEqualTo(new Ids(clock).next());
    }

    /** Gives the instants in turn, and begins again. */
    private static final class SteppingClock extends Clock {
        private final Instant[] instants;
        private int next;

        SteppingClock(Instant... instants) {
            this.instants = instants;
        }

        @Override
        public Instant instant() {
            return instants[next++ % instants.length];
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
