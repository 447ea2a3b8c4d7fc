package dev.syncline.processes;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a criterion with a bound took here, for whoever reads the tests' output. */
final class Measured {
    /** A machine that does much else at the same time may be late now and then, by so much. */
    private static final int LATE = 4;

    private Measured() {}

    static void tell(String what, Duration took) {
        tell(what, List.of(took));
    }

    static void tell(String what, long count) {
        System.out.printf("MEASURED %s: %d%n", what, count);
    }

    private static void tell(String what, List<Duration> took) {
        System.out.printf(
                "MEASURED %s: %s ms%n",
                what, took.stream().map(Duration::toMillis).toList());
    }

    /** The bound holds for the median; none takes longer than four times the bound. */
    static void assertMostly(String what, List<Duration> took, Duration bound) {
        tell(what, took);
        List<Duration> sorted = took.stream().sorted().toList();
        assertThat(sorted.get(sorted.size() / 2)).as("median of " + what).isLessThan(bound);
        assertThat(sorted.get(sorted.size() - 1)).as("longest of " + what).isLessThan(bound.multipliedBy(LATE));
    }
}
