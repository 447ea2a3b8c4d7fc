package dev.syncline.permits;

import java.math.BigDecimal;
import java.time.LocalDate;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FeedDateTest {
    @ParameterizedTest
    @DisplayName("S1-23: every spelling that the exports have used")
    @CsvSource({
        "2022-04-05, 2022-04-05",
        "20220405000000, 2022-04-05",
        "20220405235959, 2022-04-05",
        "20220405, 2022-04-05",
        "2013/01/03, 2013-01-03",
        "01/23/2015, 2015-01-23",
        "12/01/2015, 2015-12-01",
        "2024-01-15T00:00:00.000, 2024-01-15",
        "2024-01-15T23:59:59, 2024-01-15",
        "2024-01-15 23:59, 2024-01-15",
        "01/23/2015 08:30:00, 2015-01-23",
        "2024-02-29, 2024-02-29",
        "2000-02-29, 2000-02-29",
        "'  2022-04-05 ', 2022-04-05"
    })
    void readsEverySpelling(String cell, LocalDate date) {
        assertThat(FeedDate.of(cell)).isEqualTo(date);
    }

    @ParameterizedTest
    @DisplayName("S1-23: a zone never shifts the date")
    @ValueSource(
            strings = {
                "2024-01-15T23:30:00Z",
                "2024-01-15T00:30:00.000Z",
                "2024-01-15T23:30:00-05:00",
                "2024-01-15T00:30:00+0900",
                "2024-01-15T00:30:00 +14"
            })
    void keepsTheDateAsWritten(String cell) {
        assertThat(FeedDate.of(cell)).isEqualTo(LocalDate.of(2024, 1, 15));
    }

    @ParameterizedTest
    @DisplayName("S1-23: impossible dates give null")
    @ValueSource(
            strings = {
                "2023-02-30",
                "2023-02-29",
                "1900-02-29",
                "2023-04-31",
                "2023-13-01",
                "2023-00-10",
                "2023-01-00",
                "0000-00-00",
                "0000-01-01",
                "00000000",
                "20230230000000",
                "23/01/2015",
                "2013/02/30"
            })
    void refusesADayThatNoCalendarHas(String cell) {
        assertThat(FeedDate.of(cell)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "n/a",
                "soon",
                "2022",
                "2022-4-5",
                "2022-04-05x",
                "2022-04-05T",
                "2022-04-05T25:00:00",
                "2022-04/05",
                "-022-04-05",
                "2022040",
                "202204051",
                "20220405250000",
                "２０２２-04-05",
                "2022-04-05T00:00:00.000Zulu"
            })
    void refusesWhatIsNoDate(String cell) {
        assertThat(FeedDate.of(cell)).isNull();
    }

    @Test
    void readsNumbersAsTheirDigits() {
        assertThat(FeedDate.of(20220405L)).isEqualTo(LocalDate.of(2022, 4, 5));
        assertThat(FeedDate.of(new BigDecimal("20220405000000"))).isEqualTo(LocalDate.of(2022, 4, 5));
        assertThat(FeedDate.of(1705276800000L)).isNull();
        assertThat(FeedDate.of(true)).isNull();
        assertThat(FeedDate.of(Double.NaN)).isNull();
    }
}
