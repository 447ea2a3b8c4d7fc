package dev.syncline.permits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WardGridTest {
    @ParameterizedTest
    @CsvSource({"S1428, 14", "E2424, 24", "W0523, 05", "N1625, 16", "x0912, 09", "' S1428 ', 14"})
    void givesTheTwoDigitsBehindAnyLetter(String grid, String ward) {
        assertThat(WardGrid.ward(grid)).isEqualTo(ward);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S", "S1", "1428", "SE14", "S 1428", "-1428"})
    void knowsNoOtherShape(String grid) {
        assertThat(WardGrid.ward(grid)).isNull();
    }

    @Test
    void isNoNumber() {
        assertThat(WardGrid.ward(1428L)).isNull();
    }
}
