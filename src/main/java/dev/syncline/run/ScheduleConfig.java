package dev.syncline.run;

import java.time.Duration;

import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * When one sync runs by itself. What cannot be read is told by {@link Schedule#problems}, all of it at once; a sync that has
 * times of its own overrides the first two with its defaults.
 */
public interface ScheduleConfig {
    /** A cron expression of five fields, or of six with seconds first; {@code off} for none. */
    String cron();

    /** The time zone in which the expression is meant. */
    String zone();

    /**
     * Who brings those times about: {@code clock}, this service's own, or {@code scheduler}, one outside that ticks at each of
     * them ({@code POST /api/sync/run}) and without which nothing runs by itself.
     */
    @WithDefault("clock")
    String startedBy();

    /** What becomes of times at which no process was there: {@code run-once} for the newest of them, or {@code skip}. */
    @WithDefault("run-once")
    String missed();

    /** Without a complete run for so long after such a time, the sync counts as late. */
    @WithDefault("2H")
    @DurationMin(seconds = 1)
    Duration lateAfter();
}
