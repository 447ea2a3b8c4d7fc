package dev.syncline.roster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

import io.smallrye.config.SmallRyeConfig;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The settings of the roster, some of which a test changes while the application runs. */
@Alternative
@ApplicationScoped
public class SteeredRosterConfig implements RosterConfig {
    private final RosterConfig settings =
            ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(RosterConfig.class);

    private volatile boolean strictSerials;
    private volatile Duration timeLimit;
    private volatile Duration inactiveAfter;
    private volatile @Nullable String sheetId;
    private volatile int maxRows;

    SteeredRosterConfig() {
        reset();
    }

    final void reset() {
        strictSerials = settings.strictSerials();
        timeLimit = settings.timeLimit();
        inactiveAfter = settings.inactiveAfter();
        sheetId = settings.sheetId().orElseThrow();
        maxRows = settings.maxRows();
    }

    void setStrictSerials() {
        strictSerials = true;
    }

    void setTimeLimit(Duration limit) {
        timeLimit = limit;
    }

    void setInactiveAfter(Duration after) {
        inactiveAfter = after;
    }

    void setSheetId(@Nullable String id) {
        sheetId = id;
    }

    void setMaxRows(int rows) {
        maxRows = rows;
    }

    @Override
    public boolean strictSerials() {
        return strictSerials;
    }

    @Override
    public Duration timeLimit() {
        return timeLimit;
    }

    @Override
    public Duration inactiveAfter() {
        return inactiveAfter;
    }

    @Override
    public Optional<String> sheetId() {
        return Optional.ofNullable(sheetId);
    }

    @Override
    public int maxRows() {
        return maxRows;
    }

    @Override
    public boolean enabled() {
        return settings.enabled();
    }

    @Override
    public String tab() {
        return settings.tab();
    }

    @Override
    public int headerRow() {
        return settings.headerRow();
    }

    @Override
    public int maxAttributes() {
        return settings.maxAttributes();
    }

    @Override
    public Duration slowAfter() {
        return settings.slowAfter();
    }

    @Override
    public EvenMinutes schedule() {
        return settings.schedule();
    }

    @Override
    public Limits ingest() {
        return settings.ingest();
    }

    @Override
    public Optional<String> anonymizationKey() {
        return settings.anonymizationKey();
    }

    @Override
    public Optional<Path> baselineDirectory() {
        return settings.baselineDirectory();
    }

    @Override
    public boolean schemaAlertsPaused() {
        return settings.schemaAlertsPaused();
    }
}
