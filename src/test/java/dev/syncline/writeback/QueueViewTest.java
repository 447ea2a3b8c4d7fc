package dev.syncline.writeback;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QueueViewTest {
    private static final Instant NOW = Instant.parse("2026-01-31T06:00:00Z");
    private static final BlockedTab BLOCKED = new BlockedTab("Revenue", "TAB_MISSING", "no tab Revenue", NOW);

    private static QueueView view(QueueStats stats, List<BlockedTab> blocked, boolean configured, boolean running) {
        Overview overview = new Overview(stats, List.of(), List.of(), Optional.empty(), Optional.empty(), blocked);
        return new QueueView(overview, true, configured, running);
    }

    private static QueueStats stats(long pending, long failed) {
        return new QueueStats(pending, 0, 5, failed);
    }

    @Test
    @DisplayName("the page says the most important thing first")
    void saysWhatMattersMost() {
        assertThat(view(stats(3, 2), List.of(BLOCKED), false, true).words()).isEqualTo("No sheet is set up");
        assertThat(view(stats(3, 2), List.of(BLOCKED), true, true).words()).isEqualTo("Writing");
        assertThat(view(stats(3, 2), List.of(BLOCKED), true, false).words()).isEqualTo("A tab needs you");
        assertThat(view(stats(3, 2), List.of(), true, false).words()).isEqualTo("Some changes have failed");
        assertThat(view(stats(3, 0), List.of(), true, false).words()).isEqualTo("Changes wait for the next run");
        assertThat(view(stats(0, 0), List.of(), true, false).words()).isEqualTo("Everything is written");
        assertThat(view(stats(0, 0), List.of(), true, false).tone()).isEqualTo("good");
    }

    @Test
    void saysWhatToDoAboutABlockedTab() {
        QueueView.Blocked tab =
                view(stats(0, 0), List.of(BLOCKED), true, false).blocked().get(0);

        assertThat(tab.hindrance().title()).isEqualTo("The spreadsheet has no such tab");
        assertThat(tab.hindrance().runbook()).isEqualTo("/docs/runbook/tab-missing");
        assertThat(tab.hindrance().nextStep()).isNotBlank();
    }

    @Test
    @DisplayName("C0-57: a code of another version is shown as it is")
    void showsUnknownCodes() {
        assertThat(Hindrance.of("OF_TOMORROW")).isEqualTo(new Hindrance("OF_TOMORROW", "OF_TOMORROW", "", ""));
    }

    @Test
    @DisplayName("S2-3: succeeded, failed and skipped add up to what was processed")
    void addsUp() {
        RunResult result = RunResult.of(new dev.syncline.ingest.Tally(25, 4, 18, 2, 1, 0, 0));

        assertThat(result).isEqualTo(new RunResult(25, 22, 1, 2));
        assertThat(result.succeeded() + result.failed() + result.skipped()).isEqualTo(result.processed());
    }
}
