package dev.syncline.permits;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AmountTest {
    @ParameterizedTest
    @DisplayName("S1-24: costs")
    @CsvSource({
        "150000, 150000",
        "'$1,500,000.00', 1500000",
        "'90,000.00', 90000",
        "'6,000', 6000",
        "6000, 6000",
        "0, 0",
        "-250, -250",
        "'CAD 12.50', 12.5",
        ".5, 0.5",
        "5., 5",
        "' 7\u00A0', 7"
    })
    void readsCosts(String cell, String plain) {
        assertThat(Amount.cost(cell).toPlainString()).isEqualTo(plain);
    }

    @ParameterizedTest
    @DisplayName("S1-24: what is no cost gives null")
    @ValueSource(
            strings = {
                "",
                "   ",
                "abc",
                "DO NOT UPDATE OR DELETE THIS INFO FIELD",
                "DO NOT UPDATE 5000",
                "do not delete - 12",
                "-",
                ".",
                "--5",
                "5-3",
                "1.2.3",
                "１２３",
                "NaN",
                "Infinity",
                "12345678901234567890123456789012345",
                "0.00000000000000000000000000000000000000000000000000001"
            })
    void refusesWhatIsNoCost(String cell) {
        assertThat(Amount.cost(cell)).isNull();
    }

    @Test
    void readsNumbersExactly() {
        assertThat(Amount.cost(150000L)).isEqualTo(new BigDecimal("1.5E+5"));
        assertThat(Amount.cost(new BigDecimal("150000.00"))).isEqualTo(new BigDecimal("1.5E+5"));
        assertThat(Amount.cost(new BigDecimal("0.00"))).isEqualTo(BigDecimal.ZERO);
        assertThat(Amount.cost(new BigInteger("9007199254740993"))).isEqualTo(new BigDecimal("9007199254740993"));
        assertThat(Amount.cost(true)).isNull();
        assertThat(Amount.cost(Double.NaN)).isNull();
        assertThat(Amount.cost(Double.NEGATIVE_INFINITY)).isNull();
        assertThat(Amount.cost(new BigDecimal("1E+999999999"))).isNull();
        assertThat(Amount.cost(BigInteger.TEN.pow(400).add(BigInteger.ONE))).isNull();
    }

    @Test
    void keepsAreasAboveZeroOnly() {
        assertThat(Amount.area(39L)).isEqualTo(new BigDecimal("39"));
        assertThat(Amount.area("1,234.50")).isEqualTo(new BigDecimal("1234.5"));
        assertThat(Amount.area(0L)).isNull();
        assertThat(Amount.area(new BigDecimal("0.0"))).isNull();
        assertThat(Amount.area(new BigDecimal("-3.2"))).isNull();
        assertThat(Amount.area("none")).isNull();
    }
}
