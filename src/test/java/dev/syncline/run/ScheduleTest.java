package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.syncline.run.ScheduleSetting.schedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ScheduleTest {
    private static final String WEEKDAYS = "0 6 * * 1-5";
    private static final String TORONTO = "America/Toronto";

    @ParameterizedTest
    @DisplayName("S1-01: 06:00 in Toronto is 11:00Z in winter and 10:00Z in summer, and never on a weekend")
    @CsvSource({
        // On 2026-03-08 the clock goes forward, on 2026-11-01 back: the last slots before and the first after.
        "2026-03-05T12:00:00Z, 2026-03-06T11:00:00Z",
        "2026-03-06T11:00:00Z, 2026-03-09T10:00:00Z",
        "2026-03-09T10:00:00Z, 2026-03-10T10:00:00Z",
        "2026-10-29T12:00:00Z, 2026-10-30T10:00:00Z",
        "2026-10-30T10:00:00Z, 2026-11-02T11:00:00Z",
        "2026-11-02T11:00:00Z, 2026-11-03T11:00:00Z"
    })
    void followsTheZonesClock(Instant after, Instant next) {
        assertThat(schedule(WEEKDAYS, TORONTO).next(after)).isEqualTo(next);
    }

    @Test
    @DisplayName("S1-01: in five years there is one slot each weekday and none on a Saturday or Sunday")
    void runsOnWeekdaysOnly() {
        List<LocalDateTime> weekdays = LocalDate.of(2026, 1, 1)
                .datesUntil(LocalDate.of(2031, 1, 1))
                .filter(day -> day.getDayOfWeek().getValue() <= 5)
                .map(day -> day.atTime(6, 0))
                .toList();

        List<Instant> slots = schedule(WEEKDAYS, TORONTO).next(Instant.parse("2026-01-01T00:00:00Z"), weekdays.size());

        assertThat(slots)
                .extracting(slot -> LocalDateTime.ofInstant(slot, ZoneId.of(TORONTO)))
                .isEqualTo(weekdays);
    }

    @Test
    void slotsOfTheSkippedHourAreOneAtTheMomentOfTheSkip() {
        Schedule quarters = schedule("*/15 1-3 * * *", TORONTO);
        assertThat(quarters.next(Instant.parse("2026-03-08T06:40:00Z"), 4))
                .extracting(Instant::toString)
                .containsExactly(
                        "2026-03-08T06:45:00Z", // 01:45
                        "2026-03-08T07:00:00Z", // 02:00 to 02:45, which do not exist, and 03:00
                        "2026-03-08T07:15:00Z", // 03:15
                        "2026-03-08T07:30:00Z");
    }

    @Test
    void slotsOfTheDoubledHourComeTheFirstTimeOnly() {
        Schedule quarters = schedule("*/30 * * * *", TORONTO);
        assertThat(quarters.next(Instant.parse("2026-11-01T04:30:00Z"), 4))
                .extracting(Instant::toString)
                .containsExactly(
                        "2026-11-01T05:00:00Z", // 01:00 for the first time
                        "2026-11-01T05:30:00Z", // 01:30
                        "2026-11-01T07:00:00Z", // 02:00; the second 01:00 and 01:30 are passed over
                        "2026-11-01T07:30:00Z");
        assertThat(quarters.due(Instant.parse("2026-11-01T04:30:00Z"), Instant.parse("2026-11-01T06:45:00Z")))
                .contains(new Schedule.Due(Instant.parse("2026-11-01T05:30:00Z"), 1));
    }

    @Test
    void findsTheNewestSlotAndCountsThoseBefore() {
        Schedule schedule = schedule(WEEKDAYS, TORONTO);
        Instant friday = Instant.parse("2026-11-20T11:00:00Z");
        assertThat(schedule.due(friday, Instant.parse("2026-11-23T10:59:59Z"))).isEmpty();
        assertThat(schedule.due(friday, Instant.parse("2026-11-23T11:00:00Z")))
                .contains(new Schedule.Due(Instant.parse("2026-11-23T11:00:00Z"), 0));
        assertThat(schedule.due(friday, Instant.parse("2026-11-26T00:00:00Z")))
                .contains(new Schedule.Due(Instant.parse("2026-11-25T11:00:00Z"), 2));
    }

    @Test
    void countsNoMoreThanAHundredAfterALongOutage() {
        Schedule schedule = schedule("* * * * * *", "UTC");
        Instant now = Instant.parse("2026-11-22T12:00:00.700Z");
        assertThat(schedule.due(now.minus(Duration.ofDays(3_650)), now))
                .contains(new Schedule.Due(Instant.parse("2026-11-22T12:00:00Z"), Schedule.COUNTED));
    }

    @Test
    void leapDaysComeEveryFourYears() {
        assertThat(schedule("0 0 29 2 *", "UTC").next(Instant.parse("2026-01-01T00:00:00Z"), 2))
                .extracting(Instant::toString)
                .containsExactly("2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z");
    }

    // --- settings

    @Test
    void isOff() {
        assertThat(Schedule.of(new ScheduleSetting("off", "UTC", "run-once", Duration.ofHours(2))))
                .isEmpty();
        assertThat(Schedule.problems("x.", new ScheduleSetting("off", "UTC", "run-once", Duration.ofHours(2))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "6",
                "0 6 * *",
                "0 0 6 * * 1-5 2026",
                "61 * * * *",
                "0 25 * * *",
                "0 6 * * 8",
                "*/0 * * * *",
                "5-1 * * * *",
                "six o'clock on each day",
                "Off",
                "@daily",
                "0 0 30 2 *",
                "0 0 31 4,6,9,11 *",
                "0 0 0 31 2 ?"
            })
    void refusesWhatIsNoExpressionOrNeverComesTrue(String cron) {
        ScheduleSetting setting = new ScheduleSetting(cron, "UTC", "run-once", Duration.ofHours(2));
        assertThat(Schedule.problems("syncline.x.schedule.", setting))
                .singleElement()
                .asString()
                .startsWith("syncline.x.schedule.cron ")
                .contains("'" + cron + "'");
        assertThatIllegalArgumentException().isThrownBy(() -> Schedule.of(setting));
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                Arguments.of("*/2 * * * *", "2026-01-01T00:02:00Z"),
                Arguments.of("*/3 * * * * *", "2026-01-01T00:00:03Z"),
                Arguments.of("0 0 6 * * MON", "2026-01-05T06:00:00Z"),
                Arguments.of("0 0 * * 7", "2026-01-04T00:00:00Z"),
                Arguments.of("0 0 13 * 5", "2026-01-02T00:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void readsFiveFieldsAsUnixAndSixWithSecondsFirst(String cron, Instant next) {
        assertThat(schedule(cron, "UTC").next(Instant.parse("2026-01-01T00:00:00Z")))
                .isEqualTo(next);
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        assertThat(Schedule.problems(
                        "p.", new ScheduleSetting("every day", "Amerika/Toronto", "later", Duration.ofHours(2))))
                .satisfiesExactly(
                        cron -> assertThat(cron).startsWith("p.cron must have five fields"),
                        zone -> assertThat(zone)
                                .isEqualTo("p.zone must be a time zone such as America/Toronto, not 'Amerika/Toronto'"),
                        missed -> assertThat(missed).isEqualTo("p.missed must be run-once or skip, not 'later'"));
    }
}
