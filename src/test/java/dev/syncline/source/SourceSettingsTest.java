package dev.syncline.source;

import java.net.URI;
import java.time.Duration;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@QuarkusTest
class SourceSettingsTest {
    @Inject
    FeedSettings feed;

    @Inject
    HttpSettings http;

    @Inject
    FeedFetcher fetcher;

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        assertThat(FeedLimits.of(feed)).isEqualTo(FeedLimits.defaults());
        assertThat(FetchLimits.of(http))
                .isEqualTo(new FetchLimits(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(45),
                        512L << 20,
                        64L << 20,
                        new FetchLimits.Retries(3, Duration.ofMillis(500)),
                        10_000,
                        new FetchLimits.Retries(2, Duration.ofSeconds(2))));
    }

    @Test
    void noAddressMayBeOpenedUnlessItIsListed() {
        assertThat(http.allowedHosts()).isEmpty();
        SyncException failure = catchThrowableOfType(
                SyncException.class, () -> fetcher.requireAllowed(URI.create("https://example.org/feed.json")));
        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_URL_REFUSED);
    }
}
