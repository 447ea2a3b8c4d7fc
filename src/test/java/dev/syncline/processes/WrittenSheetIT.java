package dev.syncline.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.syncline.Gspread;

import static org.assertj.core.api.Assertions.assertThat;

/** What was written is what others read. */
class WrittenSheetIT {
    @TempDir
    Path directory;

    @Test
    @DisplayName(
            "S2-14, S2-34, S2-35: another client reads text as text, numbers as numbers and dates as dates, and formulas")
    void isReadByOthers() throws IOException, InterruptedException {
        // Given
        Gspread gspread = new Gspread(directory);
        gspread.assumeIsThere();

        try (WriteBackProcesses processes = new WriteBackProcesses(Map.of())) {
            processes.begin(Map.of(SalesModel.REQUEST, 2));
            SalesRecords records = processes.records();
            records.change(records.all());
            records.add(SalesModel.REQUEST, 1);
            Replica replica = processes.alive(1).get(0);
            WriteBackProcesses.queue(replica, records.all());

            // When
            processes.drain(replica);

            // Then
            processes.assertDrained();
            Path key = Files.writeString(
                    directory.resolve("key.json"), processes.sheets().accountKey());
            var ended = gspread.run(
                    "gspread_written_check.py",
                    processes.sheets().root().toString(),
                    key.toString(),
                    WriteBackProcesses.SHEET);
            assertThat(ended.exit()).as(ended.output()).isZero();
            assertThat(ended.output()).contains("passed: row 2", "passed: row 4", "passed: formulas");
        }
    }
}
