package dev.syncline.writeback;

import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryWaitTest {
    private final RetryWait waits = new RetryWait(Duration.ofMinutes(1), Duration.ofHours(1));

    @RepeatedTest(20)
    @DisplayName(
            "S2-28: each wait is four times as long as the one before, up to the longest, drawn evenly around that")
    void grows() {
        assertThat(waits.after(1)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
        assertThat(waits.after(2)).isBetween(Duration.ofSeconds(192), Duration.ofSeconds(288));
        assertThat(waits.after(3)).isBetween(Duration.ofSeconds(768), Duration.ofSeconds(1152));
        assertThat(waits.after(4)).isBetween(Duration.ofMinutes(48), Duration.ofMinutes(72));
        assertThat(waits.after(1000)).isBetween(Duration.ofMinutes(48), Duration.ofMinutes(72));
    }

    @Test
    void noWaitIsNone() {
        assertThat(new RetryWait(Duration.ZERO, Duration.ofHours(1)).after(3)).isZero();
    }
}
