package dev.syncline.bench;

import java.util.Locale;

/** One piece of work, measured. A process of its own tells its result as one line. */
record Measured(double seconds, double cpuSeconds, long peakRss) {
    private static final String MARK = "measured:";

    /** Measures what a process does from here on. */
    static Stopwatch start(Meter meter) {
        return new Stopwatch(meter, System.nanoTime(), meter.cpuSeconds());
    }

    record Stopwatch(Meter meter, long beganNanos, double cpuBefore) {
        Measured stop() {
            double seconds = (System.nanoTime() - beganNanos) / 1e9;
            return new Measured(seconds, meter.cpuSeconds() - cpuBefore, meter.peakRss());
        }
    }

    void print() {
        System.out.printf(Locale.ROOT, "%s %.3f %.3f %d%n", MARK, seconds, cpuSeconds, peakRss);
    }

    static boolean isOne(String line) {
        return line.startsWith(MARK);
    }

    static Measured parse(String line) {
        String[] parts = line.split(" ");
        return new Measured(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), Long.parseLong(parts[3]));
    }
}
