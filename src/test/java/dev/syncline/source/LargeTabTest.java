package dev.syncline.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LargeTabTest {
    /** Of the 256 MB that the service has, its own classes and data take the better part of the rest. */
    private static final String HEAP = "-Xmx144m";

    @Test
    @DisplayName("S0-49: 10,000 rows by 100 columns, all different, fit into a heap of 144 MB while they are read")
    void aLargeTabFits() throws IOException, InterruptedException {
        // When
        Process reading = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeTab.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String told = new String(reading.getInputStream().readAllBytes()).strip();

        // Then
        assertThat(reading.waitFor()).isZero();
        assertThat(told).startsWith("10000 value 9999-99 ");
        assertThat(Integer.parseInt(told.split(" ")[3])).as("megabytes kept").isLessThan(110);
    }
}
