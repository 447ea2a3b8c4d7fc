package dev.syncline.dev.sheets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class A1RangeTest {
    private static final Grid GRID = new Grid(1_000, 26);

    @ParameterizedTest(name = "{0} is {2} of {1}")
    @CsvSource(
            quoteCharacter = '"',
            nullValues = "-",
            value = {
                "Devices,                    Devices,          Devices!A1:Z1000",
                "'Devices',                  Devices,          Devices!A1:Z1000",
                "Devices!A1:C3,              Devices,          Devices!A1:C3",
                "Devices!C3:A1,              Devices,          Devices!A1:C3",
                "Devices!$B$2,               Devices,          Devices!B2",
                "Devices!a1:b2,              Devices,          Devices!A1:B2",
                "Devices!A:C,                Devices,          Devices!A1:C1000",
                "Devices!2:5,                Devices,          Devices!A2:Z5",
                "Devices!A2:C,               Devices,          Devices!A2:C1000",
                "Devices!A2:5,               Devices,          Devices!A2:Z5",
                "Devices!A990:Z2000,         Devices,          Devices!A990:Z1000",
                "Devices!Y1:AB2,             Devices,          Devices!Y1:Z2",
                "'Manager''s notes'!A1,      Manager's notes,  'Manager''s notes'!A1",
                "'a!b'!A1:B1,                a!b,              'a!b'!A1:B1",
                "'Q1'!B2,                    Q1,               'Q1'!B2",
                "'2026'!B2,                  2026,             '2026'!B2",
                "Página1!A1:B3,              Página1,          Página1!A1:B3",
                "My tab!A1,                  My tab,           'My tab'!A1",
                "A1:B2,                      -,                First!A1:B2",
                "B7,                         -,                First!B7"
            })
    void readsWhatGoogleReads(String text, String tab, String whole) {
        var range = A1Range.parse(text);
        assertThat(range.tab()).isEqualTo(tab);
        String title = tab == null ? "First" : tab;
        assertThat(range.in(title, GRID).a1(title)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Devices!",
                "!A1",
                "Devices!A1:",
                "Devices!A1B2C3",
                "Devices!A",
                "Devices!7",
                "Devices!A0",
                "Devices!:",
                " "
            })
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> A1Range.parse(text)).hasMessage("Unable to parse range: " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Devices!A1001:Z1001", "Devices!AA1:AB2", "Devices!A5000:Z5000", "Devices!AA:AB"})
    void refusesWhatBeginsOutsideOfTheGrid(String text) {
        assertThatThrownBy(() -> A1Range.parse(text).in("Devices", GRID))
                .hasMessage("Range (%s) exceeds grid limits. Max rows: 1000, max columns: 26".formatted(text));
    }

    @Test
    void namesColumnsBehindZ() {
        assertThat(A1.letters(25)).isEqualTo("Z");
        assertThat(A1.letters(26)).isEqualTo("AA");
        assertThat(A1.letters(701)).isEqualTo("ZZ");
        assertThat(A1.letters(702)).isEqualTo("AAA");
    }
}
