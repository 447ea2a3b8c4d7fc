package dev.syncline.source;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CellTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Under Review ",
                " Under Review",
                "\t\r\nUnder Review",
                "\u00A0Under Review\u202F",
                "\u3000Under Review\u2007",
                "\uFEFFUnder Review\u200B",
                "\u0000Under Review\u0085"
            })
    void dropsOuterBlanksOfEveryKind(String cell) {
        assertThat(CellText.of(cell)).isEqualTo("Under Review");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "   ", "\u00A0\t\u200B"})
    void seesNothingInBlanks(String cell) {
        assertThat(CellText.of(cell)).isNull();
    }

    @Test
    void keepsInnerBlanks() {
        assertThat(CellText.of(" KITCHEN  AND\u00A0LAUNDRY\nROOM ")).isEqualTo("KITCHEN  AND\u00A0LAUNDRY\nROOM");
    }

    @Test
    void writesNumbersPlainly() {
        assertThat(CellText.of(54L)).isEqualTo("54");
        assertThat(CellText.of(new BigDecimal("7.0"))).isEqualTo("7");
        assertThat(CellText.of(new BigDecimal("1.5E+5"))).isEqualTo("150000");
        assertThat(CellText.of(new BigDecimal("0.250"))).isEqualTo("0.25");
        assertThat(CellText.of(new BigInteger("123456789012345678901234567890")))
                .isEqualTo("123456789012345678901234567890");
        assertThat(CellText.of(new BigDecimal("1E+999999999"))).isEqualTo("1E+999999999");
        assertThat(CellText.of(Double.NaN)).isNull();
        assertThat(CellText.of(Double.POSITIVE_INFINITY)).isNull();
    }

    @Test
    void writesBooleansAsWords() {
        assertThat(CellText.of(true)).isEqualTo("true");
        assertThat(CellText.of(false)).isEqualTo("false");
    }

    @Test
    void replacesHalfSurrogatePairs() {
        assertThat(CellText.of("a\uD83C\uDFE0b")).isEqualTo("a\uD83C\uDFE0b");
        assertThat(CellText.of("a\uD83Cb\uDFE0\uDFE0")).isEqualTo("a\uFFFDb\uFFFD\uFFFD");
        assertThat(CellText.of("\uD83C")).isEqualTo("\uFFFD");
    }
}
