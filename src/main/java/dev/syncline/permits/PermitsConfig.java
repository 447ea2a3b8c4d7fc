package dev.syncline.permits;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import jakarta.validation.constraints.PositiveOrZero;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMin;

import dev.syncline.ingest.IngestLimits;
import dev.syncline.run.ScheduleConfig;

/** The building-permits feed. */
@ConfigMapping(prefix = "syncline.permits")
public interface PermitsConfig {
    /** Whether the sync may be started. */
    @WithDefault("true")
    boolean enabled();

    /**
     * The feed of a run that names none: a file of the import directory, or an address on the allow-list
     * ({@code syncline.http.allowed-hosts}); an address that ends in {@code /datastore_search} is read page by page.
     */
    Optional<String> source();

    /** The only directory that files are read from; without it no run can name a file. */
    Optional<Path> importDirectory();

    /** Where a download lies while its run works on it. */
    @WithDefault("${java.io.tmpdir}/syncline-spool")
    Path spoolDirectory();

    /** How many downloads stay there when their runs are over, the newest ones. */
    @WithDefault("0")
    @PositiveOrZero
    int snapshotsKept();

    /** Even of a source that says that nothing has changed the feed is read whole again after so long. */
    @WithDefault("7D")
    @DurationMin
    Duration fullReadEvery();

    /** A feed that has been the same for longer is told of in each run. */
    @WithDefault("14D")
    @DurationMin
    Duration unchangedWarning();

    /** An attempt that takes longer ends as {@code SYNC_TIMEOUT} (S1: job limit 60 min). */
    @WithDefault("60M")
    @DurationMin(seconds = 1)
    Duration timeLimit();

    /** A run that works longer is told as slow (S1: a full run takes 15 to 30 minutes). */
    @WithDefault("45M")
    @DurationMin(seconds = 1)
    Duration slowAfter();

    /** A permit that is absent for so long is closed (S1-31). */
    @WithDefault("30D")
    @DurationMin
    Duration closeAfter();

    /** When it runs by itself; counts only with a {@link #source}. */
    WeekdayMornings schedule();

    /** The feed changes on weekdays (S1-01). */
    interface WeekdayMornings extends ScheduleConfig {
        @Override
        @WithDefault("0 6 * * 1-5")
        String cron();

        @Override
        @WithDefault("America/Toronto")
        String zone();
    }

    /** How much at once, and how much may be wrong or gone. */
    IngestLimits ingest();

    /** How good the data is, once a day. */
    QualityConfig quality();
}
