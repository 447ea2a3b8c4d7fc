package dev.syncline.permits;

import java.math.BigDecimal;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class UnitCountTest {
    static Stream<Arguments> cells() {
        return Stream.of(
                Arguments.of("3", 3),
                Arguments.of(" 12 ", 12),
                Arguments.of("007", 7),
                Arguments.of("-1", -1),
                Arguments.of("1,200", 1200),
                Arguments.of("2.0", 2),
                Arguments.of(4L, 4),
                Arguments.of(new BigDecimal("5.00"), 5),
                Arguments.of("2.5", 0),
                Arguments.of(new BigDecimal("2.5"), 0),
                Arguments.of("", 0),
                Arguments.of("two", 0),
                Arguments.of("2 units", 0),
                Arguments.of("1-2", 0),
                Arguments.of("1e3", 0),
                Arguments.of("9999999999", 0),
                Arguments.of(Long.MAX_VALUE, 0),
                Arguments.of(new BigDecimal("1E+999999999"), 0),
                Arguments.of(Double.NaN, 0),
                Arguments.of(true, 0));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void isAWholeNumberElseZero(Object cell, int count) {
        assertThat(UnitCount.of(cell)).isEqualTo(count);
    }
}
