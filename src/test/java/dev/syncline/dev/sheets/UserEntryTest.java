package dev.syncline.dev.sheets;

import java.time.LocalDateTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class UserEntryTest {
    @ParameterizedTest(name = "{0} is {1} and shown as {3}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "007                 | 7.0        | -         | 7",
                "-1.5                | -1.5       | -         | -1.5",
                ".5                  | 0.5        | -         | 0.5",
                "1e3                 | 1000.0     | -         | 1000",
                "1,234               | 1234.0     | NUMBER    | 1,234",
                "1,23                | 1,23       | -         | 1,23",
                "12%                 | 0.12       | PERCENT   | 12%",
                "12.5%               | 0.125      | PERCENT   | 12.50%",
                "$100.15             | 100.15     | CURRENCY  | $100.15",
                "-$5                 | -5.0       | CURRENCY  | -$5",
                "true                | true       | -         | TRUE",
                "2026-09-05          | 46270.0    | DATE      | 2026-09-05",
                "9/5/2026            | 46270.0    | DATE      | 9/5/2026",
                "2026-13-05          | 2026-13-05 | -         | 2026-13-05",
                "2026-09-05 18:00    | 46270.75   | DATE_TIME | 2026-09-05 18:00",
                "9/5/2026 6:00:00 PM | 46270.75   | DATE_TIME | 9/5/2026 6:00:00 PM",
                "6:00                | 0.25       | TIME      | 6:00",
                "2026-09-05T18:00    | 2026-09-05T18:00 | -   | 2026-09-05T18:00",
                "ABC-1               | ABC-1      | -         | ABC-1"
            })
    void meansWhatGoogleTakesItFor(String text, String value, String type, String shown) {
        var cell = UserEntry.parse(text, null);
        assertThat(String.valueOf(cell.entered())).isEqualTo(value);
        assertThat(cell.format() == null ? null : cell.format().type().name()).isEqualTo(type);
        assertThat(Shown.text(cell.entered(), cell.format())).isEqualTo(shown);
    }

    @Test
    void staysTextBehindAnApostropheOrInATextCell() {
        assertThat(UserEntry.parse("'0123", null).entered()).isEqualTo("0123");
        assertThat(UserEntry.parse("0123", NumberFormat.PLAIN_TEXT).entered()).isEqualTo("0123");
        assertThat(UserEntry.parse("=1+2", NumberFormat.PLAIN_TEXT).entered()).isEqualTo("=1+2");
    }

    @Test
    void canBeAFormulaOrNothing() {
        assertThat(UserEntry.parse("=1+2", null).entered()).isEqualTo(Formula.of("=1+2"));
        assertThat(UserEntry.parse("", null)).isEqualTo(Cell.BLANK);
        assertThat(UserEntry.parse("=", null).entered()).isEqualTo("=");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "0.30000000000000004, 0.3",
        "0.3333333333333333, 0.3333333333",
        "1234567.891, 1234567.891",
        "-0.0, 0",
        "123456789012345, 123456789012345",
        "123456789012345678, 1.23457E+17"
    })
    void showsNumbersWithTenDigits(double number, String shown) {
        assertThat(Shown.general(Double.valueOf(number))).isEqualTo(shown);
    }

    @Test
    void showsTimesByThePattern() {
        double time = Cell.serial(LocalDateTime.of(2026, 3, 4, 15, 6, 7));
        assertThat(Shown.text(time, new NumberFormat(NumberFormat.Type.DATE_TIME, "dd/mm/yy hh:mm:ss")))
                .isEqualTo("04/03/26 15:06:07");
        assertThat(Shown.text(time, new NumberFormat(NumberFormat.Type.DATE_TIME, "mmm d, yyyy h:mm AM/PM")))
                .isEqualTo("Mar 4, 2026 3:06 PM");
        assertThat(Shown.text(time, new NumberFormat(NumberFormat.Type.DATE, "dddd \"the\" d")))
                .isEqualTo("Wednesday the 4");
    }
}
