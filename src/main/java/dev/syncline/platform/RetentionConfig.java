package dev.syncline.platform;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long is kept what runs and people leave behind (C0-14). Unset means for ever; less than a day is refused. */
@ConfigMapping(prefix = "syncline.retention")
public interface RetentionConfig {
    /** Finished runs. The last complete run of each sync is kept whatever its age. */
    Optional<@DurationMin(days = 1) Duration> runs();

    /** Records that runs set aside, with up to 2 KB of raw text each. */
    @WithDefault("90D")
    Optional<@DurationMin(days = 1) Duration> rejections();

    /** What runs changed, field by field, and wrote to sheets: the history of every row, and what an undo goes by. */
    Optional<@DurationMin(days = 1) Duration> changes();

    /** Who did what. */
    Optional<@DurationMin(days = 1) Duration> audit();

    /** What people and programs were told, once it has arrived or been given up. */
    @WithDefault("90D")
    Optional<@DurationMin(days = 1) Duration> notifications();
}
