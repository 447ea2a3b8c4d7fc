package dev.syncline.source;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A way out stands under the same rule as a way in. */
@QuarkusTest
class HttpPostTest {
    @Inject
    HttpPost http;

    @Test
    @DisplayName("C0-44: what is not on the allow-list is not posted to, nor is a connection opened")
    void postsToNobodyWhoIsNotListed() {
        try (StubSource stranger = new StubSource().then(StubSource.body(new byte[0]))) {
            SyncException refused = catchThrowableOfType(SyncException.class, () -> http.post(
                            stranger.at("/hook"), Map.of(), new byte[1], Duration.ofSeconds(5))
                    .await()
                    .atMost(Duration.ofSeconds(30)));

            assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_URL_REFUSED);
            assertThat(refused.retryAfter()).isEqualTo(Optional.empty());
            assertThat(stranger.requests()).isEmpty();
        }
    }
}
