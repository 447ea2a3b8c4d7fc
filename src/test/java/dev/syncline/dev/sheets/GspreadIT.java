package dev.syncline.dev.sheets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.syncline.Gspread;

import static org.assertj.core.api.Assertions.assertThat;

/** The client works with the stand-in as with Google. */
class GspreadIT {
    @TempDir
    Path directory;

    @Test
    void passesAllChecksOfTheScript() throws IOException, InterruptedException {
        Gspread gspread = new Gspread(directory);
        gspread.assumeIsThere();

        try (SheetsStandIn standIn = SheetsStandIn.start(0)) {
            standIn.create("scratch", "Scratch", ZoneOffset.UTC).tab("Scratch");
            Path key = Files.writeString(directory.resolve("key.json"), standIn.accountKey());
            var ended = gspread.run("gspread_check.py", standIn.root().toString(), key.toString(), "scratch");
            assertThat(ended.exit()).as(ended.output()).isZero();
            assertThat(ended.output()).contains("passed: tells_errors").containsPattern("passed 12 checks");
        }
    }
}
