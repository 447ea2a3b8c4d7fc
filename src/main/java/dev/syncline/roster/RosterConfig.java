package dev.syncline.roster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import jakarta.validation.constraints.Positive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMin;

import dev.syncline.ingest.IngestLimits;
import dev.syncline.run.ScheduleConfig;

/** The device roster in Google Sheets. */
@ConfigMapping(prefix = "syncline.roster")
public interface RosterConfig {
    /** Whether the sync may be started. */
    @WithDefault("true")
    boolean enabled();

    /** The id of the spreadsheet, as it stands in its address. */
    Optional<String> sheetId();

    /** The tab with the devices. */
    @WithDefault("Devices")
    String tab();

    /** The row with the column labels, from 1; devices follow below it. */
    @WithDefault("1")
    @Positive
    int headerRow();

    /** A tab with more rows below its header than this is refused, never cut (S0-36). */
    @WithDefault("25000")
    @Positive
    int maxRows();

    /** Most columns beside the declared ones; further ones are told and not kept (S0-38). */
    @WithDefault("100")
    @Positive
    int maxAttributes();

    /** Whether one row without a serial stops the whole run; off, such a row alone is left out (S0-25). */
    @WithDefault("false")
    boolean strictSerials();

    /** An attempt that takes longer ends as {@code SYNC_TIMEOUT} (S0-10). */
    @WithDefault("60S")
    @DurationMin(seconds = 1)
    Duration timeLimit();

    /** A run that works longer is told as slow (S0-47). */
    @WithDefault("45S")
    @DurationMin(seconds = 1)
    Duration slowAfter();

    /** A device that has been missing from the sheet for so long counts as inactive (S0-35). */
    @WithDefault("30D")
    @DurationMin
    Duration inactiveAfter();

    /** When it runs by itself; counts only with a {@link #sheetId}. */
    EvenMinutes schedule();

    /** Every two minutes, as the roster's own configuration has it. */
    interface EvenMinutes extends ScheduleConfig {
        @Override
        @WithDefault("*/2 * * * *")
        String cron();

        @Override
        @WithDefault("Etc/UTC")
        String zone();

        @Override
        @WithDefault("10M")
        @DurationMin(seconds = 1)
        Duration lateAfter();
    }

    /** How much at once, and how much may be wrong or gone. */
    Limits ingest();

    /** A small table that people edit: half of it may change at once, and no more (S0-35). */
    interface Limits extends IngestLimits {
        /** Rows of a hundred columns, twice each, beside the whole sheet. */
        @Override
        @WithDefault("200")
        int batchSize();

        @Override
        @WithDefault("0.5")
        double floorShare();

        @Override
        @WithDefault("0.5")
        double holdShare();

        @Override
        @WithDefault("0.5")
        double rejectedShare();
    }

    /** Secret of the placeholders that stand for people while anonymization is on, at least 32 characters (S0-46). */
    Optional<String> anonymizationKey();

    /** The only directory that baselines are restored from (S0-48); without it none can be. */
    Optional<Path> baselineDirectory();

    /** Whether nobody is told of changed columns for now (S0-39). */
    @WithDefault("false")
    boolean schemaAlertsPaused();
}
