package dev.syncline.writeback;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CellWordsTest {
    @ParameterizedTest
    @CsvSource({
        "46053, date, 2026-01-31",
        "46053.5, date, 46053.5",
        "-1, date, -1",
        "1e12, date, 1000000000000",
        "46053, integer, 46053",
        "1200000, amount, 1200000",
        "0.1, amount, 0.1"
    })
    void tellsNumbersAsTheyAreMeant(double number, ColumnType type, String words) {
        assertThat(CellWords.of(CellValue.number(number), Optional.of(type))).isEqualTo(words);
    }

    @Test
    void tellsTheRestAsItStands() {
        assertThat(CellWords.of(CellValue.BLANK, Optional.empty())).isEmpty();
        assertThat(CellWords.of(CellValue.text("=1+1"), Optional.of(ColumnType.text)))
                .isEqualTo("=1+1");
        assertThat(CellWords.of(CellValue.formula("=A1"), Optional.empty())).isEqualTo("=A1");
        assertThat(CellWords.of(CellValue.truth(true), Optional.empty())).isEqualTo("true");
        assertThat(CellWords.of(CellValue.number(3), Optional.empty())).isEqualTo("3");
    }
}
