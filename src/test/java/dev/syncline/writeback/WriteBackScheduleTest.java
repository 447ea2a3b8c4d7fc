package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.run.Schedule;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("S2-11: write-back runs by itself every five minutes, or as configured, or not at all")
class WriteBackScheduleTest {
    private static final String SHEET = "sheet-id";

    @Test
    void runsEveryFiveMinutes() {
        Schedule schedule = schedule(Settings.shipped().with(SHEET, "s")).orElseThrow();

        assertThat(schedule.next(Instant.parse("2026-01-31T10:03:00Z"), 3))
                .extracting(Instant::toString)
                .containsExactly("2026-01-31T10:05:00Z", "2026-01-31T10:10:00Z", "2026-01-31T10:15:00Z");
        assertThat(schedule.startedBy()).isEqualTo(Schedule.StartedBy.CLOCK);
        assertThat(schedule.lateAfter()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void runsAsConfigured() {
        Schedule schedule = schedule(Settings.shipped()
                        .with("models.Revenue.sheet-id", "s")
                        .with("schedule.cron", "0 * * * *")
                        .with("schedule.started-by", "scheduler"))
                .orElseThrow();

        assertThat(schedule.next(Instant.parse("2026-01-31T10:03:00Z"))).isEqualTo("2026-01-31T11:00:00Z");
        assertThat(schedule.startedBy()).isEqualTo(Schedule.StartedBy.SCHEDULER);
    }

    @Test
    void doesNotRunByItselfWhereItIsOffOrHasNoSpreadsheet() {
        assertThat(schedule(Settings.shipped().with(SHEET, "s").with("schedule.cron", "off")))
                .isEmpty();
        assertThat(schedule(Settings.shipped())).isEmpty();
    }

    /** What runs do has no part in when they begin. */
    private static Optional<Schedule> schedule(Settings settings) {
        return new WriteBackJob(settings.config(), settings.models(), null, null).schedule();
    }
}
