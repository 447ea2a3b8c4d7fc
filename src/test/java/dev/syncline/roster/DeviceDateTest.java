package dev.syncline.roster;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("S0-29: dates")
class DeviceDateTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("ISO text, with its offset or in the sheet's zone")
    @CsvSource({
        "2026-01-31, 2026-01-31T05:00:00Z",
        "2026-07-31, 2026-07-31T04:00:00Z",
        "' 2026-01-31 ', 2026-01-31T05:00:00Z",
        "2026-01-31T10:15, 2026-01-31T15:15:00Z",
        "2026-01-31 10:15, 2026-01-31T15:15:00Z",
        "2026-01-31T10:15:30, 2026-01-31T15:15:30Z",
        "2026-01-31t10:15:30z, 2026-01-31T10:15:30Z",
        "2026-01-31T10:15Z, 2026-01-31T10:15:00Z",
        "2026-01-31T10:15:30.5Z, 2026-01-31T10:15:30.500Z",
        "2026-01-31T10:15:30.123456789Z, 2026-01-31T10:15:30.123Z",
        "2026-01-31T10:15:30+02:00, 2026-01-31T08:15:30Z",
        "2026-01-31T10:15:30+0200, 2026-01-31T08:15:30Z",
        "2026-01-31T10:15:30-05, 2026-01-31T15:15:30Z",
        "2024-02-29, 2024-02-29T05:00:00Z"
    })
    void readsIsoText(String cell, Instant instant) {
        assertThat(DeviceDate.instant(cell, NEW_YORK)).contains(instant);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("serial numbers of a spreadsheet, in the sheet's zone, and milliseconds since 1970")
    @CsvSource({
        "46053, 2026-01-31T05:00:00Z",
        "46053.5, 2026-01-31T17:00:00Z",
        "46053.427083333336, 2026-01-31T15:15:00Z",
        "46053.99999999999, 2026-02-01T05:00:00Z",
        "46234, 2026-07-31T04:00:00Z",
        "10000, 1927-05-18T04:00:00Z",
        "2958465, 9999-12-31T05:00:00Z",
        "100000000000, 1973-03-03T09:46:40Z",
        "1769854530123, 2026-01-31T10:15:30.123Z",
        "1769854530123.9, 2026-01-31T10:15:30.123Z"
    })
    void readsNumbers(BigDecimal number, Instant instant) {
        assertThat(DeviceDate.instant(number, NEW_YORK)).contains(instant);
        assertThat(DeviceDate.instant(number.toPlainString(), NEW_YORK)).contains(instant);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("an hour that summer time skips counts as one later, one that comes twice as the first")
    @CsvSource({
        "2026-03-08T02:30, 2026-03-08T07:30:00Z",
        "46089.104166666664, 2026-03-08T07:30:00Z",
        "2026-11-01T01:30, 2026-11-01T05:30:00Z"
    })
    void settlesHoursOfSummerTime(String cell, Instant instant) {
        assertThat(DeviceDate.instant(cell, NEW_YORK)).contains(instant);
    }

    @ParameterizedTest
    @DisplayName("what is no date by these rules is none")
    @ValueSource(
            strings = {
                "yesterday",
                "01/31/2026",
                "31.01.2026",
                "Jan 31, 2026",
                "2026-02-30",
                "2025-02-29",
                "2026-1-31",
                "2026-01-31T24:00",
                "2026-01-3110:15",
                "2026-01-31  10:15",
                "20260131",
                "2026",
                "9999",
                "0",
                "-46053",
                "2958466",
                "1769854530",
                "99999999999",
                "253402300800000",
                "+12026-01-31",
                "46053,5",
                "1E5",
                "４６０５３"
            })
    void refusesWhatIsNoDate(String cell) {
        assertThat(DeviceDate.instant(cell, NEW_YORK)).isEmpty();
    }

    @Property
    @Label("S0-29: a serial number and the day's text are the same instant")
    void aSerialIsItsDay(@ForAll @IntRange(min = 10_000, max = 2_958_465) int serial) {
        BigDecimal number = BigDecimal.valueOf(serial);

        String day = DeviceDate.isoText(number).orElseThrow();

        assertThat(DeviceDate.instant(day, NEW_YORK)).isEqualTo(DeviceDate.instant(number, NEW_YORK));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("as the text of an attribute")
    @CsvSource({
        "46053, 2026-01-31",
        "46053.5, 2026-01-31T12:00:00",
        "46053.427083333336, 2026-01-31T10:15:00",
        "46053.00000578704, 2026-01-31T00:00:00.5"
    })
    void isoText(BigDecimal number, String text) {
        assertThat(DeviceDate.isoText(number)).contains(text);
    }
}
