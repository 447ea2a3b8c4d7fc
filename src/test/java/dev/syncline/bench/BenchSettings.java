package dev.syncline.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.syncline.TestMongo;

/**
 * What a benchmark run is made of; each value is the property {@code bench.<name>} of the pom's profile.
 *
 * @param bigRows rows of the large feed; 0 leaves it out
 * @param repeats first loads, each in a process of its own and each beside a bulk write by the driver alone
 * @param rounds how often each of them is followed by an unchanged and by a changed feed
 * @param heap {@code -Xmx} of every process that is measured
 * @param rate requests a second while a load runs
 */
record BenchSettings(
        Path folder,
        String mongo,
        int rows,
        int bigRows,
        int repeats,
        int rounds,
        String heap,
        int rate,
        Duration window,
        List<String> parts) {

    static BenchSettings read() {
        return new BenchSettings(
                Path.of(System.getProperty("bench.folder", "target/bench")),
                TestMongo.connectionString(),
                Integer.getInteger("bench.rows", 237_000),
                Integer.getInteger("bench.big-rows", 1_080_000),
                Integer.getInteger("bench.repeats", 3),
                Integer.getInteger("bench.rounds", 2),
                System.getProperty("bench.heap", "128m"),
                Integer.getInteger("bench.rate", 200),
                Duration.ofSeconds(Integer.getInteger("bench.window", 20)),
                List.of(System.getProperty("bench.parts", "loads,requests,big").split(",")));
    }

    /** The same for all processes that are measured, the product's and those that it is measured against. */
    List<String> jvm() {
        return List.of("-Xmx" + heap, "-XX:+UseSerialGC");
    }

    boolean has(String part) {
        return parts.contains(part);
    }
}
