package dev.syncline.writeback;

import java.util.Map;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.identity.IdentityConfig;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("S2-2: where sheets are configured and no secret, the start says so")
class SecretWarningTest {
    private static final String SECRET = "syncline.identity.write-back-secret";

    private static IdentityConfig identity(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(IdentityConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(IdentityConfig.class);
    }

    @Test
    void warnsOfAClosedWayIn() {
        Models models =
                Settings.shipped().with("models.Request.sheet-id", "1AbC").models();

        assertThat(SecretWarning.warning(models, identity(Map.of())))
                .hasValueSatisfying(warning -> assertThat(warning).contains(SECRET, "401"));
        assertThat(SecretWarning.warning(models, identity(Map.of(SECRET, "   "))))
                .isPresent();
        assertThat(SecretWarning.warning(models, identity(Map.of(SECRET, "a-secret-of-some-length"))))
                .isEmpty();
    }

    @Test
    void keepsQuietWhereNothingIsWritten() {
        assertThat(SecretWarning.warning(Settings.shipped().models(), identity(Map.of())))
                .isEmpty();
    }
}
