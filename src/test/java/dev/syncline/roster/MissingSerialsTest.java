package dev.syncline.roster;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static dev.syncline.roster.Tab.withHeader;
import static org.assertj.core.api.Assertions.assertThat;

class MissingSerialsTest {
    @Test
    @DisplayName("S0-25, S0-26: the audit finds the rows that a run leaves out, and no blank ones")
    void findsRowsWithoutASerial() {
        Tab tab = withHeader("Serial No", "Device ID", "Status")
                .row("a")
                .row(null, null, "x")
                .row()
                .row(null, "D-1")
                .row("#REF!", "D-2")
                .row("x".repeat(300))
                .row(null, null, true);

        SerialAudit audit = SerialAudit.of(tab.sheetRows());

        assertThat(audit).isEqualTo(new SerialAudit(6, List.of(3, 6, 8)));
        assertThat(audit.passed()).isFalse();
        assertThat(audit.named()).isEqualTo("rows 3, 6, 8");
    }

    @Test
    void passesWhereEveryRowHasOne() {
        assertThat(SerialAudit.of(withHeader("Serial").row("a").row().sheetRows())
                        .passed())
                .isTrue();
    }

    @Test
    void namesTheFirstOfMany() {
        List<Integer> rows = IntStream.rangeClosed(2, 31).boxed().toList();

        assertThat(new SerialAudit(100, rows).named()).startsWith("rows 2, 3, ").endsWith(", 26 and 5 more");
    }
}
