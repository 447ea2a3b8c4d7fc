package dev.syncline.processes;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** What a criterion with a bound took here, for whoever reads the tests' output. */
final class Measured {
    private Measured() {}

    static void tell(String what, Duration took) {
        tell(what, List.of(took));
    }

    static void tell(String what, Collection<Duration> took) {
        System.out.printf(
                "MEASURED %s: %s ms%n",
                what, took.stream().map(Duration::toMillis).toList());
    }
}
