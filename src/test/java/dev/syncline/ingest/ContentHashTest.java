package dev.syncline.ingest;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@DisplayName("S1-25: the content hash")
class ContentHashTest {
    /** Stored hashes must stay valid from version to version: were this one another, every row would be an update. */
    @Test
    void isWhatItWasInEveryVersion() throws Exception {
        byte[] parts = "n\0\0\6statuss\0\0\4Open".getBytes(StandardCharsets.UTF_8);
        String expected =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(parts));

        assertThat(hash(Map.of("status", "Open"))).isEqualTo(expected).matches("[0-9a-f]{64}");
    }

    static Stream<Arguments> rowsThatLookAlike() {
        return Stream.of(
                Arguments.of(Map.of("a", "1"), Map.of("a", 1)),
                Arguments.of(Map.of("a", "2023-01-02"), Map.of("a", LocalDate.of(2023, 1, 2))),
                Arguments.of(Map.of("a", "true"), Map.of("a", true)),
                Arguments.of(Map.of("a", "bc"), Map.of("ab", "c")),
                Arguments.of(Map.of("a", "xnb", "c", "y"), Map.of("a", "x", "b", "cy")),
                Arguments.of(Map.of("a", ""), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("rowsThatLookAlike")
    void tellsApart(Map<String, Object> one, Map<String, Object> other) {
        assertThat(hash(one)).isNotEqualTo(hash(other));
    }

    @Test
    void seesOneNumberInEveryTypeOfIt() {
        assertThat(hash(Map.of("a", 1)))
                .isEqualTo(hash(Map.of("a", 1L)))
                .isEqualTo(hash(Map.of("a", new BigDecimal("1"))));
    }

    @Test
    void refusesWhatIsNoFieldValue() {
        assertThatIllegalStateException()
                .isThrownBy(() -> hash(Map.of("a", 1.5)))
                .withMessageContaining("Double");
    }

    private static String hash(Map<String, Object> fields) {
        return ContentHash.of(new TreeMap<>(fields));
    }
}
