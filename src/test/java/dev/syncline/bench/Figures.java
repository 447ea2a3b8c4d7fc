package dev.syncline.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All that was measured, by kind of work; says itself as a table, each figure the median of its repetitions. */
final class Figures {
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    private final Map<String, Reference> references = new LinkedHashMap<>();

    private record Sample(long rows, long bytes, Measured measured) {}

    private record Reference(String work, double goal) {}

    void add(String work, long rows, long bytes, Measured measured) {
        samples.computeIfAbsent(work, w -> new ArrayList<>()).add(new Sample(rows, bytes, measured));
        System.out.printf(
                Locale.ROOT,
                "%-40s %9d rows %7.1f s  cpu %6.1f s  peak %4d MB%n",
                work,
                rows,
                measured.seconds(),
                measured.cpuSeconds(),
                measured.peakRss());
    }

    /** {@code work} shall not take longer than {@code goal} times the other. */
    void compare(String work, String other, double goal) {
        references.put(work, new Reference(other, goal));
    }

    String table() {
        StringBuilder table =
                new StringBuilder("| | rows | MB | s, median (all) | rows/s | ratio (goal) | CPU s | peak RSS MB |\n"
                        + "|---|---|---|---|---|---|---|---|\n");
        samples.forEach((work, of) -> table.append(line(work, of)));
        return table.toString();
    }

    private String line(String work, List<Sample> of) {
        Sample first = of.get(0);
        double seconds = seconds(of);
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %.0f | %.1f (%s) | %,.0f | %s | %.1f | %.0f |%n",
                work,
                first.rows(),
                first.bytes() / 1e6,
                seconds,
                all(of),
                first.rows() / seconds,
                ratio(work, seconds),
                median(of, sample -> sample.measured().cpuSeconds()),
                of.stream()
                        .mapToDouble(sample -> sample.measured().peakRss())
                        .max()
                        .orElseThrow());
    }

    private static String all(List<Sample> of) {
        return of.stream()
                .map(sample ->
                        String.format(Locale.ROOT, "%.1f", sample.measured().seconds()))
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }

    private String ratio(String work, double seconds) {
        Reference reference = references.get(work);
        if (reference == null || !samples.containsKey(reference.work())) {
            return "";
        }
        double ratio = seconds / seconds(samples.get(reference.work()));
        return String.format(
                Locale.ROOT,
                "%.2f × %s (≤ %.1f%s)",
                ratio,
                reference.work(),
                reference.goal(),
                ratio <= reference.goal() ? "" : ", missed");
    }

    private static double seconds(List<Sample> of) {
        return median(of, sample -> sample.measured().seconds());
    }

    private static double median(List<Sample> of, ToDoubleFunction<Sample> figure) {
        double[] sorted = of.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
