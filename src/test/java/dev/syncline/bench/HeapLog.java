package dev.syncline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The JVM's own log of its collections, for what they left in the heap. */
record HeapLog(Path file) {
    private static final Pattern COLLECTION = Pattern.compile("^\\[([0-9]+)ms\\].* [0-9]+M->([0-9]+)M\\([0-9]+M\\)");
    private static final int PARTS = 8;

    static HeapLog in(Path file) {
        return new HeapLog(file);
    }

    String option() {
        return "-Xlog:gc:file=" + file + ":uptimemillis:filecount=0";
    }

    private record Collection(long uptime, long left) {}

    /**
     * The time between two instants of the process' life in eight parts, and of each the least that a collection left, in
     * megabytes: what is alive then, without the garbage that no collection has looked at yet.
     */
    List<Long> alive(long fromMillis, long toMillis) throws IOException {
        List<Long> alive = new ArrayList<>();
        long step = Math.max(1, (toMillis - fromMillis) / PARTS);
        for (long from = fromMillis; from + step <= toMillis; from += step) {
            least(from, from + step).ifPresent(alive::add);
        }
        return alive;
    }

    private OptionalLong least(long from, long to) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(COLLECTION::matcher)
                    .filter(Matcher::find)
                    .map(found -> new Collection(Long.parseLong(found.group(1)), Long.parseLong(found.group(2))))
                    .filter(collection -> collection.uptime() >= from && collection.uptime() < to)
                    .mapToLong(Collection::left)
                    .min();
        }
    }
}
