package dev.syncline.run;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;

/** With the waiting times that the service has unless told otherwise. */
@DisplayName("C0-07, S1-12, S1-13: whether and when a failed attempt is followed by another")
class RetryPolicyTest {
    private static final SyncException UNREACHABLE = new SyncException(ErrorCode.SOURCE_UNREACHABLE, "no route");

    /** S1-13 names 5xx, timeout and crash; each further code is a decision of ours, made here once more. */
    private static final Set<ErrorCode> RETRYABLE = Set.of(
            ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE,
            ErrorCode.INTERNAL_ERROR,
            ErrorCode.SHUTTING_DOWN,
            ErrorCode.INTERRUPTED,
            ErrorCode.HANDED_OVER,
            ErrorCode.SYNC_TIMEOUT,
            ErrorCode.SOURCE_RATE_LIMITED,
            ErrorCode.SOURCE_UNREACHABLE,
            ErrorCode.SOURCE_TIMEOUT,
            ErrorCode.SOURCE_FAILED,
            ErrorCode.SOURCE_CUT,
            ErrorCode.SOURCE_CHANGED,
            ErrorCode.SPOOL_FULL,
            ErrorCode.SHEETS_RATE_LIMIT,
            ErrorCode.MONGO_WRITE_FAILED,
            ErrorCode.ROLLBACK_FAILED,
            ErrorCode.DEVICE_GRID_QUERY_FAILED,
            ErrorCode.COLUMN_DEFINITIONS_FAILED,
            ErrorCode.METRICS_FAILURE,
            ErrorCode.AUDIT_FEED_FETCH_FAILED,
            ErrorCode.ROW_MOVED,
            ErrorCode.DATABASE_UNAVAILABLE,
            ErrorCode.DATABASE_WRITE_FAILED);

    @Property
    @Label("C0-07, S1-12: 5 and 15 minutes, a fifth up or down, the second longer than the first")
    void waitsLongerTheSecondTime(@ForAll long seed) {
        RetryPolicy policy = policy(seed);

        Duration first = delay(policy, UNREACHABLE, 1);
        Duration second = delay(policy, UNREACHABLE, 2);

        assertThat(first).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
        assertThat(second)
                .isBetween(Duration.ofMinutes(12), Duration.ofMinutes(18))
                .isGreaterThan(first);
    }

    @Test
    void drawsEvenlyOverTheWholeRange() {
        RetryPolicy policy = policy(1);

        Set<Long> minutes = IntStream.range(0, 1_000)
                .mapToObj(i -> delay(policy, UNREACHABLE, 2).toMinutes())
                .collect(Collectors.toSet());

        assertThat(minutes).containsExactlyInAnyOrder(12L, 13L, 14L, 15L, 16L, 17L);
    }

    @Test
    void givesUpAfterTheThirdFailure() {
        assertThat(policy(1).delayAfter(UNREACHABLE, RunError.of(UNREACHABLE, "r"), 3))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void repeatsOnlyWhatCanHelp(ErrorCode code) {
        SyncException failure = new SyncException(code, "why");

        var delay = policy(1).delayAfter(failure, RunError.of(failure, "r"), 1);

        assertThat(delay.isPresent()).isEqualTo(RETRYABLE.contains(code));
    }

    @Test
    void neverRepeatsWhatTheCallerDidWrong() {
        assertThat(Arrays.stream(ErrorCode.values())
                        .filter(code -> code.status() >= 400 && code.status() < 500)
                        .filter(ErrorCode::retryable))
                .isEmpty();
    }

    @Test
    void repeatsAfterACrash() {
        NullPointerException crash = new NullPointerException();

        assertThat(policy(1).delayAfter(crash, RunError.of(crash, "r"), 1)).isPresent();
    }

    @Test
    void waitsAsLongAsTheSourceAsks() {
        RetryPolicy policy = policy(1);

        assertThat(delay(policy, limited(Duration.ofHours(2)), 1)).isEqualTo(Duration.ofHours(2));
        assertThat(delay(policy, limited(Duration.ofSeconds(1)), 1))
                .as("never shorter than our own")
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
    }

    private static SyncException limited(Duration retryAfter) {
        return new SyncException(ErrorCode.SOURCE_RATE_LIMITED, "slow down", null, retryAfter);
    }

    private static Duration delay(RetryPolicy policy, SyncException failure, int failedAttempts) {
        return policy.delayAfter(failure, RunError.of(failure, "r"), failedAttempts)
                .orElseThrow();
    }

    private static RetryPolicy policy(long seed) {
        RunsConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RunsConfig.class)
                .withSources(new PropertiesConfigSource(Map.of(), "nothing is set", 100))
                .build()
                .getConfigMapping(RunsConfig.class);
        return new RetryPolicy(config, new Random(seed));
    }
}
