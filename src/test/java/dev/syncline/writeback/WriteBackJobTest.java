package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.run.Schedule;

import static org.assertj.core.api.Assertions.assertThat;

class WriteBackJobTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    @DisplayName("S2-11: it runs every five minutes by this service's own clock, which needs no request from outside")
    void runsEveryFiveMinutes() {
        Schedule schedule =
                job(Settings.shipped().with("sheet-id", "a-sheet")).schedule().orElseThrow();

        assertThat(schedule.next(NOON, 3))
                .containsExactly(
                        NOON.plus(Duration.ofMinutes(5)),
                        NOON.plus(Duration.ofMinutes(10)),
                        NOON.plus(Duration.ofMinutes(15)));
        assertThat(schedule.startedBy()).isEqualTo(Schedule.StartedBy.CLOCK);
    }

    @Test
    @DisplayName("S2-11: how often is a setting, and so is whether at all")
    void runsAsSet() {
        Settings hourly = Settings.shipped().with("sheet-id", "a-sheet").with("schedule.cron", "0 * * * *");
        Settings off = Settings.shipped().with("sheet-id", "a-sheet").with("schedule.cron", "off");

        assertThat(job(hourly).schedule().orElseThrow().next(NOON)).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(job(off).schedule()).isEmpty();
        assertThat(job(Settings.shipped().with("enabled", "false")).enabled()).isFalse();
    }

    @Test
    void doesNotRunByItselfWithoutASpreadsheet() {
        assertThat(job(Settings.shipped()).schedule()).isEmpty();
        assertThat(job(Settings.shipped().with("models.Revenue.sheet-id", "a-sheet"))
                        .schedule())
                .isPresent();
    }

    @Test
    @DisplayName("S2-31: a run that takes no further items still has time to end what it has begun")
    void endsBeforeItsTimeLimit() {
        Settings settings = Settings.shipped().with("run-for", "2M");

        assertThat(job(settings).timeLimit().orElseThrow())
                .isGreaterThan(Duration.ofMinutes(2).plus(Passes.GRACE));
        assertThat(job(settings).retries()).isFalse();
    }

    /** Its work is not asked for here. */
    private static WriteBackJob job(Settings settings) {
        return new WriteBackJob(settings.config(), settings.models(), null, null);
    }
}
