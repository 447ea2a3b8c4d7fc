package dev.syncline.source;

import java.time.Duration;

/**
 * What one fetch may cost; the settings are explained at {@link HttpSettings}.
 *
 * @param maxBytes bytes of the feed as it is sent, or of all its pages unpacked
 * @param reserve bytes that must stay free in the spool
 */
public record FetchLimits(
        Duration connectTimeout,
        Duration readTimeout,
        Duration fetchTimeout,
        long maxBytes,
        long reserve,
        Retries resume,
        int pageSize,
        Retries page) {

    /** How often something is repeated after its first failure, and how long the first wait is. */
    public record Retries(int atMost, Duration backOff) {
        public Retries {
            if (atMost < 0 || backOff.isNegative()) {
                throw new IllegalArgumentException("retries and their back-off must not be negative");
            }
        }
    }

    public FetchLimits {
        if (maxBytes < 1 || reserve < 0 || pageSize < 1) {
            throw new IllegalArgumentException("syncline.http: max-size and page-size must be positive");
        }
    }

    public static FetchLimits of(HttpSettings settings) {
        return new FetchLimits(
                settings.connectTimeout(),
                settings.readTimeout(),
                settings.fetchTimeout(),
                settings.maxSize().asLongValue(),
                settings.spoolReserve().asLongValue(),
                new Retries(settings.resumes(), settings.resumeBackOff()),
                settings.pageSize(),
                new Retries(settings.pageTries() - 1, settings.pageBackOff()));
    }
}
