package dev.syncline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process has used: its CPU time, and the most memory that it has held. */
record Meter(ProcessHandle process) {
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    static Meter ofThisProcess() {
        return new Meter(ProcessHandle.current());
    }

    double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** In megabytes; 0 where there is no /proc. */
    long peakRss() {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            return peak.find() ? Long.parseLong(peak.group(1)) * 1024 / 1_000_000 : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
