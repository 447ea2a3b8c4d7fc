package dev.syncline.permits;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.run.Schedule;

import static org.assertj.core.api.Assertions.assertThat;

/** The schedule of who configures none. */
class PermitsScheduleTest {
    private static final Schedule SCHEDULE = Schedule.of(defaults().schedule()).orElseThrow();

    private static PermitsConfig defaults() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addSystemSources()
                .addDiscoveredConverters()
                .withMapping(PermitsConfig.class)
                .build()
                .getConfigMapping(PermitsConfig.class);
    }

    @Test
    @DisplayName("S1-01: permits run at 06:00 in Toronto on weekdays, which is 11:00Z in winter and 10:00Z in summer")
    void runsOnWeekdayMornings() {
        assertThat(next("2026-03-04T12:00:00Z"))
                .containsExactly(
                        "2026-03-05T11:00:00Z", "2026-03-06T11:00:00Z", "2026-03-09T10:00:00Z", "2026-03-10T10:00:00Z");
        assertThat(next("2026-10-28T12:00:00Z"))
                .containsExactly(
                        "2026-10-29T10:00:00Z", "2026-10-30T10:00:00Z", "2026-11-02T11:00:00Z", "2026-11-03T11:00:00Z");
    }

    private static List<String> next(String after) {
        return SCHEDULE.next(Instant.parse(after), 4).stream()
                .map(Instant::toString)
                .toList();
    }

    @Test
    void makesUpForMissedTimesOnce() {
        assertThat(SCHEDULE.missed()).isEqualTo(Schedule.Missed.RUN_ONCE);
        assertThat(SCHEDULE.lateAfter()).isEqualTo(Duration.ofHours(2));
    }
}
