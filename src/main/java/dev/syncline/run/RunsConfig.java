package dev.syncline.run;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMin;

/** How runs live, for all syncs. */
@ConfigMapping(prefix = "syncline.runs")
public interface RunsConfig {
    /**
     * A run whose document has not changed for so long belongs to nobody. Each process measures it by its own monotonic
     * clock, so clocks may differ.
     */
    @WithDefault("12S")
    @DurationMin(seconds = 1)
    Duration lease();

    /** How often a running attempt tells its progress, at most. */
    @WithDefault("250ms")
    @DurationMin(millis = 10)
    Duration progressInterval();

    /** How often a running attempt renews its lease when there is no progress to tell. */
    @WithDefault("2S")
    @DurationMin(millis = 10)
    Duration renewInterval();

    /** How often the active runs are looked at: for take-over, cancel, due retries and what other processes did. */
    @WithDefault("500ms")
    @DurationMin(millis = 10)
    Duration watchInterval();

    /** Failed attempts after which a run is given up. */
    @WithDefault("3")
    @Positive
    int maxAttempts();

    /** Waiting times before the second attempt, the third, and so on; the last one repeats. */
    @WithDefault("5M,15M")
    @NotEmpty
    List<@DurationMin Duration> retryDelays();

    /** Each waiting time is drawn evenly from the time itself plus or minus this share of it. */
    @WithDefault("0.2")
    @DecimalMin("0")
    @DecimalMax("1")
    double retryJitter();

    /** How long a batch under way may take after a stop was requested, before it is dropped. */
    @WithDefault("10S")
    @DurationMin(millis = 1)
    Duration stopGrace();

    /** The longest that a caller may wait for the end of a run ({@code Prefer: wait}). */
    @WithDefault("60S")
    @DurationMin(millis = 1)
    Duration maxWait();
}
