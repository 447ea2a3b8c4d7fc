package dev.syncline.roster;

import java.util.Map;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("C0-53, S0-46: the key of the placeholders is one that nobody knows")
class AnonymizationCheckTest {
    private static final String KEY = "syncline.roster.anonymization-key";
    private static final String STRONG = "kq8VxPz3mW5tYrB7nL2cJ9dF4hG6sA1e";

    @Test
    void refusesAProductionRosterWithoutAGoodKey() {
        assertThat(check(Map.of("syncline.roster.sheet-id", "x")).problem(true))
                .hasValueSatisfying(problem -> assertThat(problem).contains(KEY, "at least 32 characters"));
        assertThat(check(Map.of("syncline.roster.sheet-id", "x", KEY, "development-only-development-only-x"))
                        .problem(true))
                .isPresent();
        assertThat(check(Map.of("syncline.roster.sheet-id", "x", KEY, STRONG)).problem(true))
                .isEmpty();
    }

    @Test
    void refusesAShortKeyEverywhere() {
        assertThat(check(Map.of(KEY, "short")).problem(false)).isPresent();
        assertThat(check(Map.of(KEY, STRONG.substring(1))).problem(true)).isPresent();
    }

    @Test
    void asksForNoneWhereNoRosterIs() {
        assertThat(check(Map.of()).problem(true)).isEmpty();
        assertThat(check(Map.of(KEY, "development-only-development-only-x")).problem(false))
                .isEmpty();
    }

    private static AnonymizationCheck check(Map<String, String> settings) {
        return new AnonymizationCheck(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(RosterConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(RosterConfig.class));
    }
}
